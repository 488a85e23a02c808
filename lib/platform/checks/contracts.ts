import { bare } from '../bare-path';
import { when, type Check } from './check';

/** A contract says what routes let in, and pages below `/` have none. */
export const contracts: Check = ({ services }) =>
  Object.entries(services).flatMap(([name, { contract, routes }]) =>
    when(contract !== undefined && (routes.length === 0 || routes.some(({ path }) => bare(path) === '')), () => ({
      path: `services.${name}.contract`,
      got: contract,
      allowed: 'absent for a service without routes, and for one that takes every path from / on',
      remedy: 'remove it, or give the service routes of an API',
    })),
  );
