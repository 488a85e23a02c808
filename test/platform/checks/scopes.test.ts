import retailflow from '../../../platforms/retailflow';
import shopflow from '../../../platforms/shopflow';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { declaredCalls, scopeNetworks, scopeOf } from '../../../lib/platform/scopes';
import { problemsOf, production, resolved } from '../../support/platform';

const platform = resolved(shopflow);
const cards = {
  standard: 'PCI DSS 4.0.1',
  services: ['payment'],
  databases: ['payments'],
  secrets: ['payment-provider'],
};
const withPatch = (patch: unknown): Definition => applyPatch(shopflow, patch) as Definition;
const uses = (service: string, more: object): object => ({ services: { [service]: { uses: more } } });

test('ShopFlow’s scope is sound, and knows what goes in and out', () => {
  expect(problemsOf(shopflow)).toEqual([]);
  expect(scopeOf(platform, 'services', 'payment')).toBe('cards');
  expect(scopeOf(platform, 'services', 'order')).toBeUndefined();
  expect(scopeNetworks(platform)).toEqual([
    {
      name: 'cards',
      calledAt: [8080],
      calledInside: [],
      calls: [],
      usesAt: [9098],
      thirdParties: [{ host: 'api.stripe.com', port: 443 }],
    },
  ]);
});

test('who calls a service is declared by its routes and by those who name it', () => {
  expect(declaredCalls(platform, 'payment')).toEqual([{ from: 'balancer', port: 8080 }]);
  expect(declaredCalls(platform, 'shipping')).toEqual([
    { from: 'fulfilment', port: 15_443 },
    { from: 'order', port: 15_443 },
  ]);
});

test.each<[what: string, definition: Definition, path: string, allowed: RegExp]>([
  [
    'a scope is to stand on Azure, where pods share nodes',
    applyPatch(retailflow, {
      scopes: { cards: { standard: 'PCI DSS', services: ['payment'] } },
    }) as Definition,
    'scopes.cards',
    /a site on aws; recovery is on azure, whose pods share nodes/,
  ],
  [
    'its pods find no addresses in its subnets',
    withPatch(production({ sites: { primary: { runtime: 'eks', network: { cidr: '10.28.0.0/18' } } } })),
    'stages.production.sites.primary.network.cidr',
    /subnets of scopes\.cards have \d+ addresses for its pods and nodes when a zone is lost, and these have 118/,
  ],
  [
    'a service has the name of its job of migrations',
    withPatch({
      stages: { production: { sites: { primary: { runtime: 'eks' } } } },
      services: { 'migration-cards': { team: 'payments', scale: { min: 2, max: 4, cpuPercent: 60 } } },
    }),
    'services.migration-cards',
    /the job that brings databases of a scope up to date/,
  ],
  [
    'its way to AWS would lead through its firewall',
    withPatch(production({ sites: { primary: { network: { interfaceEndpoints: false } } } })),
    'stages.production.sites.primary.network.interfaceEndpoints',
    /true with scopes\.cards/,
  ],
  [
    'answers cannot come back through its firewall',
    withPatch(production({ sites: { primary: { network: { nat: 'regional' } } } })),
    'stages.production.sites.primary.network.nat',
    /per-zone or single with scopes\.cards/,
  ],
  [
    'it names a service that is not there',
    withPatch({ scopes: { cards: { services: ['payments'] } } }),
    'scopes.cards.services',
    /one of cart/,
  ],
  [
    'it names a part twice',
    withPatch({ scopes: { cards: { secrets: ['payment-provider', 'payment-provider'] } } }),
    'scopes.cards.secrets',
    /each name stands once/,
  ],
  ['a part is in two scopes', withPatch({ scopes: { more: cards } }), 'scopes.more.services', /payment is in cards/],
  [
    'a service outside uses its database',
    withPatch(uses('cart', { databases: ['store', 'payments'] })),
    'services.cart.uses.databases',
    /payments is in scopes\.cards, and this is not/,
  ],
  [
    'a service outside has its secret',
    withPatch(uses('order', { secrets: ['payment-provider'] })),
    'services.order.uses.secrets',
    /payment-provider is in scopes\.cards/,
  ],
  [
    'the gateway has its secret',
    withPatch({ scopes: { cards: { secrets: ['payment-provider', 'token-keys'] } } }),
    'gateway.tokens.secret',
    /token-keys is in scopes\.cards/,
  ],
  [
    'a service of it uses a database outside',
    withPatch(uses('payment', { databases: ['payments', 'store'] })),
    'services.payment.uses.databases',
    /what is in scopes\.cards, because payment is/,
  ],
  [
    'a service of it keeps something in a cache that others share',
    withPatch(uses('payment', { caches: ['sessions'] })),
    'services.payment.uses.caches',
    /what is in scopes\.cards/,
  ],
  [
    'its archive is kept for less than a year',
    withPatch({ scopes: { cards: { archiveDays: 364 } } }),
    'scopes.cards.archiveDays',
    /365/,
  ],
])('fails when %s', (_, definition, path, allowed) => {
  const found = problemsOf(definition).filter((problem) => problem.path === path);
  expect(found.map((problem) => problem.allowed)).toContainEqual(expect.stringMatching(allowed));
});
