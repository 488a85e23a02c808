import type * as iam from 'aws-cdk-lib/aws-iam';
import { Service } from '../../lib/aws/service';
import { emptiedQueues, receivedBy, usedParts } from '../../lib/aws/service-uses';
import type { Platform } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';
import { madeService, retailflowIn, serviceWorld } from '../support/service-world';
import { only } from '../support/template';

const production = retailflowIn('production');
const used = (name: string, platform: Platform = production) =>
  usedParts(platform, 'primary', name).map(({ noun, name: part, use }) => `${use.kind} ${noun}.${part}`);

describe('usedParts', () => {
  test('are what the definition names, and the workflows in which a service does a step', () => {
    expect(used('order')).toEqual([
      'databases databases.store',
      'caches caches.sessions',
      'writes buckets.archive',
      'sends queues.orders',
      'sends queues.notifications',
      'receives queues.orders',
      'publishes topics.order-events',
      'calls services.catalog',
      'calls services.payment',
      'calls services.user',
      'flags flags.storefront',
      'starts workflows.order-saga',
      'secrets secrets.shipping-provider',
      'commands workflows.order-saga',
    ]);
  });

  test('leave out third parties, which are no parts of the platform', () => {
    expect(used('payment').filter((use) => use.includes('integrations'))).toEqual([]);
  });

  test('leave out what does not stand on the site', () => {
    const elsewhere = resolved(retailflowWith({ searches: { products: { on: ['recovery'] } } }));
    expect(used('catalog')).toContain('searches searches.products');
    expect(used('catalog', elsewhere)).not.toContain('searches searches.products');
  });

  test('are none for a service that there is not', () => {
    expect(used('orders')).toEqual([]);
  });
});

describe('the contract of a service', () => {
  const { shared } = serviceWorld();
  const received = receivedBy(production, 'primary', 'order', shared.capabilities);

  test.each([
    ['the host of a database', 'DATABASE_STORE_HOST', 'writer'],
    ['the host of its readers', 'DATABASE_STORE_READER_HOST', 'reader'],
    ['the way to prove itself, which needs no password', 'DATABASE_STORE_AUTH', 'iam'],
    ['a queue as an address', 'QUEUE_ORDERS_URL', 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/orders'],
    ['another service as an address', 'SERVICE_PAYMENT_URL', 'http://payment:80'],
    ['the time that another service may take', 'SERVICE_PAYMENT_TIMEOUT_SECONDS', '20'],
    ['its own time', 'TIMEOUT_SECONDS', '15'],
    ['its own port', 'PORT', '8080'],
    ['the queue of its commands', 'WORKFLOW_ORDER_SAGA_COMMANDS_URL', expect.stringMatching(/\/order-saga-order$/)],
  ])('holds %s', (_what, variable, value) => {
    expect(received.environment[variable]).toEqual(value);
  });

  test('holds no password, because AWS needs none', () => {
    expect(Object.keys(received.environment).filter((variable) => variable.endsWith('_PASSWORD'))).toEqual([]);
    expect(Object.keys(received.secrets)).toEqual(['SECRET_SHIPPING_PROVIDER_API_KEY']);
  });

  test('fails when a part has no such value', () => {
    const queues = {
      ...shared.capabilities.queues,
      orders: { values: () => ({}), secrets: {}, reach: [], grant: () => undefined },
    };
    expect(() => receivedBy(production, 'primary', 'order', { ...shared.capabilities, queues })).toThrow(
      'queues.orders has no url on aws',
    );
  });

  test('fails when a secret lacks a field', () => {
    const secrets = {
      'shipping-provider': { values: () => ({}), secrets: {}, reach: [], grant: () => undefined },
    };
    expect(() => receivedBy(production, 'primary', 'order', { ...shared.capabilities, secrets })).toThrow(
      'secrets.shipping-provider has no apiKey on aws',
    );
  });
});

describe('emptiedQueues', () => {
  const { shared } = serviceWorld();

  test.each([
    ['order', ['orders', 'order-saga-order']],
    ['notification', ['notifications', 'order-updates', 'undelivered']],
    ['user', []],
    ['orders', []],
  ])('of %s: %j', (name, queues) => {
    expect(emptiedQueues(production, name, shared.capabilities)).toEqual(queues);
  });
});

describe('the permissions of a service', () => {
  const { template } = madeService('order');
  const statements = (policy: 'TaskPolicy' | 'ExecutionPolicy') =>
    only(template, 'AWS::IAM::ManagedPolicy', `SubjectRoles${policy}`).properties['PolicyDocument']
      .Statement as readonly { readonly Action: unknown; readonly Resource: unknown }[];
  const actions = (policy: 'TaskPolicy' | 'ExecutionPolicy') => statements(policy).flatMap(({ Action }) => Action);

  test('for what the process uses are in the policy of the task', () => {
    expect(
      actions('TaskPolicy')
        .filter((action) => String(action).startsWith('test:'))
        .sort(),
    ).toEqual([
      'test:caches',
      'test:commands',
      'test:databases',
      'test:flags',
      'test:publishes',
      'test:receives',
      'test:sends',
      'test:starts',
      'test:writes',
    ]);
  });

  test('for secrets are in the policy of its start, so that the process itself cannot read them', () => {
    expect(actions('ExecutionPolicy')).toContain('secretsmanager:GetSecretValue');
    expect(JSON.stringify(actions('TaskPolicy'))).not.toContain('secretsmanager');
  });

  test('for secrets name the one secret that it uses', () => {
    const reading = statements('ExecutionPolicy').filter(({ Action }) =>
      JSON.stringify(Action).includes('secretsmanager:GetSecretValue'),
    );
    expect(reading.map(({ Resource }) => Resource)).toEqual([{ Ref: 'ShippingProviderSecretE28B5EC8' }]);
  });

  test('for logs name its own log group', () => {
    const writing = statements('ExecutionPolicy').filter(({ Action }) =>
      JSON.stringify(Action).includes('logs:PutLogEvents'),
    );
    expect(writing.map(({ Resource }) => Resource)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^SubjectLogs/), 'Arn'] },
    ]);
  });

  test('are asked of each part once for each use', () => {
    const asked: string[] = [];
    const world = serviceWorld();
    const { capabilities } = world.shared;
    const note = (noun: keyof typeof capabilities) =>
      Object.fromEntries(
        Object.entries(capabilities[noun]).map(([name, part]) => [
          name,
          {
            ...part,
            grant: (grantee: iam.IGrantable, use: Parameters<typeof part.grant>[1]) => {
              asked.push(`${use.service} ${use.kind} ${noun}.${name}`);
              part.grant(grantee, use);
            },
          },
        ]),
      );
    const props = world.propsOf('order');
    new Service(world.stack, 'Subject', {
      ...props,
      capabilities: { ...capabilities, queues: note('queues'), workflows: note('workflows') },
    });
    expect(asked).toEqual([
      'order sends queues.orders',
      'order sends queues.notifications',
      'order receives queues.orders',
      'order starts workflows.order-saga',
      'order commands workflows.order-saga',
    ]);
  });
});
