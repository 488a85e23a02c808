import { formatFinding } from '../../../lib/review/finding';
import { scopeKeys } from '../../../lib/review/aws/rules/scope-keys';
import { scopeReach } from '../../../lib/review/aws/rules/scope-reach';
import type { Assembly, Resource, Stack } from '../../../lib/review/aws/stack';
import { objectOf, type JsonObject } from '../../../lib/review/json';
import type { Cluster } from '../../../lib/review/kubernetes/cluster';
import { apart } from '../../../lib/review/kubernetes/rules/apart';
import { clustersOnEks, platformOnEks, synthesizedOnEks } from '../../support/eks';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveRows } from '../support/proof';
import { scopeOnEksRow } from './rows/scope-on-eks';

const name = 'shopflow';
const { assembly } = synthesizedOnEks(name);

let cluster: Cluster;
beforeAll(async () => {
  const [first] = await clustersOnEks(name);
  if (first === undefined) throw new Error('there must be a cluster on AWS');
  cluster = first.read;
});

const specOf = (kind: string, namespace: string, object: string): JsonObject | undefined =>
  cluster.objects
    .filter((each) => each.kind === kind && each.namespace === namespace && each.name === object)
    .map(({ value }) => objectOf(value.spec))[0];

proveRows([scopeOnEksRow], World.of(new Graph(assembly).blocks));

describe('the scope of cards with pods', () => {
  const templateOf = (kind: string, namespace: string, object: string): JsonObject =>
    objectOf(objectOf(specOf(kind, namespace, object)?.template).spec);
  const jobs = (namespace: string) =>
    cluster.objects.filter((each) => each.kind === 'Job' && each.namespace === namespace);
  const taint = { key: 'mainstay/scope', value: 'cards', effect: 'NoSchedule' };

  test('has nodes of its own, in its subnets and group, under its key, that keep all other pods away', () => {
    expect(specOf('NodeClass', '', 'scope-cards')).toMatchObject({
      subnetSelectorTerms: [{ tags: { 'mainstay/scope': 'eks-shopflow-production-cards' } }],
      securityGroupSelectorTerms: [{ tags: { 'mainstay/scope': 'eks-shopflow-production-cards' } }],
      ephemeralStorage: { kmsKeyID: 'alias/shopflow-production-cards/data' },
      networkPolicy: 'DefaultDeny',
      snatPolicy: 'Disabled',
    });
    const { template } = specOf('NodePool', '', 'scope-cards') ?? {};
    expect(template).toMatchObject({
      metadata: { labels: { 'mainstay/scope': 'cards' } },
      spec: { taints: [taint], nodeClassRef: { name: 'scope-cards' } },
    });
  });

  test('payment and whatever brings its database up to date stand there, and nobody else', () => {
    const pods = [
      templateOf('Rollout', 'shopflow-payment', 'payment'),
      ...jobs('shopflow-migration-cards').map(({ value }) => objectOf(objectOf(objectOf(value.spec).template).spec)),
    ];
    expect(pods).toHaveLength(2);
    for (const pod of pods) {
      expect(pod.nodeSelector).toMatchObject({ 'mainstay/scope': 'cards' });
      expect(pod.tolerations).toEqual([{ ...taint, operator: 'Equal' }]);
    }
    expect(
      jobs('shopflow-migration')
        .map(({ name: job }) => job)
        .filter((job) => job.startsWith('payments')),
    ).toEqual([]);
    expect(JSON.stringify(templateOf('Rollout', 'shopflow-order', 'order'))).not.toContain('mainstay/scope');
  });

  test('its database is reached in its own subnets, by payment and by nobody else', () => {
    const { addresses } = platformOnEks(name).allocations;
    const ranges = ['a', 'b', 'c'].map((zone) => addresses[`primary/cards-databases/us-east-2${zone}`] ?? '');
    const reaches = (namespace: string, policy: string) => JSON.stringify(specOf('NetworkPolicy', namespace, policy));
    for (const range of ranges) {
      expect(reaches('shopflow-payment', 'payment-uses')).toContain(range);
      expect(reaches('shopflow-migration-cards', 'migration-cards')).toContain(range);
      expect(reaches('shopflow-migration', 'migration')).not.toContain(range);
      expect(reaches('shopflow-order', 'order-uses')).not.toContain(range);
    }
  });

  const changed = (kind: string, object: string, change: (spec: JsonObject) => JsonObject): Cluster => ({
    ...cluster,
    objects: cluster.objects.map((each) =>
      each.kind === kind && each.name === object
        ? { ...each, value: { ...each.value, spec: change(objectOf(each.value.spec)) } }
        : each,
    ),
  });
  const inPods = (change: JsonObject) => (spec: JsonObject) => {
    const template = objectOf(spec.template);
    return { ...spec, template: { ...template, spec: { ...objectOf(template.spec), ...change } } };
  };
  const foundIn = (given: Cluster): readonly string[] => apart.judge(given, { registry: '' }).map(formatFinding);

  test('the review finds nothing in it', () => {
    expect(foundIn(cluster)).toEqual([]);
  });

  test.each<[what: string, given: () => Cluster, message: RegExp]>([
    [
      'its pods may stand elsewhere',
      () => changed('Rollout', 'payment', inPods({ nodeSelector: {} })),
      /must name cards as mainstay\/scope, got nothing/,
    ],
    [
      'others stand on its nodes',
      () => changed('Rollout', 'order', inPods({ nodeSelector: { 'mainstay/scope': 'cards' } })),
      /must name nothing as mainstay\/scope, got cards: the pods are in no scope/,
    ],
    [
      'others bear its taint',
      () => changed('Rollout', 'order', inPods({ tolerations: [{ operator: 'Exists' }] })),
      /must bear no taint of every scope/,
    ],
    [
      'its nodes are open to all',
      () => changed('NodePool', 'scope-cards', inPods({ taints: [] })),
      /must keep all pods away but those of the scope cards/,
    ],
    [
      'its nodes stand in subnets of others',
      () =>
        changed('NodeClass', 'scope-cards', (spec) => ({ ...spec, subnetSelectorTerms: [{ tags: { other: 'x' } }] })),
      /must be those of eks-shopflow-production-cards, got others/,
    ],
    [
      'other nodes have its group',
      () =>
        changed('NodeClass', 'services', (spec) => ({
          ...spec,
          securityGroupSelectorTerms: [{ tags: { 'mainstay/scope': 'eks-shopflow-production-cards' } }],
        })),
      /must be those of no scope, got eks-shopflow-production-cards/,
    ],
    [
      'its disks are under the key of others',
      () =>
        changed('NodeClass', 'scope-cards', (spec) => ({
          ...spec,
          ephemeralStorage: { size: '80Gi', kmsKeyID: 'alias/shopflow-production/data' },
        })),
      /must be a key of the scope cards/,
    ],
    [
      'it has no nodes',
      () => ({
        ...cluster,
        objects: cluster.objects.filter(({ kind, name: each }) => kind !== 'NodePool' || each !== 'scope-cards'),
      }),
      /must have nodes of the scope cards, got none/,
    ],
  ])('fails when %s', (_, given, message) => {
    expect(foundIn(given())).toContainEqual(expect.stringMatching(message));
  });
});

