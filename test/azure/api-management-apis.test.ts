import { ApiManagementApis } from '../../lib/azure/api-management-apis';
import type { AzapiResource } from '../../lib/azure/azapi';
import { gateway as schema, type ApiManagement as Model } from '../../lib/platform/nouns/gateway';
import { service } from '../../lib/platform/nouns/service';
import { monitoring, ofType, only, place, testStack } from '../support/azure';

const named = (name: string) => ({ name }) as AzapiResource;
const gateway = schema.parse({
  kind: 'api-management',
  scale: { min: 2, max: 4 },
  tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
}) as Model;

/** The APIs of a service, whose route promises what is given. */
function made(promise: object, backends: Readonly<Record<string, AzapiResource>> = { order: named('order') }) {
  const stack = testStack();
  const routes = [{ path: '/api/orders', ...promise }, { path: '/api/carts' }];
  new ApiManagementApis(stack, 'Apis', {
    place,
    monitoring,
    apiManagement: named('apim'),
    gateway,
    services: { order: service.parse({ scale: { min: 2, max: 4 }, routes }) },
    backends,
    health: { backend: named('door'), path: '/ready', askedAt: '/status/ready' },
    after: [],
  });
  return stack;
}

const alert = 'azurerm_monitor_scheduled_query_rules_alert_v2';

test('an API that promises a time calls somebody when one answer in twenty is later, and no other does', () => {
  expect(only(made({ p95Milliseconds: 3000 }), alert)).toMatchObject({
    name: 'api-management-slow-order-api-orders',
    criteria: [
      {
        query: expect.stringMatching(
          /ApiId == "order-api-orders" .*percentile\(TotalTime, 95\).*answers >= 20/,
        ) as unknown,
        metric_measure_column: 'slow',
        operator: 'GreaterThan',
        threshold: 3000,
      },
    ],
    action: { action_groups: [expect.anything()] },
  });
  expect(ofType(made({}), alert)).toEqual([]);
});

test('an API fails when its service has no place to which requests go', () => {
  expect(() => made({}, {})).toThrow('services.order must have a backend, got none');
});
