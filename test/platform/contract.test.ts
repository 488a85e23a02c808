import {
  contractOf,
  functionContractOf,
  variableName,
  type Authentications,
  type ContractEntry,
} from '../../lib/platform/contract';
import type { SiteName } from '../../lib/platform/platform';
import { production, resolved, retailflowWith } from '../support/platform';
import retailflow from '../../platforms/retailflow';

const iam: Authentications = { databases: 'iam', caches: 'iam', searches: 'iam', messages: 'iam' };
const passwords: Authentications = { databases: 'password', caches: 'password', searches: 'password', messages: 'iam' };
const platform = resolved(retailflow);

interface Question {
  readonly on?: SiteName;
  readonly by?: Authentications;
  readonly of?: typeof platform;
}

const contract = (service: string, { on = 'primary', by = iam, of = platform }: Question = {}) =>
  contractOf({ platform: of, site: on, authentications: by }, service);

/** A contract as `VARIABLE = value`, `VARIABLE ← noun.name.field` or `VARIABLE ⚿ noun.name.field`. */
const lines = (...asked: Parameters<typeof contract>) => shown(contract(...asked));

const shown = (entries: readonly ContractEntry[]) =>
  entries.map((entry) =>
    entry.kind === 'constant'
      ? `${entry.variable} = ${entry.value}`
      : `${entry.variable} ${entry.kind === 'secret' ? '⚿' : '←'} ${Object.values(entry.source).join('.')}`,
  );