describe('the network and the roles of the scope with pods', () => {
  async function foundIn(given: Assembly): Promise<readonly string[]> {
    const all = await Promise.all(
      given.stacks.flatMap((stack) => [scopeReach, scopeKeys].map(async (rule) => rule(stack, given))),
    );
    return all.flat().map(formatFinding);
  }

  /** With something of the first resource at a path changed. */
  function changed(stackName: string, path: RegExp, change: (properties: JsonObject) => object): Assembly {
    let done = false;
    const resources = (stack: Stack): readonly Resource[] =>
      stack.resources.map((each) => {
        if (done || !path.test(each.path)) return each;
        done = true;
        return { ...each, properties: { ...each.properties, ...change(each.properties) } };
      });
    const stacks = assembly.stacks.map((stack) =>
      stack.name === `shopflow-production/${stackName}`
        ? (Object.assign(Object.create(stack) as Stack, { resources: resources(stack) }) as Stack)
        : stack,
    );
    if (!done) throw new Error(`nothing in ${stackName} is like ${path.source}`);
    return { stacks };
  }

  const statements = ({ PolicyDocument }: JsonObject): readonly JsonObject[] =>
    objectOf(PolicyDocument).Statement as JsonObject[];

  test('the review finds nothing in them', async () => {
    expect(await foundIn(assembly)).toEqual([]);
  });

  test.each<[what: string, given: () => Assembly, message: RegExp]>([
    [
      'other nodes reach it at a port that nobody declared',
      () => changed('Cluster', /CardsNodes\/Paths\/Into8080\/Ingress$/, () => ({ FromPort: 5432, ToPort: 5432 })),
      /lets cluster in to nodes of cards of the scope cards on 5432, allowed is the scope itself, cluster on 8080/,
    ],
    [
      'other nodes reach its database',
      () =>
        changed('Cluster', /CardsNodes\/Paths\/DatabasesPaymentsPool\/Ingress$/, () => ({
          SourceSecurityGroupId: objectOf(
            assembly.stacks
              .flatMap((stack) => stack.resources)
              .find(({ path }) => /CardsNodes\/Paths\/Into8080\/Ingress$/.test(path))?.properties,
          ).SourceSecurityGroupId,
        })),
      /lets cluster in to pool of payments of the scope cards on 5432/,
    ],
    [
      'pods of payment are not bound',
      () => changed('Service-Payment', /Service\/Process\/Role\/Resource$/, () => ({ PermissionsBoundary: undefined })),
      /is a role with which tasks of the scope cards run, and has no bound/,
    ],
    [
      'who reads its secrets is not bound',
      () => changed('Service-Payment', /Service\/Secrets\/Role\/Resource$/, () => ({ PermissionsBoundary: undefined })),
      /is a role with which tasks of the scope cards run, and has no bound/,
    ],
    [
      'what starts nodes uses its key past EC2',
      () =>
        changed('Cluster', /Cluster\/Roles\/Keys\/Resource$/, (properties) => ({
          PolicyDocument: { Statement: statements(properties).map(({ Condition: _, ...rest }) => rest) },
        })),
      /lets \S+Cluster\S+, which is not in the scope cards, use a key of it/,
    ],
  ])('fails when %s', async (_, given, message) => {
    expect(await foundIn(given())).toContainEqual(expect.stringMatching(message));
  });
});
