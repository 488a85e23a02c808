import { contractOf } from '../../lib/platform/contract';
import { clusterAudience, clusterPrincipal, credentialConfiguration } from '../../lib/platform/google';
import { resolved } from '../support/platform';
import { techflowWith } from '../support/techflow';

const platform = resolved(techflowWith({}));
const authentications = { databases: 'entra', caches: 'entra', searches: 'iam', messages: 'entra' } as const;

const told = (service: string): readonly string[] =>
  contractOf({ platform, site: 'primary', authentications }, service).flatMap((entry) =>
    entry.variable.startsWith('WAREHOUSE_')
      ? [`${entry.variable} = ${entry.kind === 'constant' ? entry.value : '?'}`]
      : [],
  );

test('a service that writes events is told where, and one that asks is told what', () => {
  const topics = [
    'WAREHOUSE_PRODUCT_EVENTS_HOST = europe-west4-pubsub.googleapis.com',
    'WAREHOUSE_PRODUCT_IDENTITY_FILE = /var/run/warehouse/credentials.json',
  ];
  const events = [
    'WAREHOUSE_PRODUCT_PROJECT = example-techflow-production',
    'WAREHOUSE_PRODUCT_REQUESTS_TOPIC = projects/example-techflow-production/topics/product-requests',
    'WAREHOUSE_PRODUCT_WORKFLOW_ACTIONS_TOPIC = projects/example-techflow-production/topics/product-workflow-actions',
  ];
  expect(told('user')).toEqual([...topics, ...events]);
  expect(told('analytics')).toEqual([
    'WAREHOUSE_PRODUCT_DATASET = product',
    ...topics,
    'WAREHOUSE_PRODUCT_LOCATION = europe-west4',
    ...events,
  ]);
  expect(told('notification')).toEqual([]);
});

test('the token of a cluster is for one provider, by which Google names one account', () => {
  const google = { projectNumber: '987654321098' };
  const pool = 'iam.googleapis.com/projects/987654321098/locations/global/workloadIdentityPools/clusters';
  expect(clusterAudience(google, 'recovery')).toBe(`https://${pool}/providers/recovery`);
  expect(credentialConfiguration(google, 'recovery')).toMatchObject({
    type: 'external_account',
    audience: `//${pool}/providers/recovery`,
    credential_source: { file: '/var/run/warehouse/token' },
  });
  expect(clusterPrincipal(google, { name: 'shop' }, 'order')).toBe(
    `principal://${pool}/subject/system:serviceaccount:shop-order:order`,
  );
});
