import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Grafana } from '../../lib/aws/grafana';
import { GrafanaContents } from '../../lib/aws/grafana-contents';
import { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import { taskAnswers } from '../../lib/aws/task-answers';
import { pages } from '../../lib/platform/dashboards/pages';
import { dashboard } from '../../lib/platform/dashboards/panels';
import shopflow from '../../platforms/shopflow';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';
import { only } from '../support/template';

const platform = resolved(shopflow);
const figures = Object.entries(platform.services).map(([name, { scale }]) => ({
  name,
  scale,
  clusterName: 'the-cluster',
  serviceName: `the-${name}`,
}));
const shown = pages(platform, taskAnswers(platform, figures));

function made(dashboards = shown) {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const workspace = new MetricsWorkspace(stack, 'Figures', {
    alias: 'shopflow-production',
    key,
    logsKey: key,
    logDays: 365,
    alerts: {},
    alarms,
  });
  const grafana = new Grafana(stack, 'Grafana', {
    name: 'shopflow-production',
    signIn: { by: 'identity-center' },
    vpc,
    cidr: '10.0.0.0/16',
    endpoints: [],
    workspaceArn: workspace.workspace.attrArn,
  });
  const subject = new GrafanaContents(stack, 'Contents', {
    prefix: 'shopflow-production',
    grafana,
    figures: workspace,
    dashboards,
    vpc,
    endpoints: [],
    logsKey: key,
    logDays: 365,
  });
  return { stack, key, vpc, grafana, workspace, subject };
}

interface Written {
  readonly Workspace: unknown;
  readonly Endpoint: unknown;
  readonly Folder: object;
  readonly DataSources: readonly unknown[];
  readonly Dashboards: readonly unknown[];
  readonly Edition: number;
}

const { grafana, key, stack, subject, vpc, workspace } = made();
const template = templateOf(stack);
const written = only(template, 'Custom::Dashboards', 'ContentsWritten');
const properties = written.properties as Written;
const groupOf = (group: ec2.ISecurityGroup) => stack.resolve(group.securityGroupId) as unknown;

describe('what stands inside Grafana', () => {
  test('is written into its workspace, in a folder of its own', () => {
    expect(properties).toMatchObject({
      Workspace: stack.resolve(grafana.workspace.ref),
      Endpoint: stack.resolve(grafana.workspace.attrEndpoint),
      Folder: { Uid: 'shopflow-production', Title: 'shopflow-production' },
    });
  });

  test('are figures, by a signature of the workspace’s own role, measures and traces', () => {
    const url = stack.resolve(workspace.workspace.attrPrometheusEndpoint) as object;
    const [prometheus, ...others] = properties.DataSources;
    expect(prometheus).toEqual({
      'Fn::Join': [
        '',
        [
          expect.stringMatching(/^\{"uid":"figures",.*"type":"prometheus",.*"url":"$/),
          url,
          expect.stringContaining(
            `"jsonData":{"httpMethod":"POST","sigV4Auth":true,"sigV4AuthType":"ec2_iam_role","sigV4Region":"${region}"}`,
          ),
        ],
      ],
    });
    expect(others.map((each) => JSON.parse(String(each)) as object)).toEqual([
      expect.objectContaining({ uid: 'measures', type: 'cloudwatch' }),
      expect.objectContaining({ uid: 'traces', type: 'grafana-x-ray-datasource' }),
    ]);
    expect(JSON.stringify(properties.DataSources)).not.toMatch(/secret|password|accessKey/i);
  });

  test('are the dashboards that are given, to the letter', () => {
    expect(properties.Dashboards.map((each) => JSON.parse(String(each)) as object)).toEqual(Object.values(shown));
  });

  test('is told alike by two syntheses, and anew where one goal changes', () => {
    const again = (dashboards = shown) =>
      only(templateOf(made(dashboards).stack), 'Custom::Dashboards', 'ContentsWritten').properties;
    expect(again()).toEqual(written.properties);
    const goals = { ...platform.goals, errorPercent: platform.goals.errorPercent / 2 };
    expect(again(pages({ ...platform, goals }, taskAnswers(platform, figures)))).not.toEqual(written.properties);
  });

  test('fails when there is more than one call of Lambda carries', () => {
    const panel = { title: 'x'.repeat(500_000), description: '', unit: 'short', asks: {} };
    const long = dashboard({ uid: 'long', title: 'long', tags: [] }, [panel]);
    expect(() => made({ long })).toThrow(
      /must be written in at most 400000 characters, got 5\d{5} in 1 dashboards: write telemetry.dashboards.pages/,
    );
  });
});

describe('the function that writes it', () => {
  const { properties: fn } = only(template, 'AWS::Lambda::Function', 'ContentsFunction');

  test('stands in the app subnets, and its log is encrypted and kept', () => {
    expect(fn).toMatchObject({
      Runtime: 'nodejs24.x',
      VpcConfig: {
        SubnetIds: vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId) as unknown),
        SecurityGroupIds: [groupOf(subject.securityGroup)],
      },
    });
    expect(only(template, 'AWS::Logs::LogGroup', 'ContentsLogs').properties).toMatchObject({
      KmsKeyId: stack.resolve(key.keyArn) as unknown,
      RetentionInDays: 365,
    });
  });

  test('may ask for a key to this workspace and take it away, and do nothing else', () => {
    const { PolicyDocument } = only(template, 'AWS::IAM::ManagedPolicy', 'ContentsPolicy').properties;
    expect(PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'grafana:CreateWorkspaceServiceAccount',
          'grafana:CreateWorkspaceServiceAccountToken',
          'grafana:DeleteWorkspaceServiceAccountToken',
          'grafana:ListWorkspaceServiceAccounts',
        ],
        Resource: {
          'Fn::Join': ['', [`arn:aws:grafana:${region}:${account}:/workspaces/`, stack.resolve(grafana.workspace.ref)]],
        },
      },
    ]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('reaches the workspace by the endpoint that alone leads to it', () => {
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(
      ({ Properties }) => Properties as Record<string, unknown>,
    );
    expect(rules).toContainEqual(
      expect.objectContaining({
        GroupId: groupOf(subject.securityGroup),
        DestinationSecurityGroupId: groupOf(grafana.endpointGroup),
        FromPort: 443,
        ToPort: 443,
      }),
    );
    expect(only(template, 'AWS::Grafana::Workspace', 'GrafanaWorkspace').properties.NetworkAccessControl).toEqual({
      PrefixListIds: [],
      VpceIds: [stack.resolve(grafana.endpoint.vpcEndpointId)],
    });
  });

  test('is called once it may and can do what it does', () => {
    const { Resources } = template.toJSON() as {
      readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
    };
    const before = written.dependsOn.map((id) => Resources[id]?.Type);
    expect(before).toEqual(
      expect.arrayContaining([
        'AWS::EC2::SecurityGroupEgress',
        'AWS::EC2::SecurityGroupIngress',
        'AWS::IAM::ManagedPolicy',
        'AWS::Logs::LogGroup',
      ]),
    );
  });

  test('breaks no rule, and acknowledges none that it keeps', () => {
    expect([findings(subject), staleAcknowledgements(subject)]).toEqual([[], []]);
    expect(Stack.of(subject)).toBe(stack);
  });
});
