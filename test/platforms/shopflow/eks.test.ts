import { resourcesOf, type Stack } from '../../../lib/review/aws/stack';
import { objectOf, type JsonObject } from '../../../lib/review/json';
import type { Cluster } from '../../../lib/review/kubernetes/cluster';
import { argoRolloutsValues } from '../../../lib/kubernetes/argo-rollouts-values';
import { outputsOfCdk } from '../../../lib/platform/aws-outputs';
import { clusterOnEks, clustersOnEks, platformOnEks, synthesizedOnEks, toldBy } from '../../support/eks';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveRows } from '../support/proof';
import { telemetryOnEksRow } from './rows/telemetry-on-eks';

const name = 'shopflow';
const onEks = synthesizedOnEks(name);
const { assembly } = onEks;
const stack = (id: string): Stack => onEks.stack(id);

let cluster: Cluster;
beforeAll(async () => {
  const [first] = await clustersOnEks(name);
  if (first === undefined) throw new Error('there must be a cluster on AWS');
  cluster = first.read;
});

proveRows([telemetryOnEksRow], World.of(new Graph(assembly).blocks));

const specOf = (kind: string, namespace: string, object: string): JsonObject | undefined =>
  cluster.objects
    .filter((each) => each.kind === kind && each.namespace === namespace && each.name === object)
    .map(({ value }) => objectOf(value.spec))[0];

describe('streams with pods', () => {
  test.each(['order', 'payment', 'notification'])('%s reaches the brokers in their subnets, at one port', (service) => {
    const { egress } = specOf('NetworkPolicy', `shopflow-${service}`, `${service}-uses`) ?? {};
    const way = (egress as JsonObject[]).find(({ ports }) => JSON.stringify(ports).includes('9098'));
    const ranges = ((way?.to ?? []) as JsonObject[]).map(({ ipBlock }) => objectOf(ipBlock).cidr);
    const { addresses } = platformOnEks(name).allocations;
    expect(ranges).toEqual(['a', 'b', 'c'].map((zone) => addresses[`primary/data/us-east-2${zone}`]));
    expect(specOf('ServiceEntry', `shopflow-${service}`, 'tcp-9098')).toMatchObject({
      ports: [{ name: 'tcp-9098', number: 9098, protocol: 'TCP' }],
      addresses: ranges,
      exportTo: ['.'],
    });
  });

  test.each(['user', 'cart', 'web'])('%s, which follows none, does not', (service) => {
    const policy = specOf('NetworkPolicy', `shopflow-${service}`, `${service}-uses`);
    expect(policy).toBeDefined();
    expect(JSON.stringify(policy)).not.toContain('9098');
    expect(specOf('ServiceEntry', `shopflow-${service}`, 'tcp-9098')).toBeUndefined();
  });

  test('brokers let nodes in, those of the scope that appends among them, and nobody else', () => {
    const [group] = resourcesOf(stack('Streams'), 'AWS::EC2::SecurityGroup');
    const inward = assembly.stacks.flatMap((each) =>
      resourcesOf(each, 'AWS::EC2::SecurityGroupIngress').filter(({ properties }) => properties.FromPort === 9098),
    );
    expect(group?.properties.SecurityGroupIngress).toBeUndefined();
    expect(inward.map(({ path }) => path)).toEqual([
      expect.stringMatching(/Cluster\/CardsNodes\/Paths\/StreamsKafkaBrokers\/Ingress$/),
      expect.stringMatching(/Cluster\/Paths\/StreamsKafkaBrokers\/Ingress$/),
    ]);
  });

  test.each([
    ['Payment', ['kafka-cluster:WriteData'], ['kafka-cluster:ReadData']],
    ['Notification', ['kafka-cluster:ReadData'], ['kafka-cluster:WriteData']],
    ['User', [], ['kafka-cluster:Connect']],
  ])('pods of %s may do to topics what their service says', (service, may, mayNot) => {
    const text = JSON.stringify(
      resourcesOf(stack(`Service-${service}`), 'AWS::IAM::ManagedPolicy').filter(({ path }) =>
        path.includes('/Process/'),
      ),
    );
    for (const action of may) expect(text).toContain(action);
    for (const action of mayNot) expect(text).not.toContain(action);
  });

  test('pods are told where the brokers are, each by its own name, once AWS has told it', async () => {
    const brokers = 'b-1.shop.kafka.us-east-2.amazonaws.com:9098,b-2.shop.kafka.us-east-2.amazonaws.com:9098';
    const told = toldBy(assembly);
    const stackName = 'shopflow-production-Service-Payment';
    const outputs = outputsOfCdk(platformOnEks(name), 'primary', {
      ...told,
      [stackName]: { ...told[stackName], StreamPaymentEventsBrokers: brokers },
    });
    const [after] = await clustersOnEks(name, outputs);
    const entry = after?.read.objects.find(
      (each) => each.kind === 'ServiceEntry' && each.namespace === 'shopflow-payment' && each.name === 'tcp-9098',
    );
    expect(objectOf(entry?.value.spec).hosts).toEqual([
      'b-1.shop.kafka.us-east-2.amazonaws.com',
      'b-2.shop.kafka.us-east-2.amazonaws.com',
    ]);
  });
});

