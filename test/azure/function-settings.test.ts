import { contractSettings, hostSettings, runsWithin } from '../../lib/azure/function-settings';
import { functionUses } from '../../lib/platform/nouns/function';
import { siteOn, type Platform } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';
import { identity } from '../support/azure';

const platform = resolved(
  retailflowWith({
    functions: { 'feed-archive': { uses: { receives: ['notifications'], publishes: ['order-events'] } } },
  }),
);
const settings = (name: string, of: Platform = platform) => {
  const site = siteOn(of, 'azure');
  if (site === undefined) throw new Error('no site on azure');
  return contractSettings({ platform: of, site, name });
};
const empty = functionUses.parse({});

describe('what a function receives', () => {
  test('has hosts that are known from the definition, and no secret', () => {
    expect(settings('feed-analytics')).toEqual({
      DATABASE_ANALYTICS_BACKUP_AUTH: 'entra',
      DATABASE_ANALYTICS_BACKUP_HOST: expect.stringMatching(
        /^sql-retailflow-production-\w{6}\.database\.windows\.net$/,
      ),
      DATABASE_ANALYTICS_BACKUP_NAME: 'analytics_backup',
      DATABASE_ANALYTICS_BACKUP_PORT: '1433',
      DATABASE_ANALYTICS_BACKUP_SCHEMA: 'svc_feed_analytics',
      DATABASE_ANALYTICS_BACKUP_USER: 'svc_feed_analytics',
      DATABASE_STORE_AUTH: 'entra',
      DATABASE_STORE_HOST: expect.stringMatching(/\.writer\.postgres\.database\.azure\.com$/),
      DATABASE_STORE_NAME: 'store',
      DATABASE_STORE_PORT: '6432',
      DATABASE_STORE_READER_HOST: expect.stringMatching(/\.reader\.postgres\.database\.azure\.com$/),
      DATABASE_STORE_SCHEMA: 'svc_feed_analytics',
      DATABASE_STORE_USER: 'svc_feed_analytics',
      FUNCTION_NAME: 'feed-analytics',
      PLATFORM_NAME: 'retailflow',
      PLATFORM_STAGE: 'production',
      SCHEDULE: '*/15 * * * *',
      SCHEMA_ANALYTICS: 'svc_analytics',
      SCHEMA_CATALOG: 'svc_catalog',
      SCHEMA_ORDER: 'svc_order',
    });
  });

  test('names entries of the vault for secrets, and holds none', () => {
    const using = resolved(
      retailflowWith({ functions: { 'feed-archive': { uses: { secrets: ['payment-provider'] } } } }),
    );
    expect(settings('feed-archive', using)).toMatchObject({
      SECRET_PAYMENT_PROVIDER_API_KEY: expect.stringMatching(
        /^@Microsoft\.KeyVault\(SecretUri=https:\/\/kv-retailflow-pro-\w{6}\.vault\.azure\.net\/secrets\/payment-provider-apiKey\)$/,
      ),
      SECRET_PAYMENT_PROVIDER_WEBHOOK_KEY: expect.stringContaining('/secrets/payment-provider-webhookKey)'),
    });
  });

  test('has addresses of buckets, queues and topics', () => {
    expect(settings('feed-archive')).toMatchObject({
      BUCKET_ARCHIVE_URL: expect.stringMatching(
        /^https:\/\/stretailflowproduc\w{6}\.blob\.core\.windows\.net\/archive$/,
      ),
      BUCKET_EXPORTS_URL: expect.stringMatching(
        /^https:\/\/stretailflowproduc\w{6}\.blob\.core\.windows\.net\/exports$/,
      ),
      QUEUE_NOTIFICATIONS_URL: expect.stringMatching(
        /^sb:\/\/sbns-retailflow-production-\w{6}\.servicebus\.windows\.net\/notifications$/,
      ),
      TOPIC_ORDER_EVENTS_ADDRESS: expect.stringMatching(/^sb:\/\/.*\/order-events$/),
    });
  });
});

describe('the host of functions', () => {
  const given = { identity: identity('feed'), account: 'stfeed', serviceBus: 'sbns.servicebus.windows.net' };

  test('takes the identity of the function for its storage and its telemetry, and no key', () => {
    const told = hostSettings({ uses: empty, timeoutMinutes: 90 }, given);
    expect(told).toEqual({
      AzureWebJobsStorage: '',
      AzureWebJobsStorage__accountName: 'stfeed',
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: 'client-of-feed',
      AzureFunctionsJobHost__functionTimeout: '01:30:00',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=client-of-feed;Authorization=AAD',
      AZURE_CLIENT_ID: 'client-of-feed',
    });
  });

  test.each(['receives', 'sends', 'publishes'] as const)('finds Service Bus where the function %s', (kind) => {
    expect(hostSettings({ uses: { ...empty, [kind]: ['mail'] }, timeoutMinutes: 5 }, given)).toMatchObject({
      ServiceBus__fullyQualifiedNamespace: 'sbns.servicebus.windows.net',
      ServiceBus__credential: 'managedidentity',
      ServiceBus__clientId: 'client-of-feed',
    });
  });
});

test.each([
  [undefined, 10, undefined],
  ['*/5 * * * *', 10, 60],
  ['*/15 * * * *', 10, 60],
  ['*/15 * * * *', 30, 75],
  ['7 * * * *', 10, 100],
  ['0 */6 * * *', 10, 400],
  ['0 6,18 * * *', 10, 760],
  ['30 18 * * *', 120, 1590],
  ['0 2 * * 1-5', 10, undefined],
])(
  'a function with the schedule %s that may run for %i minutes must have run within %s minutes',
  (schedule, timeoutMinutes, minutes) => {
    expect(runsWithin({ schedule, timeoutMinutes })).toBe(minutes);
  },
);
