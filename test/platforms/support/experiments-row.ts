import { about, type Row } from './about';
import { reference } from './graph';
import { all, containing, like, oneOf, present, withoutText } from './matchers';

const stack = 'Experiments';
const type = 'AWS::FIS::ExperimentTemplate';

/** What is broken in the staging of a platform. */
interface ExperimentsExpected {
  readonly platform: string;
  readonly account: string;
  readonly region: string;
  /** Half of whose tasks are killed: the end of the name of its stack, and the experiment. */
  readonly killed: { readonly id: string; readonly service: string };
}

/** Faults that people put into staging: it is broken there, and nowhere else. */
export const experimentsRow = ({ account, killed, platform, region }: ExperimentsExpected): Row => ({
  row: 'experiments',
  expectations: [
    ...about(
      { stack, type, count: 3 },
      {
        'every experiment stops when too many requests fail': {
          path: 'StopConditions',
          is: [{ Source: 'aws:cloudwatch:alarm', Value: reference('Experiments/Experiments/Stop', 'Arn') }],
        },
        'every experiment says in a log what it did': {
          path: 'LogConfiguration.CloudWatchLogsConfiguration.LogGroupArn',
          is: reference('Experiments/Experiments/Logs', 'Arn'),
        },
        'an experiment that finds nothing to break has failed': {
          path: 'ExperimentOptions.EmptyTargetResolutionMode',
          is: 'fail',
        },
        'every experiment has a role of its own': {
          path: 'RoleArn',
          is: oneOf(
            ...[killed.id, 'CutOffZone', 'LostWriter'].map((name) =>
              reference(`Experiments/Experiments/${name}/Role`, 'Arn'),
            ),
          ),
        },
      },
    ),
    ...about(
      { stack, type, where: new RegExp(killed.id), count: 1 },
      {
        [`half of the tasks of ${killed.service} are killed`]: {
          path: 'Targets.target.SelectionMode',
          is: 'PERCENT(50)',
        },
        'tasks of staging alone are killed': { path: 'Targets.target.ResourceTags.stage', is: 'staging' },
        [`tasks of ${killed.service} alone are killed`]: {
          path: 'Targets.target.Parameters.service',
          is: like(new RegExp(`Service-${killed.service}/Service/Service`)),
        },
      },
    ),
    ...about(
      { stack, type, where: /CutOffZone/, count: 1 },
      {
        'a zone is cut off for five minutes': { path: 'Actions.fault.Parameters.duration', is: 'PT5M' },
        'the first zone is cut off': { path: 'Targets.target.Filters[*].Values', is: [`${region}a`] },
        'subnets of staging alone are cut off': { path: 'Targets.target.ResourceTags.stage', is: 'staging' },
      },
    ),
    ...about(
      { stack, type, where: /LostWriter/, count: 1 },
      {
        'the writer of the store is lost': { path: 'Actions.fault.ActionId', is: 'aws:rds:failover-db-cluster' },
        'no other database is touched': {
          path: 'Targets.target.ResourceArns[*]',
          is: like(/\$\{Data\/StoreDatabase\/Server\/Cluster(\.DBClusterArn)?\}$/),
        },
      },
    ),
    ...about(
      {
        stack,
        type: 'AWS::IAM::ManagedPolicy',
        where: new RegExp(`/(${killed.id}|CutOffZone|LostWriter)/Policy$`),
        count: 3,
      },
      {
        'experiments cannot delete anything but their own lists': {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/:Delete(?!NetworkAcl)|:Terminate|iam:|kms:/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /CutOffZone\/Policy$/, count: 1 },
      {
        'a cut off zone changes the lists of subnets of services of staging alone': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Action: 'ec2:ReplaceNetworkAclAssociation',
            Condition: {
              StringEquals: {
                'aws:ResourceTag/platform': platform,
                'aws:ResourceTag/stage': 'staging',
                'aws:ResourceTag/aws-cdk:subnet-name': 'app',
              },
            },
            Effect: 'Allow',
            Resource: `arn:aws:ec2:${region}:${account}:subnet/*`,
          }),
        },
        'a cut off zone makes lists in the network of the stage alone': {
          path: 'PolicyDocument.Statement[*].Resource',
          is: all(withoutText(/:vpc\/\*/), present),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Stop$/, count: 1 },
      {
        'somebody is told why an experiment stopped': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
      },
    ),
  ],
});