describe('the contract of a service', () => {
  test('names everything that order receives', () => {
    expect(lines('order')).toEqual([
      'BREAKER_FAILURES = 5',
      'BREAKER_REST_SECONDS = 30',
      'BUCKET_ARCHIVE_URL ← buckets.archive.url',
      'CACHE_SESSIONS_AUTH = iam',
      'CACHE_SESSIONS_HOST ← caches.sessions.host',
      'CACHE_SESSIONS_PORT ← caches.sessions.port',
      'CACHE_SESSIONS_USER ← caches.sessions.user',
      'DATABASE_STORE_AUTH = iam',
      'DATABASE_STORE_HOST ← databases.store.host',
      'DATABASE_STORE_NAME = store',
      'DATABASE_STORE_PORT ← databases.store.port',
      'DATABASE_STORE_READER_HOST ← databases.store.readerHost',
      'DATABASE_STORE_SCHEMA = svc_order',
      'DATABASE_STORE_USER = svc_order',
      'DRAIN_SECONDS = 30',
      'EVENTS_ORDERS_TABLE = svc_order.orders_events',
      'FLAGS_STOREFRONT_ADDRESS ← flags.storefront.address',
      'INTEGRATION_SHIPPING_TIMEOUT_MILLISECONDS = 3000',
      'INTEGRATION_SHIPPING_URL = https://api.shipping.example.com:443',
      'OTEL_EXPORTER_OTLP_ENDPOINT = http://127.0.0.1:4317',
      'OTEL_EXPORTER_OTLP_PROTOCOL = grpc',
      'OTEL_PROPAGATORS = tracecontext,baggage',
      'OTEL_RESOURCE_ATTRIBUTES = deployment.environment=production,service.namespace=retailflow',
      'OTEL_SERVICE_NAME = order',
      'OTEL_TRACES_SAMPLER = parentbased_traceidratio',
      'OTEL_TRACES_SAMPLER_ARG = 0.05',
      'PLATFORM_NAME = retailflow',
      'PLATFORM_STAGE = production',
      'PORT = 8080',
      'QUEUE_NOTIFICATIONS_URL ← queues.notifications.url',
      'QUEUE_ORDERS_URL ← queues.orders.url',
      'SECRET_SHIPPING_PROVIDER_API_KEY ⚿ secrets.shipping-provider.apiKey',
      'SERVICE_CATALOG_TIMEOUT_SECONDS = 15',
      'SERVICE_CATALOG_URL ← services.catalog.url',
      'SERVICE_NAME = order',
      'SERVICE_PAYMENT_TIMEOUT_SECONDS = 20',
      'SERVICE_PAYMENT_URL ← services.payment.url',
      'SERVICE_USER_TIMEOUT_SECONDS = 15',
      'SERVICE_USER_URL ← services.user.url',
      'TIMEOUT_SECONDS = 15',
      'TOPIC_ORDER_EVENTS_ADDRESS ← topics.order-events.address',
      'WORKFLOW_ORDER_SAGA_ADDRESS ← workflows.order-saga.address',
      'WORKFLOW_ORDER_SAGA_COMMANDS_URL ← workflows.order-saga.commands/order',
    ]);
  });

  test('names what a service proves before it is ready, as far as its site has it', () => {
    const proves = { always: ['databases', 'caches', 'searches'], once: ['integrations'] };
    const platform = resolved(retailflowWith({ services: { catalog: { health: { proves } } } }));
    const proven = (on: SiteName) =>
      contract('catalog', { on, of: platform }).filter(({ variable }) => variable.startsWith('HEALTH_'));
    expect(proven('primary')).toEqual([
      {
        kind: 'constant',
        variable: 'HEALTH_PROVES_ALWAYS',
        value: 'DATABASE_STORE CACHE_CATALOG SEARCH_PRODUCTS',
      },
      { kind: 'constant', variable: 'HEALTH_PROVES_ONCE', value: 'INTEGRATION_STOCK' },
    ]);
    expect(proven('recovery')[0]).toMatchObject({ value: 'DATABASE_STORE CACHE_CATALOG' });
  });

  test('names messages among what it proves once', () => {
    const proves = { always: ['databases'], once: ['messages'] };
    const platform = resolved(retailflowWith({ services: { notification: { health: { proves } } } }));
    expect(lines('notification', { of: platform })).toContain('HEALTH_PROVES_ONCE = MESSAGES_CUSTOMERS');
  });

  test('says how long a call of a channel may take, and when who does not answer is left alone', () => {
    const messages = { customers: { email: { timeoutMilliseconds: 5000 } } };
    const told = lines('notification', { of: resolved(retailflowWith({ messages })) });
    expect(told).toEqual(
      expect.arrayContaining([
        'MESSAGES_CUSTOMERS_EMAIL_TIMEOUT_MILLISECONDS = 5000',
        'MESSAGES_CUSTOMERS_SMS_TIMEOUT_MILLISECONDS = 3000',
        'MESSAGES_CUSTOMERS_PUSH_TIMEOUT_MILLISECONDS = 3000',
        'BREAKER_FAILURES = 5',
        'BREAKER_REST_SECONDS = 30',
      ]),
    );
    expect(lines('user').filter((line) => line.startsWith('BREAKER'))).toEqual([]);
  });

  test('names its search domain where it has one, and not where the stage omits it', () => {
    const development = resolved(retailflow, 'development');
    const searches = (of: typeof platform) => lines('catalog', { of }).filter((line) => line.startsWith('SEARCH'));
    expect(searches(platform)).toEqual(['SEARCH_PRODUCTS_AUTH = iam', 'SEARCH_PRODUCTS_URL ← searches.products.url']);
    expect(searches(development)).toEqual([]);
  });

  test('has a secret for a password where passwords are used, and nowhere else', () => {
    const added = (service: string) =>
      lines(service, { by: passwords }).filter((line) => !lines(service).includes(line));
    expect(added('catalog')).toEqual([
      'CACHE_CATALOG_AUTH = password',
      'CACHE_CATALOG_PASSWORD ⚿ caches.catalog.password',
      'DATABASE_STORE_AUTH = password',
      'DATABASE_STORE_PASSWORD ⚿ databases.store.password',
      'SEARCH_PRODUCTS_AUTH = password',
      'SEARCH_PRODUCTS_PASSWORD ⚿ searches.products.password',
    ]);
    expect(lines('catalog').some((line) => line.includes('PASSWORD'))).toBe(false);
    const mixed = lines('catalog', {
      by: { databases: 'entra', caches: 'password', searches: 'iam', messages: 'iam' },
    });
    expect(mixed.filter((line) => line.includes('PASSWORD') || line.includes('AUTH'))).toEqual([
      'CACHE_CATALOG_AUTH = password',
      'CACHE_CATALOG_PASSWORD ⚿ caches.catalog.password',
      'DATABASE_STORE_AUTH = entra',
      'SEARCH_PRODUCTS_AUTH = iam',
    ]);
  });

  test('has no name for what its site does without', () => {
    const names = (
      patch: object,
      of = resolved(retailflowWith(production({ sites: { recovery: { waives: patch } } }))),
    ) => contract('order', { on: 'recovery', of }).map(({ variable }) => variable);
    const waived = { reason: 'made again from what the database holds', minutes: 5 };
    const all = contract('order', { on: 'primary', of: resolved(retailflowWith({})) }).map(({ variable }) => variable);
    const without = (...words: readonly string[]) =>
      all.filter((variable) => !words.some((word) => variable.startsWith(word)));
    expect(all).toContain('WORKFLOW_ORDER_SAGA_ADDRESS');
    expect(names({})).toEqual(without('WORKFLOW_'));
    expect(names({ queues: waived })).toEqual(without('WORKFLOW_', 'QUEUE_'));
    expect(names({ topics: waived })).toEqual(without('WORKFLOW_', 'TOPIC_'));
    expect(names({ caches: waived })).toEqual(without('WORKFLOW_', 'CACHE_'));
    expect(names({ flags: waived })).toEqual(without('WORKFLOW_', 'FLAGS_'));
  });

  test('has the same names on both sites, apart from passwords and what is waived', () => {
    const of = resolved(retailflowWith({}));
    const waived = /^(SEARCH|WORKFLOW)_/;
    for (const service of Object.keys(of.services)) {
      const names = (on: SiteName, by: Authentications) =>
        contract(service, { on, by, of })
          .map(({ variable }) => variable)
          .filter((variable) => !variable.endsWith('_PASSWORD'));
      expect(names('recovery', passwords)).toEqual(names('primary', iam).filter((variable) => !waived.test(variable)));
    }
  });

  test('leaves out what does not stand on the site', () => {
    const of = resolved(
      retailflowWith({
        databases: { reports: { engine: 'sqlserver', capacity: { vcpu: 2, memoryGiB: 8 }, on: ['recovery'] } },
        services: { analytics: { uses: { databases: ['store', 'reports'] } } },
      }),
    );
    const reports = (on: SiteName) => lines('analytics', { of, on }).filter((line) => line.includes('REPORTS'));
    expect(reports('primary')).toEqual([]);
    expect(reports('recovery')).toContain('DATABASE_REPORTS_HOST ← databases.reports.host');
    expect(reports('recovery')).not.toContainEqual(expect.stringContaining('READER_HOST'));
  });

  test('has no reader without read replicas', () => {
    const development = resolved(retailflow, 'development');
    expect(lines('order', { of: development })).not.toContainEqual(expect.stringContaining('READER_HOST'));
    expect(lines('order')).toContainEqual(expect.stringContaining('READER_HOST'));
  });

  test('names a bucket once that is read and written, and a queue once that is sent to and read', () => {
    const of = resolved(
      retailflowWith({
        services: { analytics: { uses: { reads: ['exports'], writes: ['exports'], sends: ['analytics-events'] } } },
      }),
    );
    const variables = contract('analytics', { of }).map(({ variable }) => variable);
    expect(variables.filter((variable) => variable === 'BUCKET_EXPORTS_URL')).toHaveLength(1);
    expect(variables.filter((variable) => variable === 'QUEUE_ANALYTICS_EVENTS_URL')).toHaveLength(1);
  });

  test('carries the settings of the service itself', () => {
    const of = resolved(retailflowWith({ services: { analytics: { environment: { LOG_LEVEL: 'debug' } } } }));
    expect(lines('analytics', { of })).toContain('LOG_LEVEL = debug');
    expect(lines('order', { of })).not.toContain('LOG_LEVEL = debug');
  });

  test('gives nothing of what the service does not use', () => {
    expect(lines('notification').filter((line) => /^(CACHE|BUCKET|TOPIC|SEARCH|WORKFLOW|EVENTS)_/.test(line))).toEqual(
      [],
    );
  });

  test.each(Object.keys(platform.services))('of %s is sorted and unique', (service) => {
    const names = contract(service, { by: passwords }).map(({ variable }) => variable);
    expect(names).toEqual([...new Set(names)].sort());
  });

  test('fails when the service is unknown, and lists the known ones', () => {
    expect(() => contract('shipping')).toThrow(
      'no service shipping in analytics, catalog, notification, order, payment, user',
    );
  });
});

