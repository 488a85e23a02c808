import { KubernetesCluster } from '../../lib/aws/kubernetes-cluster';
import { awsSite, type EksSite } from '../../lib/platform/nouns/site';
import retailflow from '../../platforms/retailflow';
import { account, region, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';
import { allOf, only } from '../support/template';

const platform = resolved(retailflow);
const site = awsSite.parse({
  cloud: 'aws',
  runtime: 'eks',
  account,
  region,
  zones: [`${region}a`, `${region}b`],
  network: { cidr: '10.16.0.0/16' },
});

function made(runtimeMonitoring: boolean) {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  new KubernetesCluster(stack, 'Cluster', {
    platform,
    site: site as EksSite,
    vpc,
    keys: { data: key, logs: key, secrets: key },
    administrators: {},
    runtimeMonitoring,
    alarms,
  });
  return templateOf(stack);
}

test.each([true, false])('tells GuardDuty whether to watch its nodes: %s', (runtimeMonitoring) => {
  expect(only(made(runtimeMonitoring), 'AWS::EKS::Cluster').properties['Tags']).toContainEqual({
    Key: 'GuardDutyManaged',
    Value: String(runtimeMonitoring),
  });
});

test('lets the agents of logs act in their own namespace of this cluster alone', () => {
  const [role] = allOf(made(true), 'AWS::IAM::Role').filter(({ logicalId }) => logicalId.includes('AgentRole'));
  expect(role?.properties['AssumeRolePolicyDocument'].Statement).toEqual([
    expect.objectContaining({
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:SourceAccount': account,
          'aws:RequestTag/kubernetes-namespace': 'amazon-cloudwatch',
          'aws:RequestTag/kubernetes-service-account': 'cloudwatch-agent',
        },
        ArnEquals: { 'aws:SourceArn': expect.anything() },
      },
    }),
  ]);
});
