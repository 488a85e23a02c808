import { about, type Row } from './about';
import { reference } from './graph';
import { all, atLeast, containing, like, oneOf, present, withoutText } from './matchers';
import { looksAt } from './telemetry-views';

const stack = 'Telemetry';
const workspace = 'Telemetry/Figures/Workspace';
const rules = { stack, type: 'AWS::APS::RuleGroupsNamespace' } as const;
const where = (path: string) => ({ where: new RegExp(`/${path}$`) });

/**
 * What services tell of themselves: figures in Prometheus, traces in X-Ray, both by OpenTelemetry, looked at in Grafana.
 *
 * @param services Names as they stand in names of stacks: `Order`.
 * @param network Address range of the network.
 */
export const telemetryRow = (services: readonly string[], network: string): Row => ({
  row: 'observability',
  expectations: [
    ...looksAt(workspace, network),
    ...about(
      { stack, type: 'AWS::APS::Workspace', count: 1 },
      {
        'figures are encrypted with the key of data': { path: 'KmsKeyArn', is: reference('Security/Keys/Data', 'Arn') },
        'figures outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'what Prometheus refuses is written down': { path: 'LoggingConfiguration.LogGroupArn', is: present },
        'alerts call the people on call': { path: 'AlertManagerDefinition', is: like(/Security\/Alarms\/Topic/) },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', ...where('Figures/Uncalled'), count: 1 },
      {
        'somebody is called when an alert reached nobody': {
          path: 'MetricName',
          is: 'AlertManagerNotificationsFailed',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Logs::ResourcePolicy', ...where('Figures/Logs/Policy/ResourcePolicy'), count: 1 },
      {
        'what Prometheus refuses is written by deliveries of this account alone': {
          path: 'PolicyDocument',
          is: all(like(/delivery\.logs\.amazonaws\.com/), like(/aws:SourceAccount/)),
        },
      },
    ),
    ...about(
      { ...rules, ...where('Figures/Rules'), count: 1 },
      {
        'somebody is called when a service says nothing': {
          path: 'Data', // The gateway besides.
          is: like(new RegExp(`ServicesSilent.*< ${services.length + 1}`)),
        },
        'somebody is called when figures or traces are lost': {
          path: 'Data',
          is: like(/otelcol_exporter_send_failed_spans_total/),
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /\/Gateway\/Task$/, count: 1 },
      {
        'a collector runs beside the gateway, from the stage’s own registry': {
          path: 'ContainerDefinitions[Name=collector].Image',
          is: like(/collector@sha256:/),
        },
        'the collector beside the gateway is no reason to stop it': {
          path: 'ContainerDefinitions[Name=collector].Essential',
          is: oneOf(false, 0),
        },
        'the gateway tells of requests, and not of each step': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=KONG_TRACING_INSTRUMENTATIONS].Value',
          is: 'request',
        },
        'the gateway begins a trace of so many requests as the definition says': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=KONG_TRACING_SAMPLING_RATE].Value',
          is: '0.05',
        },
        'a request has an id beside its trace, kept or not, and its answer tells it': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value',
          is: like(/"name":"correlation-id","config":\{"header_name":"X-Correlation-Id",[^}]*"echo_downstream":true/),
        },
        'the gateway goes on with no trace of strangers, and tells services of its own': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value',
          is: like(/"extract":\[\],"clear":\["baggage","tracestate"\],"inject":\["w3c"\]/),
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::IAM::ManagedPolicy', where: /\/Gateway\/Telling$/, count: 1 },
      {
        'the gateway writes figures and traces, and does nothing else': {
          path: 'PolicyDocument.Statement[*].Action',
          is: oneOf('aps:RemoteWrite', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']),
        },
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
      { stack: 'Service-User', type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
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
      { stack, type: 'AWS::Logs::LogGroup', count: 2 },
      { 'what keeps figures and reads traces logs for a year': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
  ],
});
