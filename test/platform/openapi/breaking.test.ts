import { breaksOf, lostWith } from '../../../lib/platform/openapi/breaking';
import { documentOf, ofOne, operations, paths } from './support';

const before = documentOf(paths);
const asking = (parameters: readonly object[], rest: object = {}) => ({
  ...paths,
  '/api/carts': { ...operations('get'), post: { ...operations('post').post, parameters, ...rest } },
});
const parameter = (name: string, required: boolean) => ({ name, in: 'query', required, schema: { type: 'string' } });
const { '/api/carts/mine': _, ...without } = paths;

describe('a contract', () => {
  test.each<readonly [string, object]>([
    ['is as it was', paths],
    ['has a path more', { ...paths, '/api/carts/all': operations('get') }],
    ['has a method more', { ...paths, '/api/carts': operations('get', 'post', 'put') }],
    ['lets more be said', asking([parameter('page', false)], { requestBody: { content: {} } })],
    [
      'calls a parameter of a path otherwise',
      {
        ...without,
        '/api/carts/mine': operations('get'),
        '/api/carts/{id}': undefined,
        '/api/carts/{cart}': {
          parameters: [{ name: 'cart', in: 'path', required: true, schema: {} }],
          ...operations('get', 'delete'),
        },
      },
    ],
  ])('breaks nothing where it %s', (_what, after) => {
    expect(breaksOf(before, documentOf(after))).toEqual([]);
  });

  test.each<readonly [string, object, readonly string[]]>([
    ['a path is gone', without, ['GET /api/carts/mine is gone']],
    ['a method is gone', { ...paths, '/api/carts/{id}': ofOne('get') }, ['DELETE /api/carts/{id} is gone']],
    ['a parameter is needed', asking([parameter('page', true)]), ['POST /api/carts needs page in query']],
    [
      'a body is needed',
      asking([], { requestBody: { required: true, content: {} } }),
      ['POST /api/carts needs a body'],
    ],
  ])('fails when %s', (_what, after, expected) => {
    expect(breaksOf(before, documentOf(after))).toEqual(expected);
  });

  test('fails when what could be left out no longer can, also where it is shared', () => {
    const shared = (required: boolean) =>
      documentOf(asking([{ $ref: '#/components/parameters/page' }]), {
        components: { parameters: { page: parameter('page', required) } },
      });
    expect(breaksOf(shared(false), shared(true))).toEqual(['POST /api/carts needs page in query']);
    expect(breaksOf(shared(true), shared(false))).toEqual([]);
  });

  test('may break where the first number of its version rises, and for no smaller one', () => {
    const versioned = (version: string) => documentOf(without, { info: { title: 'Orders', version } });
    expect(breaksOf(before, versioned('2.0.0'))).toEqual([]);
    expect(breaksOf(before, versioned('1.9.0'))).toEqual(['GET /api/carts/mine is gone']);
  });
});

describe('a contract that is gone', () => {
  const told = (value: object | undefined) => ({ ...value, deprecated: true });

  test('fails when clients were not told of all of it', () => {
    const some = { '/api/carts': { get: told(operations('get').get), post: operations('post').post } };
    expect(lostWith(documentOf(some))).toEqual(['POST /api/carts is gone']);
  });

  test('breaks nothing where they were', () => {
    expect(lostWith(documentOf({ '/api/carts': { get: told(operations('get').get) } }))).toEqual([]);
  });
});
