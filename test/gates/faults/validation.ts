import { Annotations, CfnResource, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Fault } from '../support/fault';
import { first, stackOf, stageOf } from '../support/tree';

const reason = 'planted by a test, which expects it to be refused';

/** What CloudFormation's validator must find. */
export const templates: readonly Fault[] = [
  {
    rule: 'CloudFormation-Validate::F3012',
    says: 'VisibilityTimeout',
    plant: (app) => {
      const queue = first(stackOf(app, 'Messaging'), sqs.CfnQueue);
      queue.addPropertyOverride('VisibilityTimeout', 'soon');
      return queue;
    },
  },
  {
    rule: 'CloudFormation-Validate::F1020',
    says: 'Nowhere',
    plant: (app) => {
      const topic = first(stackOf(app, 'Messaging'), sns.CfnTopic);
      topic.addPropertyOverride('DisplayName', { Ref: 'Nowhere' });
      return topic;
    },
  },
  {
    // The validator only warns of values that a property does not take.
    rule: 'CloudFormation-Validate::W3030',
    says: 'FARGAT',
    plant: (app) => {
      const service = first(stackOf(app, 'Service-Order'), ecs.CfnService);
      service.launchType = 'FARGAT';
      return service;
    },
  },
];

const plantedBucket =
  (name: string): Fault['plant'] =>
  (app) => {
    const data = stackOf(app, 'Data');
    return (data.node.tryFindChild(name) as s3.CfnBucket | undefined) ?? new s3.CfnBucket(data, name);
  };

/** What the rule packs must find, and what they cannot see. */
export const rulePacks: readonly Fault[] = [
  { rule: 'AwsSolutions::AwsSolutions-S1', says: 'access logs', plant: plantedBucket('PlantedBucket') },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketVersioningEnabled',
    says: 'versioning',
    plant: plantedBucket('PlantedBucket'),
  },
  {
    rule: 'PCI.DSS.321::PCI.DSS.321-S3BucketReplicationEnabled',
    says: 'replication',
    plant: plantedBucket('PlantedBucket'),
  },
  {
    rule: 'seen-by-rule-packs',
    says: 'AWS::SNS::Topic made without its class',
    plant: (app) => new CfnResource(stackOf(app, 'Messaging'), 'PlantedTopic', { type: 'AWS::SNS::Topic' }),
  },
  {
    rule: 'seen-by-rule-packs',
    says: 'an override of Properties.PublicAccessBlockConfiguration',
    plant: (app) => {
      const bucket = first(stackOf(app, 'Data'), s3.CfnBucket);
      bucket.addPropertyDeletionOverride('PublicAccessBlockConfiguration');
      return bucket;
    },
  },
  {
    rule: 'seen-by-rule-packs',
    says: 'an override of Type',
    plant: (app) => {
      const policy = first(stackOf(app, 'Delivery'), iam.CfnManagedPolicy);
      policy.addOverride('Type', 'AWS::IAM::Policy');
      return policy;
    },
  },
];

/** Acknowledgements that must not stand. */
export const acknowledgements: readonly Fault[] = [
  {
    rule: 'acknowledgement',
    says: 'AwsSolutions::AwsSolutions-SQS3 answers no finding there',
    plant: (app) => {
      const queue = first(stackOf(app, 'Messaging'), sqs.Queue);
      Validations.of(queue).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason });
      return queue;
    },
  },
  {
    // In this form it would hide the finding, and no report would tell of it.
    rule: 'acknowledgement',
    says: 'Annotation::AwsSolutions-S1 must name the rule with its pack in front',
    plant: (app) => {
      const bucket = new s3.CfnBucket(stackOf(app, 'Data'), 'HiddenBucket');
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason });
      return bucket;
    },
  },
  {
    rule: 'acknowledgement',
    says: "must give a reason of at least 20 characters, got 'it is fine'",
    plant: (app) => {
      const bucket = new s3.CfnBucket(stackOf(app, 'Data'), 'ExcusedBucket');
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'it is fine' });
      return bucket;
    },
  },
  {
    rule: 'acknowledgement',
    says: 'must not stand on an app, a stage or a stack',
    plant: (app) => {
      const stack = stackOf(app, 'Workflows');
      Validations.of(stack).acknowledge({ id: 'PCI.DSS.321::PCI.DSS.321-S3BucketVersioningEnabled', reason });
      return stack;
    },
  },
  {
    rule: 'acknowledgement',
    says: 'must not stand on an app, a stage or a stack',
    plant: (app) => {
      Validations.of(stageOf(app)).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM4', reason });
      return stageOf(app);
    },
  },
  {
    rule: 'acknowledgement',
    says: 'PCI.DSS.321::PCI.DSS.321-S3BucketReplicationEnabled must stand on the narrowest construct',
    plant: (app) => {
      const outer = new Construct(stackOf(app, 'Data'), 'Outer');
      new s3.CfnBucket(new Construct(outer, 'Inner'), 'Bucket');
      Validations.of(outer).acknowledge({ id: 'PCI.DSS.321::PCI.DSS.321-S3BucketReplicationEnabled', reason });
      return outer;
    },
  },
];

/** Errors and look-ups that `cdk synth` does not mind inside a Stage. */
export const annotations: readonly Fault[] = [
  {
    rule: 'Annotation::error-annotation',
    says: 'a planted error of a resource',
    plant: (app) => {
      const queue = first(stackOf(app, 'Messaging'), sqs.Queue);
      Annotations.of(queue).addError('a planted error of a resource');
      return queue;
    },
  },
  {
    rule: 'Annotation::error-annotation',
    says: 'a planted error of the stage',
    plant: (app) => {
      Annotations.of(stageOf(app)).addError('a planted error of the stage');
      return stageOf(app);
    },
  },
  {
    rule: 'Annotation::error-annotation',
    says: 'a planted error of the app',
    plant: (app) => {
      Annotations.of(app).addError('a planted error of the app');
      return 'app';
    },
  },
  {
    rule: 'Annotation::planted-warning',
    says: 'a planted warning',
    plant: (app) => {
      const stack = stackOf(app, 'Network');
      Annotations.of(stack).addWarningV2('planted-warning', 'a planted warning');
      return stack;
    },
  },
  {
    rule: 'assembly',
    says: 'the synth lacks the look-up',
    plant: (app) => {
      ec2.Vpc.fromLookup(stackOf(app, 'Network'), 'PlantedLookup', { vpcId: 'vpc-0123456789abcdef0' });
      // A manifest lists look-ups for all its stacks together, and the first of them is named.
      const paths = stageOf(app).node.children.map(({ node }) => node.path);
      return paths.sort()[0] ?? '';
    },
  },
];
