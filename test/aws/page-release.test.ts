import { Match, Template } from 'aws-cdk-lib/assertions';
import { forgetPages, PageRelease } from '../../lib/aws/page-release';
import { account, findings, region, surroundings, testStack } from '../support/aws';

const serviceArn = `arn:aws:ecs:${region}:${account}:service/shop/web`;
const distribution = { id: 'E1', arn: `arn:aws:cloudfront::${account}:distribution/E1` };

function world() {
  const stack = testStack();
  const { alarms, key } = surroundings(stack);
  const release = new PageRelease(stack, 'Release', {
    service: 'web',
    told: { by: 'ecs', serviceArn },
    distribution,
    logsKey: key,
    logDays: 365,
    alarms,
  });
  return { release, template: Template.fromStack(stack) };
}
const { release, template } = world();

test('the edge forgets every page of its own distribution, and tries again while CloudFront is busy', () => {
  expect(forgetPages('aws', 'E1').States.Forget).toMatchObject({
    Resource: 'arn:aws:states:::aws-sdk:cloudfront:createInvalidation',
    Arguments: { DistributionId: 'E1', InvalidationBatch: { Paths: { Quantity: 1, Items: ['/*'] } } },
    Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 7 }],
  });
});

test('it does so when a release of the service has ended, whichever way', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_COMPLETED', 'SERVICE_DEPLOYMENT_FAILED'] },
    },
    Targets: [Match.objectLike({ Arn: Match.anyValue(), RoleArn: Match.anyValue() })],
  });
});

test('it may do nothing else, to no other distribution', () => {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
    (policy) => policy['Properties'].PolicyDocument.Statement as Record<string, unknown>[],
  );
  expect(policies).toContainEqual({
    Sid: 'ForgetsPages',
    Effect: 'Allow',
    Action: 'cloudfront:CreateInvalidation',
    Resource: distribution.arn,
  });
  expect(policies.filter(({ Condition, Resource }) => Resource === '*' && Condition === undefined)).toEqual([]);
  expect(JSON.stringify(policies)).not.toContain('"cloudfront:*"');
});

test('somebody is called when it is not begun, and when it fails', () => {
  for (const MetricName of ['FailedInvocations', 'ExecutionsFailed']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Threshold: 1,
      AlarmActions: [Match.anyValue()],
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/edge.md'),
    });
  }
});

test('passes the rule packs', () => {
  expect(findings(release)).toEqual([]);
});

describe('of a cluster', () => {
  const stack = testStack();
  const { alarms, key } = surroundings(stack);
  const platform = { name: 'shop', stageName: 'production' };
  const told = new PageRelease(stack, 'Release', {
    service: 'web',
    told: { by: 'cluster', clusterName: 'eks-shop-production', key, platform },
    distribution,
    logsKey: key,
    logDays: 365,
    alarms,
  });
  const made = Template.fromStack(stack);
  const statements = (role: string): Record<string, unknown>[] =>
    Object.entries(made.findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => id.includes(role))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Record<string, unknown>[]);

  test('what releases services there sends to one queue, and does nothing else', () => {
    made.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'argo-rollouts',
      ServiceAccount: 'argo-rollouts',
    });
    made.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'shop-production-page-releases',
      KmsMasterKeyId: Match.anyValue(),
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 5 }),
    });
    expect(statements('NewsSender').flatMap(({ Action }) => Action)).toEqual([
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });

  test('each message begins what forgets pages, and one that cannot calls somebody', () => {
    made.hasResourceProperties('AWS::Pipes::Pipe', {
      SourceParameters: { SqsQueueParameters: { BatchSize: 1 } },
      TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } },
    });
    expect(statements('NewsPolicy').flatMap(({ Action }) => Action)).toEqual([
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'states:StartExecution',
      'kms:Decrypt',
    ]);
    made.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/edge.md'),
    });
    made.resourceCountIs('AWS::Events::Rule', 0);
  });

  test('passes the rule packs', () => {
    expect(findings(told)).toEqual([]);
  });
});
