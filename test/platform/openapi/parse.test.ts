import { contractFile } from '../../../lib/platform/openapi/contract';
import { parseContracts } from '../../../lib/platform/openapi/parse';
import { problemsIn, problemsOf, resolved, retailflowWith } from '../../support/platform';
import { bound, contractsOf, documentOf, ofOne, operations, paths, wrongWith } from './support';

const file = 'contracts/retailflow/order.yaml';

describe('a contract', () => {
  test('lies where its platform and its service say', () => {
    expect(contractFile({ name: 'retailflow' }, 'order')).toBe(file);
  });

  test('is read as paths and methods, sorted', () => {
    expect(contractsOf(bound(), { order: documentOf(paths) })).toEqual({
      order: [
        { path: '/api/carts', methods: ['GET', 'POST'] },
        { path: '/api/carts/mine', methods: ['GET'] },
        { path: '/api/carts/private/{id}', methods: ['GET'] },
        { path: '/api/carts/{id}', methods: ['DELETE', 'GET'] },
        { path: '/api/carts/{id}/lines', methods: ['POST'] },
      ],
    });
  });

  test('may share its parameters', () => {
    const shared = documentOf(
      { ...paths, '/api/carts/{id}': { parameters: [{ $ref: '#/components/parameters/id' }], ...operations('get') } },
      { components: { parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } } } },
    );
    expect(wrongWith(shared)).toEqual([]);
  });

  test('of nobody is none', () => {
    expect(parseContracts(resolved(retailflowWith({})), {})).toEqual({});
  });
});

/** One document that is wrong, and what is said of it: path, value, what is allowed, what to do. */
const faults: readonly (readonly [string, unknown, string, unknown, string, string])[] = [
  ['is no object', null, '', null, 'of type object', 'give a value'],
  [
    'is of another version',
    { ...documentOf(paths), openapi: '3.0.3' },
    'openapi',
    '3.0.3',
    '3\\.1',
    'correct the text',
  ],
  [
    'lacks what OpenAPI asks for',
    { ...documentOf(paths), info: { title: 'Orders' } },
    'info.version',
    undefined,
    'given in OpenAPI 3.1',
    'add it',
  ],
  [
    'has a method that there is not',
    documentOf({ ...paths, '/api/carts/all': operations('fetch') }),
    'paths./api/carts/all.fetch',
    { responses: { 200: { description: 'Done' } } },
    'absent',
    'remove it',
  ],
  [
    'has a parameter in a place that there is not',
    documentOf({
      ...paths,
      '/api/carts/all': { ...operations('get'), parameters: [{ name: 'page', in: 'body', schema: {} }] },
    }),
    'paths./api/carts/all.parameters.0.in',
    'body',
    'one of query, header, path, cookie',
    'choose one',
  ],
  [
    'has a schema that is none',
    documentOf(paths, { components: { schemas: { Cart: { type: 'basket' } } } }),
    'components.schemas.Cart.type',
    'basket',
    'one of array, boolean',
    'choose one',
  ],
  [
    'says where its servers are',
    documentOf(paths, { servers: [{ url: 'https://orders.example.com' }] }),
    'servers',
    [{ url: 'https://orders.example.com' }],
    'absent',
    'write whole paths',
  ],
  ['has no path', documentOf({}), 'paths', {}, 'with a path at least', 'write what the service answers'],
  [
    'has a path with a slash at its end',
    documentOf({ ...paths, '/api/carts/all/': operations('get') }),
    'paths./api/carts/all/',
    '/api/carts/all/',
    'without a slash at the end',
    'correct the path',
  ],
  [
    'refers to a place that is not in it',
    documentOf({
      ...paths,
      '/api/carts': {
        ...operations('get'),
        post: { ...operations('post').post, requestBody: { $ref: 'shared.yaml#/cart' } },
      },
    }),
    'paths./api/carts.post',
    'shared.yaml#/cart',
    'in the same file',
    'write it there',
  ],
  [
    'has a path that stands elsewhere',
    documentOf({ ...paths, '/api/carts/all': { $ref: '#/components/pathItems/all' } }),
    'paths./api/carts/all.$ref',
    '#/components/pathItems/all',
    'absent',
    'write the path here',
  ],
  [
    'has a method that the gateway does not let in',
    documentOf({ ...paths, '/api/carts/all': operations('trace') }),
    'paths./api/carts/all.trace',
    'TRACE',
    'one of DELETE, GET',
    'remove it',
  ],
  [
    'does not declare a parameter of a path',
    documentOf({ ...paths, '/api/carts/{id}': operations('get') }),
    'paths./api/carts/{id}.get.parameters',
    [],
    'a list with id',
    'declare id with in: path',
  ],
  [
    'declares a parameter that the path has not',
    documentOf({ ...paths, '/api/carts/all': ofOne('get') }),
    'paths./api/carts/all.get.parameters',
    'id',
    'stands in the path',
    'write {id} into the path',
  ],
  [
    'has a path twice, under two names of a parameter',
    documentOf({
      ...paths,
      '/api/carts/{cart}': {
        parameters: [{ name: 'cart', in: 'path', required: true, schema: { type: 'string' } }],
        ...operations('put'),
      },
    }),
    'paths./api/carts/{cart}',
    '/api/carts/{cart}',
    'only names of parameters differ',
    'write its methods under one of them',
  ],
  [
    'has a path that no route takes',
    documentOf({ ...paths, '/api/baskets': operations('get') }),
    'paths./api/baskets.get',
    'GET /api/baskets',
    'a route of order takes',
    'declare a route in services.order.routes',
  ],
  [
    'has a path that a route of another service takes',
    documentOf({ ...paths, '/api/users/all': operations('get') }),
    'paths./api/users/all.get',
    'GET /api/users/all',
    'a route of order takes',
    'take it out of the contract',
  ],
];

