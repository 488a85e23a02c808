import { compareAssemblies } from '../../../lib/review/aws/compare';
import type { Comparison } from '../../../lib/review/aws/compare';
import { parseWaivers } from '../../../lib/review/aws/data-waivers';
import { assemblyOf, change } from './fixtures';
import type { Declaration, StackFixture } from './fixtures';

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const RESOURCES: Record<string, Declaration> = {
  Database: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { Engine: 'aurora-postgresql', EngineVersion: '17.5', DBClusterIdentifier: 'a' },
    ...RETAIN,
  },
  Writer: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBClusterIdentifier: { Ref: 'Database' }, DBInstanceIdentifier: 'a', Engine: 'aurora-postgresql' },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a' } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }] },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:a' }] } },
      ],
    },
  },
};

const BASE: StackFixture = { id: 'Data', resources: RESOURCES };
const EMPTY: StackFixture = { id: 'Keeper', resources: {} };

/** The comparison of the base with a change of it. */
function compare(
  resources: Record<string, Declaration>,
  waivers: Parameters<typeof compareAssemblies>[2] = [],
): Comparison {
  return compareAssemblies(assemblyOf(BASE, EMPTY), assemblyOf({ ...BASE, resources }, EMPTY), waivers);
}

const waiver = { stack: 'shop-production/Data', logicalId: 'Database', reason: 'moved to the new cluster on Monday' };
const moved = change(RESOURCES, 'Database/Properties/DBClusterIdentifier', 'b');

