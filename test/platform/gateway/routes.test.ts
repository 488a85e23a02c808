import fc from 'fast-check';
import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import { pathExpression } from '../../../lib/platform/gateway/paths';
import type { Route } from '../../../lib/platform/nouns/service';
import { anyRoutes, spread } from './any-routes';
import { schemaProblems } from './kong-schema';
import { cart, platform, pluginOf, references, routesOf, withOrder } from './support';

describe('a path', () => {
  const matches = (path: string, request: string) => new RegExp(`^${pathExpression(path).slice(1)}`).test(request);

  test.each([
    ['/api/users', '/api/users', true],
    ['/api/users', '/api/users/7/cards', true],
    ['/api/users', '/api/users-old', false],
    ['/api/users', '/api/usersx/1', false],
    ['/api/users/', '/api/users', true],
    ['/api/v1.0', '/api/v1.0/x', true],
    ['/api/v1.0', '/api/v1x0/x', false],
    ['/', '/anything', true],
  ])('%s and the request %s: %s', (path, request, expected) => {
    expect(matches(path, request)).toBe(expected);
  });

  test('that is longer wins, whatever the methods of the shorter', () => {
    const nested: readonly Route[] = [
      { ...cart, path: '/api/carts', methods: ['GET'], authentication: 'none' },
      { ...cart, path: '/api/carts/private' },
    ];
    const routes = routesOf(kongConfiguration(withOrder({ routes: nested }), references)).filter(({ name }) =>
      name.startsWith('order'),
    );
    const conditions = routes.map(({ methods, paths }) => Math.sign(methods.length) + Math.sign(paths.length));
    expect(new Set(conditions).size).toBe(1);
    expect(routes.map(({ name, regex_priority }) => [name, regex_priority])).toEqual([
      ['order~api~carts~private', 18],
      ['order~api~carts~~GET', 10],
    ]);
  });
});

test('every route of any platform stands in the document exactly once, under a name of its own, guarded as declared', () => {
  fc.assert(
    fc.property(anyRoutes, fc.integer({ min: 1, max: 5 }), (routes, count) => {
      const services = spread(routes, count);
      const made = kongConfiguration({ ...platform, services }, references);
      const all = routesOf(made);
      expect(all).toHaveLength(routes.length);
      expect(new Set(all.map(({ name }) => name)).size).toBe(routes.length);
      expect(schemaProblems(made)).toEqual([]);
      for (const each of routes) {
        const found = all.filter(
          ({ methods, paths }) =>
            paths[0] === pathExpression(each.path) &&
            (each.methods === undefined ? methods.length === 7 : methods.join() === [...each.methods].sort().join()),
        );
        expect(found).toHaveLength(1);
        const plugins = found[0]?.plugins ?? [];
        expect(pluginOf(plugins, 'jwt') !== undefined).toBe(each.authentication === 'token');
        expect(found[0]?.tags.includes('token')).toBe(each.authentication === 'token');
        expect(pluginOf(plugins, 'rate-limiting')?.minute).toBe(each.requestsPerMinute);
      }
    }),
    { numRuns: 60 },
  );
});