describe('pages with pods', () => {
  test('are kept by the edge, and forgotten when the cluster tells that a release has ended', () => {
    const [policy] = resourcesOf(stack('Edge'), 'AWS::CloudFront::CachePolicy').filter(({ path }) =>
      path.includes('/Site/Pages'),
    );
    expect(objectOf(policy?.properties.CachePolicyConfig).MaxTTL).toBe(300);
    const [pipe] = resourcesOf(stack('Pages'), 'AWS::Pipes::Pipe');
    expect(JSON.stringify(pipe?.properties.Source)).toMatch(/NewsQueue/);
    expect(JSON.stringify(pipe?.properties.Target)).toMatch(/stateMachine/);
    const queues = resourcesOf(stack('Pages'), 'AWS::SQS::Queue').map(({ properties }) => properties.QueueName);
    expect(queues).toContain('shopflow-production-page-releases');
  });

  test('Argo Rollouts tells of both ends of a release of web, reaches the queue, and tells of nobody else', () => {
    const { notifications } = argoRolloutsValues(clusterOnEks(name));
    expect(notifications).toEqual({
      secret: { create: false },
      notifiers: { 'service.awssqs': '{"region":"us-east-2","queue":"shopflow-production-page-releases"}' },
      templates: { 'template.release-ended': String.raw`{"message":"{\"service\":\"web\"}"}` },
      triggers: {
        'trigger.on-rollout-completed': '[{"send":["release-ended"]}]',
        'trigger.on-rollout-aborted': '[{"send":["release-ended"]}]',
      },
      subscriptions: [
        {
          recipients: ['awssqs:shopflow-production-page-releases'],
          triggers: ['on-rollout-completed', 'on-rollout-aborted'],
          selector: 'app.kubernetes.io/name=web',
        },
      ],
    });
    expect(JSON.stringify(specOf('NetworkPolicy', 'argo-rollouts', 'news')?.egress)).toContain('169.254.170.23/32');
  });
});

describe('flags with pods', () => {
  const namesOf = (service: string): readonly string[] =>
    cluster.objects
      .filter((each) => each.kind === 'ServiceEntry' && each.namespace === `shopflow-${service}`)
      .flatMap(({ value }) => objectOf(value.spec).hosts as string[]);

  test('pods that ask for flags are told where they are, may ask for them, and reach AppConfig', () => {
    const text = JSON.stringify(
      resourcesOf(stack('Service-Order'), 'AWS::IAM::ManagedPolicy').filter(({ path }) => path.includes('/Process/')),
    );
    expect(text).toContain('appconfig:GetLatestConfiguration');
    expect(Object.keys(objectOf(stack('Service-Order').template.Outputs))).toContain('FlagsShopAddress');
    expect(namesOf('order')).toContain('appconfigdata.us-east-2.amazonaws.com');
  });

  test('pods that ask for none are told of none and reach none', () => {
    expect(JSON.stringify(stack('Service-Inventory').template)).not.toContain('appconfig');
    expect(namesOf('inventory')).not.toContain('appconfigdata.us-east-2.amazonaws.com');
  });

  test('a set is turned back by what clients get from the gateway, whose alarm there is', () => {
    const alarm = 'shopflow-production-gateway-errors';
    const watched = resourcesOf(stack('Flags'), 'AWS::AppConfig::Environment').map(({ properties }) =>
      JSON.stringify(properties.Monitors),
    );
    expect(watched.length).toBe(2);
    for (const each of watched) expect(each.match(/AlarmArn":/g)).toHaveLength(1);
    for (const each of watched) expect(each).toContain(`:alarm:${alarm}`);
    const alarms = resourcesOf(stack('Cluster'), 'AWS::CloudWatch::Alarm').map(
      ({ properties }) => properties.AlarmName,
    );
    expect(alarms).toContain(alarm);
  });
});

describe('telemetry with pods', () => {
  test('a service sends to the collector of the cluster, which the network lets its pods reach', () => {
    const containers = objectOf(objectOf(specOf('Rollout', 'shopflow-order', 'order')?.template).spec).containers;
    const [app] = containers as JsonObject[];
    expect(app?.env).toContainEqual({
      name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      value: 'http://opentelemetry-collector.observability.svc.cluster.local:4317',
    });
    const collector = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'opentelemetry-collector' } },
    };
    expect(specOf('NetworkPolicy', 'shopflow-order', 'namespace-mesh')?.egress).toContainEqual({
      to: [collector],
      ports: [{ port: 4317, protocol: 'TCP' }],
    });
    const { ingress } = specOf('NetworkPolicy', 'observability', 'opentelemetry-collector') ?? {};
    const [inward = {}] = ingress as JsonObject[];
    expect(inward.ports).toEqual([{ port: 4317, protocol: 'TCP' }]);
    const senders = (inward.from as JsonObject[]).map(({ namespaceSelector }) => JSON.stringify(namespaceSelector));
    expect(senders).toHaveLength(14);
    for (const word of ['order', 'gateway']) expect(senders.join()).toContain(`"shopflow-${word}"`);
  });

  test('the proxy beside the gateway begins a trace of as many requests as the definition says', () => {
    expect(specOf('Telemetry', 'istio-system', 'mesh')?.tracing).toMatchObject([
      { providers: [{ name: 'traces' }], randomSamplingPercentage: platformOnEks(name).telemetry?.tracedPercent },
    ]);
  });
});
