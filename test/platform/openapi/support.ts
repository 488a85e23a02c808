import { parseContracts } from '../../../lib/platform/openapi/parse';
import type { Contracts } from '../../../lib/platform/nouns/contracts';
import type { Definition } from '../../../lib/platform/definition';
import type { Problem } from '../../../lib/platform/error';
import type { Platform } from '../../../lib/platform/platform';
import { problemsIn, resolved, retailflowWith } from '../../support/platform';

const described = { responses: { 200: { description: 'Done' } } };

/** Operations of these methods. */
export const operations = (...methods: readonly string[]) =>
  Object.fromEntries(methods.map((method) => [method, described]));

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** Operations of these methods at a path with one parameter, which is called `id`. */
export const ofOne = (...methods: readonly string[]) => ({ parameters: [id], ...operations(...methods) });

/** A document with these paths. */
export const documentOf = (paths: object, rest: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1.0.0' },
  paths,
  ...rest,
});

/** What order answers, in two routes of RetailFlow that replace its own. */
export const paths = {
  '/api/carts': operations('get', 'post'),
  '/api/carts/mine': operations('get'),
  '/api/carts/{id}': ofOne('get', 'delete'),
  '/api/carts/{id}/lines': ofOne('post'),
  '/api/carts/private/{id}': ofOne('get'),
};

/** RetailFlow, whose order has a contract, and something changed. */
export const bound = (service: object = {}, rest: object = {}): Definition =>
  retailflowWith({
    services: {
      order: {
        contract: 'openapi',
        routes: [{ path: '/api/carts' }, { path: '/api/carts/private', methods: ['GET'] }],
        ...service,
      },
    },
    journeys: null,
    loadTests: null,
    stages: { staging: { loadTests: null } },
    ...rest,
  });

/** The same in production, with what was read of its documents. */
export function withContracts(definition: Definition, documents: Readonly<Record<string, unknown>>): Platform {
  const platform = resolved(definition);
  return { ...platform, contracts: parseContracts(platform, documents) };
}

/** What is read of the documents of a platform. */
export const contractsOf = (definition: Definition, documents: Readonly<Record<string, unknown>>): Contracts =>
  parseContracts(resolved(definition), documents);

/** What is wrong with the document of order. */
export function wrongWith(document: unknown, definition: Definition = bound()): readonly Problem[] {
  const platform = resolved(definition);
  return problemsIn(() => parseContracts(platform, { order: document }));
}