describe('compareAssemblies', () => {
  test('finds nothing between equals', () => {
    expect(compare(RESOURCES)).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      unchanged: 2,
      redeploy: [],
      refused: [],
      warnings: [],
    });
  });

  test('takes a construct that moved and kept its logical id for the same', () => {
    const metadata = { 'aws:cdk:path': 'shop-production/Data/New/Place', 'aws:asset:path': 'x' };
    expect(compare(change(RESOURCES, 'Topic/Metadata', metadata))).toMatchObject({ changed: [], unchanged: 2 });
  });

  test('reports an update, with what differs', () => {
    const { changed, unchanged, refused } = compare(change(RESOURCES, 'Database/Properties/EngineVersion', '17.6'));
    expect(unchanged).toBe(1);
    expect(refused).toEqual([]);
    expect(changed.map(({ stack, difference }) => [stack.name, difference.resources])).toEqual([
      [
        'shop-production/Data',
        [{ logicalId: 'Database', type: 'AWS::RDS::DBCluster', effect: 'update', differing: ['EngineVersion'] }],
      ],
    ]);
  });

  test('reports new and removed stacks', () => {
    const { added, removed, refused } = compareAssemblies(
      assemblyOf(EMPTY, { id: 'Old', resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
      assemblyOf(EMPTY, { id: 'New', resources: RESOURCES }),
    );
    expect(added.map(({ name }) => name)).toEqual(['shop-production/New']);
    expect(removed.map(({ name }) => name)).toEqual(['shop-production/Old']);
    expect(refused).toEqual([]);
  });

  test('reports an update of a type that the specification lacks', () => {
    const custom = { Lookup: { Type: 'Custom::Lookup', Properties: { ServiceToken: 'x', Key: 'a' } } };
    const { changed } = compareAssemblies(
      assemblyOf({ resources: custom }),
      assemblyOf({ resources: change(custom, 'Lookup/Properties/Key', 'b') }),
    );
    expect(changed[0]?.difference.resources).toMatchObject([{ effect: 'update', differing: ['Key'] }]);
  });

  test('reports other parts of a template', () => {
    const parameters = { Zone: { Type: 'String', Default: 'a' } };
    const { changed } = compareAssemblies(assemblyOf(BASE), assemblyOf({ ...BASE, parameters }));
    expect(changed.map(({ difference }) => difference)).toMatchObject([{ resources: [], outputs: [], other: true }]);
  });

  test.each([
    [
      'permissions may be broader',
      change(RESOURCES, 'Role/Properties/Policies/0/PolicyDocument/Statement/0/Action', 'sqs:*'),
      { broaderPermissions: true, newNetworkRules: false },
    ],
    [
      'there are new network rules',
      change(RESOURCES, 'Group/Properties/SecurityGroupIngress/0/CidrIp', '10.0.0.0/8'),
      { broaderPermissions: false, newNetworkRules: true },
    ],
    [
      'there are neither',
      change(RESOURCES, 'Topic/Properties/DisplayName', 'x'),
      { broaderPermissions: false, newNetworkRules: false },
    ],
  ])('hints that %s, which fails nothing', (_, resources, expected) => {
    const { changed, refused } = compare(resources);
    expect(changed.map(({ difference }) => difference)).toMatchObject([expected]);
    expect(refused).toEqual([]);
  });

  test.each([
    [
      'replaced',
      moved,
      'AWS::RDS::DBCluster is replaced by an empty one (DBClusterIdentifier), which puts the database at stake: keep what it stands on, or waive it with a reason in waivers/data-changes.json',
    ],
    [
      'left behind',
      change(RESOURCES, 'Database', undefined),
      'AWS::RDS::DBCluster leaves the stack and stays behind unmanaged, which puts the database at stake',
    ],
    [
      'of another type',
      change(RESOURCES, 'Database', { ...RETAIN, Type: 'AWS::RDS::DBInstance', Properties: {} }),
      'AWS::RDS::DBCluster is replaced by an empty one',
    ],
  ])('fails when what holds data is %s', (_, resources, message) => {
    expect(compare(resources).refused).toEqual([
      {
        rule: 'data-change',
        stack: 'shop-production/Data',
        path: 'shop-production/Data/Database',
        logicalId: 'Database',
        message: expect.stringContaining(message),
      },
    ]);
  });

  test('fails when what holds data is destroyed', () => {
    const fragile = { Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
    const { refused } = compareAssemblies(
      assemblyOf(EMPTY, { resources: fragile }),
      assemblyOf(EMPTY, { resources: {} }),
    );
    expect(refused).toMatchObject([
      { message: expect.stringContaining('AWS::S3::Bucket is destroyed, which puts the objects at stake') },
    ]);
  });

  test('fails when a stack goes with what holds data in it', () => {
    const { refused, removed } = compareAssemblies(assemblyOf(EMPTY, BASE), assemblyOf(EMPTY));
    expect(removed).toHaveLength(1);
    expect(refused).toMatchObject([{ logicalId: 'Database', message: expect.stringContaining('goes with its stack') }]);
  });

  test('fails when a stack goes to another region, for that is another stack', () => {
    const { added, removed, refused } = compareAssemblies(
      assemblyOf(BASE),
      assemblyOf({ ...BASE, region: 'eu-west-1' }),
    );
    expect([added, removed, refused].map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  test('does not mind what holds no data', () => {
    const resources = change(
      change(RESOURCES, 'Topic/Properties/TopicName', 'b'),
      'Writer/Properties/DBInstanceIdentifier',
      'b',
    );
    const { changed, refused, warnings } = compare(resources);
    expect(changed[0]?.difference.resources.map(({ effect }) => effect)).toEqual(['replace', 'replace']);
    expect([refused, warnings]).toEqual([[], []]);
  });

  test('only warns of what might be replaced', () => {
    const cache = { Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { NumNodeGroups: 2 } } };
    const { refused, warnings } = compareAssemblies(
      assemblyOf({ resources: cache }),
      assemblyOf({ resources: change(cache, 'Cache/Properties/NumNodeGroups', 3) }),
    );
    expect(refused).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('may be replaced by an empty one (NumNodeGroups)'),
    ]);
  });

  test('lets a waiver pass, and says so', () => {
    const { refused, warnings } = compare(moved, [waiver]);
    expect(refused).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/is replaced by an empty one.*: waived, moved to the new cluster on Monday$/),
    ]);
  });

  test.each([
    ['of something else', { ...waiver, logicalId: 'Databse' }, 2],
    ['of another stack', { ...waiver, stack: 'shop-staging/Data' }, 2],
  ])('fails when a waiver is %s', (_, other, count) => {
    expect(compare(moved, [other]).refused).toHaveLength(count);
  });

  test('fails when a waiver is stale or written twice', () => {
    const stale = { message: expect.stringContaining('is waived, but the change does not touch it: remove the entry') };
    expect(compare(RESOURCES, [waiver]).refused).toMatchObject([stale]);
    expect(compare(moved, [waiver, { ...waiver }]).refused).toMatchObject([stale]);
  });
});

describe('parseWaivers', () => {
  test('reads a list', () => {
    expect(parseWaivers(JSON.stringify([waiver]))).toEqual([waiver]);
  });

  test.each([
    ['a reason is too short', [{ ...waiver, reason: 'because' }]],
    ['a field is missing', [{ stack: 'x', reason: waiver.reason }]],
    ['a field is unknown', [{ ...waiver, until: 'forever' }]],
    ['it is no list', waiver],
  ])('fails when %s', (_, value) => {
    expect(() => parseWaivers(JSON.stringify(value))).toThrow();
  });
});
