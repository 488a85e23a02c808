import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const problems = (patch: unknown) =>
  problemsOf(techflowWith(patch)).map(({ allowed, got, path, remedy }) => ({
    path,
    got,
    says: `${allowed}: ${remedy}`,
  }));

const table = (patch: unknown) => ({ warehouses: { product: { tables: { requests: patch } } } });
const aws = {
  cloud: 'aws',
  account: '111122223333',
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b'],
};

test('a platform with a warehouse is nobody’s problem', () => {
  expect(problems({})).toEqual([]);
});

test.each([
  {
    when: 'warehouses have no project',
    patch: production({ google: null }),
    path: 'stages.production.google',
    got: undefined,
    says: 'while there are the warehouses product: name the project',
  },
  {
    when: 'the region is none of Google’s, and one is near',
    patch: production({ google: { location: 'europe-west44' } }),
    path: 'stages.production.google.location',
    got: 'europe-west44',
    says: 'did you mean europe-west4?',
  },
  {
    when: 'a table is partitioned by what is no time',
    patch: table({ partitionBy: 'status' }),
    path: 'warehouses.product.tables.requests.partitionBy',
    got: 'status',
    says: 'a required column of type timestamp: occurred_at',
  },
  {
    when: 'a table is partitioned by a time that an event may lack',
    patch: table({ columns: { occurred_at: { required: false } } }),
    path: 'warehouses.product.tables.requests.partitionBy',
    got: 'occurred_at',
    says: 'of which there are none',
  },
  {
    when: 'rows lie together by a column that is misspelled',
    patch: table({ clusterBy: ['serivce'] }),
    path: 'warehouses.product.tables.requests.clusterBy',
    got: 'serivce',
    says: 'did you mean service?',
  },
  {
    when: 'rows lie together by a number',
    patch: table({ clusterBy: ['milliseconds'] }),
    path: 'warehouses.product.tables.requests.clusterBy',
    got: 'milliseconds',
    says: 'neither number nor json',
  },
  {
    when: 'a column has the name of one that says how a row was delivered',
    patch: table({ columns: { message_id: { type: 'string', description: 'Id of the message' } } }),
    path: 'warehouses.product.tables.requests.columns.message_id',
    got: 'message_id',
    says: 'rename the column',
  },
  {
    when: 'a name begins as Google’s own',
    patch: {
      warehouses: {
        'google-events': {
          tables: {
            clicks: {
              partitionBy: 'at',
              columns: { at: { type: 'timestamp', description: 'When it was' } },
            },
          },
        },
      },
      services: { user: { uses: { feeds: ['google-events'] } } },
    },
    path: 'warehouses.google-events.tables.clicks',
    got: 'google-events-clicks',
    says: 'does not begin with goog',
  },
])('fails when $when', ({ got, patch, path, says }) => {
  expect(problems(patch)).toEqual([{ path, got, says: expect.stringContaining(says) }]);
});

test('fails when nobody writes into a warehouse', () => {
  const uses = { uses: { feeds: [] } };
  const patch = { services: { user: uses, workflow: uses, analytics: uses, integration: uses } };
  expect(problems(patch)).toEqual([
    { path: 'warehouses.product', got: [], says: expect.stringContaining('name product in uses.feeds of a service') },
  ]);
});

test('fails when there is a project and no warehouse', () => {
  const uses = { uses: { feeds: null, queries: null } };
  const patch = { warehouses: null, services: { user: uses, workflow: uses, analytics: uses, integration: uses } };
  expect(problems(patch)).toEqual([
    {
      path: 'stages.production.google',
      got: 'example-techflow-production',
      says: expect.stringContaining('declare a warehouse'),
    },
  ]);
});

test('fails when a site that feeds a warehouse is on AWS, and says what to do instead', () => {
  const patch = production({ sites: { recovery: { ...aws, network: { cidr: '10.40.0.0/16' } } } });
  expect(problems(patch)).toContainEqual({
    path: 'stages.production.sites.recovery.cloud',
    got: 'aws',
    says: expect.stringMatching(/used by analytics, integration, user, workflow: put the site on azure/),
  });
});

test('fails when an account of Google would have a name that is too long', () => {
  const name = 'a-warehouse-of-many-events';
  const { product } = techflowWith({}).warehouses ?? {};
  const patch = { warehouses: { [name]: product }, services: { user: { uses: { feeds: [name] } } } };
  expect(problems(patch)).toEqual([
    { path: `warehouses.${name}`, got: `writer-${name}`, says: expect.stringContaining('at most 30 characters') },
  ]);
});
