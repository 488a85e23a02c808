import { aws_ec2 as ec2, Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { byName } from '../platform/by-name';
import { stagePrefix } from '../platform/names';
import type { Loads } from '../platform/nouns/load-tests';
import type { Platform } from '../platform/platform';
import type { Alarms } from './alarms';
import type { Reach } from './capability';
import { copiedImage } from './copied-image';
import { allowPull } from './image-pull';
import { LoadResults } from './load-results';
import { LoadTest } from './load-test';
import { encryptedLogGroup } from './log-group';
import { allowStarts, failedStarts, starterRole } from './machine-starts';
import { openEgress } from './service-egress';
import { taskCluster, type TaskCluster } from './task-cluster';
import { TaskRoles } from './task-roles';

export interface LoadTestsProps {
  readonly platform: Platform;
  readonly loads: Loads;
  readonly vpc: ec2.IVpc;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Whether GuardDuty puts its agent beside programs. */
  readonly runtimeMonitoring: boolean;
  readonly keys: { readonly data: kms.IKey; readonly logs: kms.IKey; readonly messaging: kms.IKey };
  /** Where requests to the results are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/**
 * Every load test of a platform. Programs run in a cluster of their own, apart from what they test, and leave the network by its
 * fixed addresses, as if they were many customers behind one router. They may do nothing in the account: what they write into their log is kept and judged
 * by a function.
 */
export class LoadTests extends Construct {
  public readonly cluster: TaskCluster['cluster'];
  public readonly roles: TaskRoles;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly results: LoadResults;
  public readonly deadLetters: sqs.Queue;
  /** By name. */
  public readonly tests: Readonly<Record<string, LoadTest>>;

  public constructor(scope: Construct, id: string, props: LoadTestsProps) {
    super(scope, id);
    const { accessLogs, alarms, keys, loads, platform, vpc } = props;
    const prefix = stagePrefix(platform);
    const { logDays } = platform.stage;
    const kept = { key: keys.logs, days: logDays };
    const programLogs = encryptedLogGroup(this, 'ProgramLogs', kept);
    const machineLogs = encryptedLogGroup(this, 'MachineLogs', kept);
    this.cluster = taskCluster(this, {
      vpc,
      logsKey: keys.logs,
      logDays,
      runtimeMonitoring: props.runtimeMonitoring,
    }).cluster;
    const image = copiedImage(this, 'Image', platform, 'k6');
    this.roles = new TaskRoles(this, 'Roles', { prefix });
    programLogs.grantWrite(this.roles.executionPolicy);
    allowPull(this.roles.executionPolicy, [image.repository]);
    this.securityGroup = this.openOut(props);
    this.results = new LoadResults(this, 'Results', {
      tests: Object.keys(platform.loadTests),
      prefix,
      programLogs,
      key: keys.data,
      logsKey: keys.logs,
      keepDays: loads.keepDays,
      logDays,
      accessLogs,
    });
    this.deadLetters = failedStarts(this, {
      key: keys.messaging,
      alarms,
      description: 'A load test could not be started.',
      runbook: 'load-tests',
    });
    const starter = starterRole(this);
    this.tests = byName(
      Object.entries(platform.loadTests),
      'Test',
      (part, name) =>
        new LoadTest(this, part, {
          platform,
          name,
          loads,
          cluster: this.cluster,
          subnets: vpc.selectSubnets({ subnetGroupName: 'app' }),
          securityGroup: this.securityGroup,
          roles: this.roles,
          image,
          programLogs,
          machineLogs,
          results: this.results,
          starter,
          deadLetters: this.deadLetters,
          alarms,
        }),
    );
    allowStarts(this, {
      starter,
      machines: Object.values(this.tests).map(({ machine }) => machine),
      deadLetters: this.deadLetters,
      key: keys.messaging,
    });
    Tags.of(this).add('data-class', 'internal');
  }

  /** To AWS, and to the platform as customers reach it. Nobody reaches them. */
  private openOut({ endpoints, vpc }: LoadTestsProps): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Makes load',
      allowAllOutbound: false,
    });
    openEgress(this, {
      service: 'load tests',
      securityGroup,
      region: Stack.of(this).region,
      endpoints,
      thirdParties: [{ port: 443 }],
    });
    return securityGroup;
  }
}
