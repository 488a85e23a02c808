import { bare, isAtOrBelow } from '../bare-path';
import { PlatformError } from '../error';
import type { ContractPath } from '../nouns/contracts';
import type { Route } from '../nouns/service';
import type { Platform } from '../platform';
import { routedTo } from '../routed';

/** Where the contract of a service is kept, from the root of the repository. */
export const contractFile = (platform: Pick<Platform, 'name'>, service: string): string =>
  `contracts/${platform.name}/${service}.yaml`;

/** What stands for a parameter of a path, which is a part of one segment. */
const parameter = /\{[^{}/]+\}/;

/** Whether a path has parameters. */
export const isTemplated = ({ path }: Pick<ContractPath, 'path'>): boolean => parameter.test(path);

/** The text of a regular expression that is a path of a contract, or a part of one. */
export const expressionOf = (path: string): string =>
  path
    .split(parameter)
    .map((text) => text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&'))
    .join('[^/]+');

/** Whether a path of a contract is the path that is asked for. */
export const isPath = ({ path }: Pick<ContractPath, 'path'>, asked: string): boolean =>
  new RegExp(`^${expressionOf(path)}$`).test(asked);

/**
 * What a service with a contract answers.
 *
 * @throws PlatformError if nobody read its contract.
 */
export function contractOf(
  { contracts, name, services }: Pick<Platform, 'contracts' | 'name' | 'services'>,
  service: string,
): readonly ContractPath[] {
  const contract = contracts?.[service];
  if (contract !== undefined) return contract;
  throw new PlatformError(name, [
    {
      path: `services.${service}.contract`,
      got: services[service]?.contract,
      allowed: `absent without ${contractFile({ name }, service)}`,
      remedy: 'commit the contract, or remove it',
    },
  ]);
}

/**
 * What is below a route in the contract of its service, and which of its methods the route lets in, if any: paths as clients ask for them.
 * A route whose requests go on under another path lets in what the contract has there.
 */
export function admittedBy(platform: Platform, service: string, route: Route): readonly ContractPath[] {
  const own = bare(route.path);
  const { path: inside = own } = route.transform;
  return contractOf(platform, service)
    .filter(({ path }) => isAtOrBelow(path, inside))
    .map(({ methods, path }) => ({ methods, path: `${own}${path.slice(inside.length)}` }))
    .map(({ methods, path }) => ({
      path,
      methods: methods.filter((method) => routedTo(platform, path, method)?.route === route),
    }));
}

/** Methods of a path that clients may ask for: what is written without parameters goes before what has some. */
export function methodsAt(admitted: readonly ContractPath[], asked: string): readonly string[] {
  const exact = admitted.find((each) => !isTemplated(each) && each.path === asked);
  if (exact !== undefined) return exact.methods;
  return [...new Set(admitted.filter((each) => isPath(each, asked)).flatMap(({ methods }) => methods))].sort();
}
