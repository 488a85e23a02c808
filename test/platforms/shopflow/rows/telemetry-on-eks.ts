import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atLeast, containing, like, present, withoutText } from '../../support/matchers';
import { key, services, network } from './facts';
import { looksAt } from '../../support/telemetry-views';

const workspace = 'Cluster/Figures/Workspace';

/** The same where services are pods: their cluster brings the place of figures and the collector along. */
export const telemetryOnEksRow: Row = {
  row: 'observability with pods',
  expectations: [
    ...looksAt(workspace, network),
    ...about(
      { type: 'AWS::APS::Workspace', count: 1 },
      {
        'figures are encrypted with the key of data': { path: 'KmsKeyArn', is: key.data },
        'figures outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'what Prometheus refuses is written down': { path: 'LoggingConfiguration.LogGroupArn', is: present },
        'alerts call the people on call': { path: 'AlertManagerDefinition', is: like(/Security\/Alarms\/Topic/) },
      },
    ),
    ...about(
      { stack: 'Telemetry', type: 'AWS::APS::RuleGroupsNamespace', where: /\/Watched$/, count: 1 },
      {
        'somebody is called when a service says nothing': { path: 'Data', is: like(/ServicesSilent.*< 13/) },
        'somebody is called when none says anything': { path: 'Data', is: like(/absent_over_time\(target_info/) },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::APS::RuleGroupsNamespace', where: /Figures\/Rules$/, count: 1 },
      {
        'somebody is called when figures or traces are lost': {
          path: 'Data',
          is: like(/otelcol_exporter_send_failed_spans_total/),
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::IAM::ManagedPolicy', where: /Systems\/Observability\/Policy/, count: 1 },
      {
        'the collector of the cluster writes figures to the workspace': {
          path: 'PolicyDocument.Statement',
          is: containing({ Action: 'aps:RemoteWrite', Effect: 'Allow', Resource: reference(workspace, 'Arn') }),
        },
        'the collector of the cluster writes traces': {
          path: 'PolicyDocument.Statement',
          is: containing({ Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Effect: 'Allow' }),
        },
        'the collector of the cluster reads no figure and no trace': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/aps:(Query|Get)|xray:(Get|Batch)/),
        },
      },
    ),
    ...services.flatMap((service) =>
      about(
        { stack: `Service-${service}`, type: 'AWS::IAM::ManagedPolicy' },
        {
          [`${service} writes nothing by itself`]: {
            path: 'PolicyDocument.Statement[*].Action',
            is: withoutText(/aps:|xray:/),
          },
        },
      ),
    ),
    ...about(
      { stack: 'Telemetry', type: 'AWS::Logs::LogGroup', count: 1 },
      { 'what reads traces logs for a year': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
  ],
};
