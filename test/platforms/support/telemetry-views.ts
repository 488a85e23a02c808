import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { all, exactly, like, oneLike, oneOf, withoutText } from './matchers';

const stack = 'Telemetry';
/** What looks at all other stacks. */
const contents = 'Observability';
const rules = { stack, type: 'AWS::APS::RuleGroupsNamespace' } as const;
const where = (path: string) => ({ where: new RegExp(`/${path}$`) });

/**
 * What of telemetry is the same whatever runs the services: what is reckoned, who looks at it, and how traces are kept and measured.
 *
 * @param network Its address range.
 */
export const looksAt = (workspace: string, network: string): readonly Expectation[] => [
  ...about(
    { ...rules, ...where('Recorded'), count: 1 },
    {
      'requests, errors and times of services are reckoned once': {
        path: 'Data',
        is: like(/service:requests:rate5m.*service:errors:ratio5m.*service:seconds:p95_5m/),
      },
      'requests, failures and times of the platform are reckoned once, so that a week can be looked at': {
        path: 'Data',
        is: like(/platform:requests:rate5m.*platform:failures:rate5m.*platform:duration_bucket:rate5m/),
      },
    },
  ),
  ...about(rules, { 'rules are asked of the workspace': { path: 'Workspace', is: reference(workspace, 'Arn') } }),
  ...about(
    { stack, type: 'AWS::Grafana::Workspace', count: 1 },
    {
      'people sign in by the organization': { path: 'AuthenticationProviders', is: exactly('AWS_SSO') },
      'dashboards are reached from inside the network alone': {
        path: 'NetworkAccessControl.VpceIds',
        is: exactly(reference('Telemetry/Dashboards/Endpoint')),
      },
      'dashboards are reached from no range': { path: 'NetworkAccessControl.PrefixListIds', is: [] },
      'dashboards read as a role of their own': {
        path: 'RoleArn',
        is: reference('Telemetry/Dashboards/Role', 'Arn'),
      },
      'dashboards get no more than that role': { path: 'PermissionType', is: 'CUSTOMER_MANAGED' },
      'dashboards are of this account': { path: 'AccountAccessType', is: 'CURRENT_ACCOUNT' },
      'dashboards show figures and traces': { path: 'DataSources', is: exactly('PROMETHEUS', 'CLOUDWATCH', 'XRAY') },
      'nobody adds programs to dashboards': { path: 'PluginAdminEnabled', is: oneOf(false, 0) },
      'dashboards ask inside the network': {
        path: 'VpcConfiguration.SecurityGroupIds',
        is: exactly(reference('Telemetry/Dashboards/SecurityGroup')),
      },
      'dashboards outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
      'dashboards outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', ...where('Dashboards/Policy'), count: 1 },
    {
      'dashboards change nothing and read no log': {
        path: 'PolicyDocument.Statement[*].Action',
        is: withoutText(/:(Put|Create|Delete|Update|Start)|logs:/),
      },
    },
  ),
  ...about(
    { stack: contents, type: 'Custom::Dashboards', count: 1 },
    {
      'dashboards and where they take figures from are written by code': {
        path: 'ServiceToken',
        is: reference('Observability/Dashboards/Function', 'Arn'),
      },
      'dashboards are written into the workspace': {
        path: 'Workspace',
        is: reference('Telemetry/Dashboards/Workspace'),
      },
      'dashboards are written to where the workspace is': {
        path: 'Endpoint',
        is: reference('Telemetry/Dashboards/Workspace', 'Endpoint'),
      },
      'dashboards take figures from Prometheus by a signature': {
        path: 'DataSources[*]',
        is: oneLike(/"type":"prometheus".*"sigV4AuthType":"ec2_iam_role"/),
      },
      'dashboards show what AWS measures': { path: 'DataSources[*]', is: oneLike(/"type":"cloudwatch"/) },
      'dashboards show traces': { path: 'DataSources[*]', is: oneLike(/"type":"grafana-x-ray-datasource"/) },
      'dashboards lie in a folder of their own': { path: 'Folder.Uid', is: like(/-production$/) },
      'a page shows all services beside each other': { path: 'Dashboards[*]', is: oneLike(/"uid":"[a-z-]+-overview"/) },
      'a page shows the week beside its goals': {
        path: 'Dashboards[*]',
        is: oneLike(/"uid":"[a-z-]+-week".*\[7d\]/),
      },
      'a page shows one service, and draws what it promises': {
        path: 'Dashboards[*]',
        is: oneLike(/"title":"Service user .*"title":"95th percentile".*"color":"red","value":\d+/),
      },
    },
  ),
  ...about(
    { stack: contents, type: 'AWS::Lambda::Function', ...where('Dashboards/Function'), count: 1 },
    {
      'who writes dashboards stands inside the network': {
        path: 'VpcConfig.SecurityGroupIds',
        is: exactly(reference('Observability/Dashboards/SecurityGroup')),
      },
      'who writes dashboards runs on what AWS keeps': { path: 'Runtime', is: oneOf('nodejs22.x', 'nodejs24.x') },
    },
  ),
  ...about(
    { stack: contents, type: 'AWS::IAM::ManagedPolicy', ...where('Dashboards/Policy'), count: 1 },
    {
      'who writes dashboards gets a key to them, and to nothing of people': {
        path: 'PolicyDocument.Statement[*].Action',
        is: [
          'grafana:CreateWorkspaceServiceAccount',
          'grafana:CreateWorkspaceServiceAccountToken',
          'grafana:DeleteWorkspaceServiceAccountToken',
          'grafana:ListWorkspaceServiceAccounts',
        ],
      },
    },
  ),
  ...about(
    { stack: contents, type: 'AWS::Logs::LogGroup', ...where('Dashboards/Logs'), count: 1 },
    {
      'what writes dashboards logs under the key of logs': {
        path: 'KmsKeyId',
        is: reference('Security/Keys/Logs', 'Arn'),
      },
    },
  ),
  ...about(
    { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Endpoints\/Dashboards$/, count: 1 },
    { 'a key to dashboards is asked for inside the network': { path: 'PrivateDnsEnabled', is: true } },
  ),
  ...about(
    { stack, type: 'AWS::XRay::TransactionSearchConfig', count: 1 },
    {
      'every trace that is kept can be searched': { path: 'IndexingPercentage', is: 100 },
      'spans are encrypted with the key of logs': {
        path: 'CloudWatchLogsConfiguration.SpansLogGroupKmsKeyId',
        is: reference('Security/Keys/Logs', 'Arn'),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Logs::ResourcePolicy', ...where('Traces/Spans'), count: 1 },
    {
      'X-Ray writes spans for this account alone': {
        path: 'PolicyDocument',
        is: all(like(/xray\.amazonaws\.com/), like(/aws:SourceAccount/)),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', ...where('Traces/Slow'), count: 1 },
    {
      'somebody is called when a trace takes longer than two seconds to read': { path: 'Threshold', is: 2 },
      'longer is longer': { path: 'ComparisonOperator', is: 'GreaterThanThreshold' },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', ...where('Traces/Slow'), count: 1 },
    { 'what took so long is the reading of a trace': { path: 'MetricName', is: 'TraceReadSeconds' } },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', ...where('Traces/Unread'), count: 1 },
    {
      'somebody is called when no trace can be read': { path: 'MetricName', is: 'TraceReadSeconds' },
      'no trace is what no figure tells of': { path: 'Statistic', is: 'SampleCount' },
      'fewer than one reading calls': { path: 'ComparisonOperator', is: 'LessThanThreshold' },
      'whoever reads traces and is silent calls': { path: 'TreatMissingData', is: 'breaching' },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Function', ...where('Traces/Reader'), count: 1 },
    { 'who reads a trace runs on what AWS keeps': { path: 'Runtime', is: oneOf('nodejs22.x', 'nodejs24.x') } },
  ),
  ...about(
    { stack, type: 'AWS::EC2::VPCEndpoint', ...where('Dashboards/Endpoint'), count: 1 },
    {
      'the way to dashboards stands in every zone': {
        path: 'SubnetIds',
        is: exactly(...[1, 2, 3].map((zone) => reference(`Network/Network/Vpc/appSubnet${zone}/Subnet`))),
      },
      'the way to dashboards has a group of its own': {
        path: 'SecurityGroupIds',
        is: exactly(reference('Telemetry/Dashboards/EndpointGroup')),
      },
      'dashboards have inside the network the name that people know': { path: 'PrivateDnsEnabled', is: true },
    },
  ),
  ...about(
    { stack, type: 'AWS::Events::Rule', ...where('Traces/Often'), count: 1 },
    {
      'a trace is read every five minutes': { path: 'ScheduleExpression', is: 'rate(5 minutes)' },
      'who reads it measures it': { path: 'Targets[*].Arn', is: reference('Telemetry/Traces/Reader', 'Arn') },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Permission', count: 1 },
    {
      'the schedule alone lets a trace be read': { path: 'Principal', is: 'events.amazonaws.com' },
      'that schedule is ours': { path: 'SourceArn', is: reference('Telemetry/Traces/Often', 'Arn') },
    },
  ),
  ...about(
    { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Endpoints\/(Prometheus|Traces)$/, count: 2 },
    { 'figures and traces stay inside the network': { path: 'PrivateDnsEnabled', is: true } },
  ),
  ...about(
    { stack, type: 'AWS::EC2::SecurityGroup', ...where('Dashboards/EndpointGroup'), count: 1 },
    {
      'dashboards are asked by TLS': { path: 'SecurityGroupIngress[*].FromPort', is: 443 },
      'dashboards are asked from the network': { path: 'SecurityGroupIngress[*].CidrIp', is: network },
      'the way to dashboards leads nowhere else': { path: 'SecurityGroupEgress[*].CidrIp', is: '255.255.255.255/32' },
    },
  ),
];