describe('a document', () => {
  test.each(faults)('fails when it %s', (_what, document, path, got, allowed, remedy) => {
    expect(wrongWith(document)).toContainEqual({
      path: `${file} ${path}`.trimEnd(),
      got,
      allowed: expect.stringContaining(allowed),
      remedy: expect.stringContaining(remedy),
    });
  });

  test('fails with all that is wrong at once', () => {
    const document = documentOf(
      { '/api/carts/{id}': operations('get', 'trace'), '/api/carts/': operations('get') },
      { servers: [{ url: '/' }] },
    );
    expect(wrongWith(document).map(({ path }) => path)).toEqual([
      `${file} paths./api/carts/`,
      `${file} paths./api/carts/{id}.get.parameters`,
      `${file} paths./api/carts/{id}.trace`,
      `${file} paths./api/carts/{id}.trace.parameters`,
      `${file} servers`,
    ]);
  });
});

describe('contracts and the definition', () => {
  const document = documentOf(paths);

  test('fails when a contract is not there', () => {
    expect(problemsIn(() => contractsOf(bound(), {}))).toEqual([
      {
        path: 'services.order.contract',
        got: 'openapi',
        allowed: `absent without ${file}`,
        remedy: 'commit the contract, or remove it',
      },
    ]);
  });

  test('fails when a file is nobody’s, and names whose it may be', () => {
    expect(problemsIn(() => contractsOf(bound(), { order: document, ordr: document }))).toEqual([
      {
        path: 'contracts/retailflow/ordr.yaml',
        got: 'ordr',
        allowed: 'called after a service with a contract: order',
        remedy: 'did you mean order? If not, say services.ordr.contract, or remove the file',
      },
    ]);
  });

  test('fails when a route has no path in it', () => {
    const routes = [{ path: '/api/carts' }, { path: '/api/carts/private', methods: ['GET'] }, { path: '/api/returns' }];
    expect(wrongWith(document, bound({ routes }))).toEqual([
      {
        path: 'services.order.routes.2',
        got: '/api/returns',
        allowed: `a route of which ${file} has a path, since the gateway lets in no other`,
        remedy: 'write what is answered there into the contract, or remove the route',
      },
    ]);
  });

  test.each([
    ['has no routes', { routes: [], release: null, scale: { requestsPerTask: null } }],
    ['takes every path', { routes: [{ path: '/' }] }],
  ])('fails when a service with a contract %s', (_what, service) => {
    expect(problemsOf(bound(service))).toContainEqual({
      path: 'services.order.contract',
      got: 'openapi',
      allowed: expect.stringContaining('absent for a service without routes'),
      remedy: expect.stringContaining('remove it'),
    });
  });

  describe('and what is walked', () => {
    const walking = (step: object, loadTests: object = {}) =>
      wrongWith(
        document,
        bound(
          {
            routes: [
              { path: '/api/carts', authentication: 'none' },
              { path: '/api/carts/private', methods: ['GET'] },
            ],
          },
          {
            journeys: { buy: { description: 'Buys the cheapest thing', steps: [{ name: 'cart', ...step }] } },
            loadTests: { peak: { description: 'Everybody comes at once', pauseSeconds: 10, ...loadTests } },
          },
        ),
      ).map(({ allowed, got, path }) => [path, got, allowed]);
    const listed = { routes: [{ path: '/api/carts', weight: 1 }] };

    test.each([
      { path: '/api/carts' },
      { path: '/api/carts/7?page=2' },
      { path: '/api/carts/7/8', status: 404 },
      { path: '/' },
    ])('takes %j', (step) => {
      expect(walking(step, listed)).toEqual([]);
    });

    test.each([
      [{ path: '/api/carts/7/8' }, 'GET /api/carts/7/8'],
      [{ path: '/api/carts/mine', method: 'POST' }, 'POST /api/carts/mine'],
      [{ path: '/api/carts/7', method: 'HEAD' }, 'HEAD /api/carts/7'],
    ])('fails when a journey asks for %j', (step, got) => {
      expect(walking(step, listed)).toEqual([
        ['journeys.buy.steps.0.path', got, `in ${file}, or answered 404, as the gateway does`],
      ]);
    });

    test('fails when a load test asks for what is in no contract', () => {
      expect(walking({ path: '/' }, { routes: [{ path: '/api/carts/7/8', weight: 1 }] })).toEqual([
        ['loadTests.peak.routes.0.path', 'GET /api/carts/7/8', expect.stringContaining(file)],
      ]);
    });
  });
});
