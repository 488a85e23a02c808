import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { all, atLeast, containing, exactly, like, oneOf, present, withoutText } from '../../support/matchers';
import { key, services } from './facts';

const stack = 'Telemetry';
const workspace = 'Telemetry/Figures/Workspace';
const rules = { stack, type: 'AWS::APS::RuleGroupsNamespace' } as const;
const where = (path: string) => ({ where: new RegExp(`/${path}$`) });

/** What services tell of themselves: figures in Prometheus, traces in X-Ray, both by OpenTelemetry, looked at in Grafana. */
export const telemetryRow: Row = {
  row: 'observability',
  expectations: [
    ...about(
      { stack, type: 'AWS::APS::Workspace', count: 1 },
      {
        'figures are encrypted with the key of data': { path: 'KmsKeyArn', is: key.data },
        'figures outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'what Prometheus refuses is written down': { path: 'LoggingConfiguration.LogGroupArn', is: present },
        'alerts call the people on call': { path: 'AlertManagerDefinition', is: like(/Security\/Alarms\/Topic/) },
      },
    ),
    ...about(
      { ...rules, ...where('Figures/Rules'), count: 1 },
      {
        'somebody is called when a service says nothing': { path: 'Data', is: like(/ServicesSilent.*< 13/) },
        'somebody is called when figures or traces are lost': {
          path: 'Data',
          is: like(/otelcol_exporter_send_failed_spans_total/),
        },
      },
    ),
    ...about(
      { ...rules, ...where('Recorded'), count: 1 },
      {
        'requests, errors and times of services are reckoned once': {
          path: 'Data',
          is: like(/service:requests:rate5m.*service:errors:ratio5m.*service:seconds:p95_5m/),
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
      { stack, type: 'AWS::XRay::TransactionSearchConfig', count: 1 },
      { 'every trace that is kept can be searched': { path: 'IndexingPercentage', is: 100 } },
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
    ...services.flatMap((service) =>
      about(
        { stack: `Service-${service}`, type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
        {
          [`a collector runs beside ${service}, from the stage’s own registry`]: {
            path: 'ContainerDefinitions[Name=collector].Image',
            is: like(/collector@sha256:/),
          },
          [`the collector beside ${service} is no reason to stop it`]: {
            path: 'ContainerDefinitions[Name=collector].Essential',
            is: oneOf(false, 0),
          },
          [`the collector beside ${service} writes no file`]: {
            path: 'ContainerDefinitions[Name=collector].ReadonlyRootFilesystem',
            is: true,
          },
          [`the collector beside ${service} takes no more memory than its share`]: {
            path: 'ContainerDefinitions[Name=collector].Memory',
            is: 128,
          },
          [`${service} samples as its caller does`]: {
            path: 'ContainerDefinitions[Name=app].Environment[Name=OTEL_TRACES_SAMPLER].Value',
            is: 'parentbased_traceidratio',
          },
          [`${service} sends to the collector beside it`]: {
            path: 'ContainerDefinitions[Name=app].Environment[Name=OTEL_EXPORTER_OTLP_ENDPOINT].Value',
            is: 'http://127.0.0.1:4317',
          },
        },
      ),
    ),
    ...about(
      { stack: 'Service-Order', type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
      {
        'a service writes figures to the workspace': {
          path: 'PolicyDocument.Statement',
          is: containing({ Action: 'aps:RemoteWrite', Effect: 'Allow', Resource: reference(workspace, 'Arn') }),
        },
        'a service reads no figure and no trace': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/aps:(Query|Get)|xray:(Get|Batch)/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Endpoints\/(Prometheus|Traces)$/, count: 2 },
      { 'figures and traces stay inside the network': { path: 'PrivateDnsEnabled', is: true } },
    ),
    ...about(
      {
        stack: 'Observability',
        type: 'AWS::CloudWatch::Dashboard',
        where: /Observability\/Dashboard\/Dashboard$/,
        count: 1,
      },
      {
        'brokers and those who follow are on the dashboard': {
          path: 'DashboardBody',
          is: all(like(/Followers behind/), like(/Disks of brokers/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', ...where('Dashboards/EndpointGroup'), count: 1 },
      {
        'dashboards are asked by TLS': { path: 'SecurityGroupIngress[*].FromPort', is: 443 },
        'dashboards are asked from the network': { path: 'SecurityGroupIngress[*].CidrIp', is: '10.28.0.0/16' },
        'the way to dashboards leads nowhere else': { path: 'SecurityGroupEgress[*].CidrIp', is: '255.255.255.255/32' },
      },
    ),
    ...about(
      { stack, type: 'AWS::Logs::LogGroup', count: 2 },
      { 'what keeps figures and reads traces logs for a year': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
  ],
};
