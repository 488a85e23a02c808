import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Database } from '../../lib/aws/database';
import { Keeper } from '../../lib/aws/keeper';
import retailflow from '../../platforms/retailflow';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';

const platform = resolved(retailflow);

function made() {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const group = (id: string) => new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false });
  const database = (name: string): Pick<Database, 'securityGroup' | 'server'> => ({
    securityGroup: group(`${name}Servers`),
    server: { host: `${name}.example.com`, resourceId: `cluster-${name.toUpperCase()}` } as Database['server'],
  });
  const keeper = new Keeper(stack, 'Keeper', {
    platform,
    siteName: 'primary',
    keeping: { databases: ['store', 'order-book'], latch: 'https://recovery.example.com:8443/latch.json' },
    databases: { store: database('store'), 'order-book': database('book'), alone: database('alone') },
    image: {
      repository: ecr.Repository.fromRepositoryName(stack, 'Image', 'shop-production/failover'),
      digest: `sha256:${'a'.repeat(64)}`,
    },
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
    vpc,
    endpoints: [{ id: 'Endpoints', securityGroup: group('Endpoints'), port: 443 }],
    logsKey: key,
    logDays: 90,
    alarms,
  });
  return { stack, keeper, template: templateOf(stack) };
}

describe('a keeper on AWS', () => {
  const { keeper, stack, template } = made();
  const groupId: unknown = stack.resolve(keeper.securityGroup.securityGroupId);

  test('logs in to the servers of its databases as one user, and may do nothing else', () => {
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
      .map(({ Properties }) => Properties as { readonly Roles: unknown; readonly PolicyDocument: object })
      .filter(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([stack.resolve(keeper.roles.taskRole.roleName)]));
    expect(policies.map(({ PolicyDocument }) => PolicyDocument)).toEqual([
      {
        Statement: [
          {
            Action: 'rds-db:connect',
            Effect: 'Allow',
            Resource: ['BOOK', 'STORE'].map((id): unknown =>
              expect.stringMatching(new RegExp(`^arn:aws:rds-db:[^:]+:[^:]+:dbuser:cluster-${id}/mainstay_keeper$`)),
            ),
          },
        ],
        Version: '2012-10-17',
      },
    ]);
  });

  test('is told every database that it keeps, and no other', () => {
    const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
    const [container] = (task?.Properties.ContainerDefinitions ?? []) as readonly {
      readonly Environment: readonly { readonly Name: string; readonly Value: string }[];
    }[];
    expect(Object.fromEntries((container?.Environment ?? []).map(({ Name, Value }) => [Name, Value]))).toEqual({
      KEEPER_LATCH: 'https://recovery.example.com:8443/latch.json',
      KEEPER_LEASE_SECONDS: '300',
      KEEPER_STORE: 'postgresql://mainstay_keeper@store.example.com:5432',
      KEEPER_ORDER_BOOK: 'postgresql://mainstay_keeper@book.example.com:5432',
    });
  });

  test('goes out to its servers, to AWS and to the port of the latch; nobody gets in', () => {
    const ways = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress'))
      .map(({ Properties }) => Properties as { readonly GroupId: unknown; readonly FromPort: number })
      .filter(({ GroupId }) => JSON.stringify(GroupId) === JSON.stringify(groupId))
      .map(({ FromPort }) => FromPort);
    expect(ways.sort((a, b) => a - b)).toEqual([443, 443, 5432, 5432, 8443]);
    const entries = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).filter(
      ({ Properties }) => JSON.stringify(Properties.GroupId) === JSON.stringify(groupId),
    );
    expect(entries).toEqual([]);
  });

  test('is missed by each of its databases before the right to write has ended', () => {
    for (const database of ['store', 'order-book']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Dimensions: [{ Name: 'Database', Value: database }],
        MetricName: 'Turns',
        TreatMissingData: 'breaching',
        Period: 60,
        EvaluationPeriods: 2,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
      });
    }
    template.resourceCountIs('AWS::CloudWatch::Alarm', 4);
  });

  test('passes the rule packs, without needless acknowledgements', () => {
    expect(findings(stack).filter((finding) => finding.includes('Test/Keeper/'))).toEqual([]);
    expect(staleAcknowledgements(stack)).toEqual([]);
  });
});
