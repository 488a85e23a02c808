import retailflow from '../../../platforms/retailflow';
import retailflowAzure from '../../../platforms/retailflow-azure';
import shopflow from '../../../platforms/shopflow';
import { named } from '../../../lib/platform/named';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { declaredCalls, scopeNetworks, scopeOf, scopeOfMember, scopeThirdParties } from '../../../lib/platform/scopes';
import { problemsOf, production, resolved } from '../../support/platform';

const platform = resolved(shopflow);
const cards = {
  standard: 'PCI DSS 4.0.1',
  services: ['payment'],
  databases: ['payments'],
  secrets: ['payment-provider'],
};
const withPatch = (patch: unknown): Definition => applyPatch(shopflow, patch) as Definition;
const onAzure = (patch: unknown): Definition => applyPatch(retailflowAzure, patch) as Definition;
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

test('the scope of RetailFlow on Azure is sound, and is of a function', () => {
  expect(problemsOf(retailflowAzure)).toEqual([]);
  const azure = resolved(retailflowAzure);
  expect(scopeOfMember(azure, 'payment')).toBe('cards');
  expect(scopeOfMember(azure, 'order')).toBeUndefined();
  expect(scopeThirdParties(azure, named('scopes', azure.scopes, 'cards')).map(({ host }) => host)).toEqual([
    'api.payments.example.com',
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
    'a scope is to stand on two clouds',
    applyPatch(retailflow, {
      scopes: { cards: { standard: 'PCI DSS', services: ['payment'] } },
    }) as Definition,
    'scopes.cards',
    /sites on aws alone, or one site on azure/,
  ],
  [
    'a service is to be in it on Azure, where pods share nodes',
    onAzure({ scopes: { cards: { services: ['order'] } } }),
    'scopes.cards.services',
    /absent on azure, where pods share nodes and subnets/,
  ],
  [
    'nothing does its work on Azure',
    onAzure({ scopes: { cards: { functions: [] } } }),
    'scopes.cards.functions',
    /at least one on azure/,
  ],
  [
    'its database on Azure is of PostgreSQL',
    onAzure({
      databases: { cards: { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 8 } } },
      functions: { payment: { uses: { databases: ['payment', 'cards'] } } },
      scopes: { cards: { databases: ['payment', 'cards'] } },
    }),
    'scopes.cards.databases',
    /of engine 'sqlserver' on azure/,
  ],
  [
    'its database on Azure has a ledger',
    onAzure({ eventStores: { payments: { database: 'payment', owner: 'order' } } }),
    'scopes.cards.databases',
    /without event stores on azure/,
  ],
  [
    'a service outside uses its database on Azure',
    onAzure({ services: { order: { uses: { databases: ['order', 'payment'] } } } }),
    'services.order.uses.databases',
    /payment is in scopes\.cards, and this is not/,
  ],
  [
    'a function of it keeps something in a database outside',
    onAzure({ functions: { payment: { uses: { databases: ['payment', 'order'] } } } }),
    'functions.payment.uses.databases',
    /what is in scopes\.cards, because payment is/,
  ],
  [
    'its functions have more instances than its subnet has addresses',
    onAzure({ functions: { payment: { maxInstances: 60 } } }),
    'scopes.cards.functions',
    /at most 59 on azure/,
  ],
  [
    'a service has the name of the identity that administers its databases on Azure',
    onAzure({ services: { 'migration-cards': { team: 'payment', scale: { min: 2, max: 4, cpuPercent: 60 } } } }),
    'services.migration-cards',
    /the job that brings databases of a scope up to date/,
  ],
  [
    'a function is to be in it on AWS',
    withPatch({
      functions: { refund: { team: 'payments', runtime: { language: 'node', version: '22' }, uses: {} } },
      scopes: { cards: { functions: ['refund'] } },
    }),
    'scopes.cards.functions',
    /absent on aws/,
  ],
  [
    'nothing does its work on AWS',
    withPatch({ scopes: { cards: { services: [] } } }),
    'scopes.cards.services',
    /at least one on aws/,
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
