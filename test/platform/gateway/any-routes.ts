import fc from 'fast-check';
import type { Route, Service } from '../../../lib/platform/nouns/service';
import { cart, order } from './support';

const segment = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/);

const anyRoute = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/api/${segments.join('/')}`),
  methods: fc.option(
    fc.uniqueArray(fc.constantFrom('GET' as const, 'POST' as const, 'PUT' as const), { minLength: 1 }),
    { nil: undefined },
  ),
  authentication: fc.constantFrom('token' as const, 'none' as const),
  requestsPerMinute: fc.integer({ min: 1, max: 10_000 }),
});

const key = ({ methods, path }: { readonly path: string; readonly methods?: readonly string[] | undefined }) =>
  `${path} ${methods === undefined ? '*' : [...methods].sort().join()}`;

/** Routes of any platform, no two of which are the same. */
export const anyRoutes = fc.uniqueArray(anyRoute, { selector: key, maxLength: 30 });

/** So many services, over which the routes are spread. */
export const spread = (routes: readonly Partial<Route>[], count: number): Readonly<Record<string, Service>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `service-${index}`,
      {
        ...order,
        routes: routes
          .filter((_route, position) => position % count === index)
          .map((each): Route => ({ ...cart, ...each })),
      },
    ]),
  );
