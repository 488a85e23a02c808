import { Match } from 'aws-cdk-lib/assertions';
import { ClusterSystems } from '../../lib/aws/cluster-systems';
import { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import retailflow from '../../platforms/retailflow';
import { account, findings, region, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';
import { only } from '../support/template';

const stack = testStack();
const { alarms, key } = surroundings(stack);
const workspace = new MetricsWorkspace(stack, 'Figures', {
  alias: 'retailflow-production',
  key,
  logsKey: key,
  logDays: 365,
  alerts: {},
  alarms,
});
const systems = new ClusterSystems(stack, 'Systems', {
  platform: resolved(retailflow),
  clusterName: 'eks-retailflow-production',
  secretsKey: key,
  workspace,
  queues: [],
  masters: [],
  tokenKeys: [],
});
const template = templateOf(stack);

describe('a workspace of figures', () => {
  test('may write what goes wrong into its own group, before it is there', () => {
    const [policy, ...others] = Object.entries(template.findResources('AWS::Logs::ResourcePolicy'));
    expect(others).toEqual([]);
    expect(JSON.stringify(policy?.[1])).toContain('delivery.logs.amazonaws.com');
    template.hasResource('AWS::APS::Workspace', {
      DependsOn: [policy?.[0]],
      DeletionPolicy: 'Retain',
      Properties: {
        KmsKeyArn: Match.anyValue(),
        LoggingConfiguration: { LogGroupArn: stack.resolve(workspace.logGroup.logGroupArn) },
      },
    });
  });

  test('calls somebody when an alert reaches nobody', () => {
    expect(only(template, 'AWS::CloudWatch::Alarm', 'FiguresUncalled').properties).toMatchObject({
      Namespace: 'AWS/Prometheus',
      MetricName: 'AlertManagerNotificationsFailed',
      Dimensions: [{ Name: 'Workspace', Value: stack.resolve(workspace.workspace.attrWorkspaceId) }],
      Threshold: 1,
      AlarmActions: [expect.anything()],
      AlarmDescription: expect.stringContaining('docs/runbooks/kubernetes-observability.md'),
    });
  });
});

describe('what watches a cluster', () => {
  test('writes traces in its region and figures into its workspace, and nothing else', () => {
    const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) =>
      id.startsWith('SystemsObservability'),
    );
    expect(policy?.[1]['Properties'].PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': region } },
      },
      { Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: stack.resolve(workspace.workspace.attrArn) },
    ]);
  });

  test('is one account in one namespace', () => {
    const { AssumeRolePolicyDocument } = only(template, 'AWS::IAM::Role', 'SystemsObservability').properties;
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Condition: expect.objectContaining({
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:RequestTag/kubernetes-namespace': 'observability',
            'aws:RequestTag/kubernetes-service-account': 'observability',
          },
        }),
      }),
    ]);
    expect(findings(systems)).toEqual([]);
  });
});
