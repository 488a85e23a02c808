import { ArnFormat, aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The ARN of a state machine of the scope's account and region, before it is made. */
export const machineArnOf = (scope: Construct, machineName: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: machineName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The role of one state machine, which no other can take. What it may do is not in it. */
export const machineRole = (scope: Construct, id: string, machineArn: string): iam.Role =>
  new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
      conditions: {
        ArnEquals: { 'aws:SourceArn': machineArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      },
    }),
  });

/** What every state machine needs to log and to trace. AWS lets neither be confined to a resource. */
export const logAndTrace = (region: string): readonly iam.PolicyStatement[] => [
  new iam.PolicyStatement({
    sid: 'Logs',
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': region } },
  }),
  new iam.PolicyStatement({
    sid: 'Traces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': region } },
  }),
];

/** The finding that {@link logAndTrace} has in a policy, and why it is accepted. */
export const logAndTraceReasons = {
  'AwsSolutions-IAM5[Resource::*]':
    'The delivery of logs and traces takes no resource in a policy; both are confined to the region.',
} as const;