describe('the contract of a function', () => {
  const asked = (name: string, site: SiteName = 'recovery') =>
    shown(functionContractOf({ platform, site, authentications: { ...iam, databases: 'entra' } }, name));

  test('names everything that the feed of the archive receives', () => {
    expect(asked('feed-archive')).toEqual([
      'BUCKET_ARCHIVE_URL ← buckets.archive.url',
      'BUCKET_EXPORTS_URL ← buckets.exports.url',
      'DATABASE_STORE_AUTH = entra',
      'DATABASE_STORE_HOST ← databases.store.host',
      'DATABASE_STORE_NAME = store',
      'DATABASE_STORE_PORT ← databases.store.port',
      'DATABASE_STORE_READER_HOST ← databases.store.readerHost',
      'DATABASE_STORE_SCHEMA = svc_feed_archive',
      'DATABASE_STORE_USER = svc_feed_archive',
      'FUNCTION_NAME = feed-archive',
      'PLATFORM_NAME = retailflow',
      'PLATFORM_STAGE = production',
      'SCHEDULE = 30 18 * * *',
      'SCHEMA_CATALOG = svc_catalog',
      'SCHEMA_ORDER = svc_order',
    ]);
  });

  test('has no schedule where messages start it', () => {
    const of = resolved(
      retailflowWith({ functions: { 'feed-archive': { schedule: null, uses: { receives: ['notifications'] } } } }),
    );
    const entries = functionContractOf({ platform: of, site: 'recovery', authentications: iam }, 'feed-archive');
    expect(shown(entries)).toContain('QUEUE_NOTIFICATIONS_URL ← queues.notifications.url');
    expect(shown(entries)).not.toContainEqual(expect.stringContaining('SCHEDULE'));
  });

  test('fails when the function is unknown, and lists the known ones', () => {
    expect(() => asked('feed')).toThrow('no function feed in feed-analytics, feed-archive');
  });
});

describe('a variable', () => {
  test.each([
    [['DATABASE', 'store', 'HOST'], 'DATABASE_STORE_HOST'],
    [['QUEUE', 'analytics-events', 'URL'], 'QUEUE_ANALYTICS_EVENTS_URL'],
    [['SECRET', 'token-keys', 'privateKey'], 'SECRET_TOKEN_KEYS_PRIVATE_KEY'],
    [['SECRET', 'oauth2-client', 'apiKey2'], 'SECRET_OAUTH2_CLIENT_API_KEY2'],
  ])('of %j is %s', (words, expected) => {
    expect(variableName(...words)).toBe(expected);
  });
});
