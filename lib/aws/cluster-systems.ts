import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  gatewayWord,
  migrationWord,
  observabilityWord,
  scopeMigrationWord,
  scalerWord,
  secretsRolePath,
  secretsWord,
} from '../platform/names';
import { pascalCase } from '../platform/ids';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { DatabaseMaster } from './database-master';
import { grantSecrets } from './grants';
import type { MetricsWorkspace } from './metrics-workspace';
import { PodRole } from './pod-role';
import { regional } from './regional';
import type { Scope } from './scope';
import { SecretsReader } from './secrets-reader';

/** The administrator of a database, and what the database is judged apart with. */
export interface ScopedMaster {
  readonly master: DatabaseMaster;
  readonly scope: Scope | undefined;
}

export interface ClusterSystemsProps {
  readonly platform: Platform;
  readonly clusterName: string;
  readonly secretsKey: kms.IKey;
  readonly workspace: MetricsWorkspace;
  /** Queues by whose length pods are counted, by ARN. */
  readonly queues: readonly string[];
  /** Administrators of databases, with whose logins the job of migrations works. */
  readonly masters: readonly ScopedMaster[];
  /** Secrets whose whole values are the public keys that verify tokens; none without a gateway. */
  readonly tokenKeys: readonly secretsmanager.ISecret[];
}

/**
 * What the systems of a cluster may do on AWS, each by a role of its own: what watches writes figures and traces; what counts pods
 * asks queues for their length; what makes secrets takes on the reader of a namespace, and reads nothing by itself.
 */
export class ClusterSystems extends Construct {
  public readonly observability: PodRole;
  public readonly scaler: PodRole;
  public readonly secrets: PodRole;

  public constructor(scope: Construct, id: string, props: ClusterSystemsProps) {
    super(scope, id);
    const { clusterName, platform, queues, workspace } = props;
    const role = (construct: string, word: string): PodRole =>
      new PodRole(this, construct, { platform, word, clusterName });
    this.observability = role('Observability', observabilityWord);
    const writes = this.observability.policy([
      regional(Stack.of(this).region, ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']),
    ]);
    workspace.grantWrite(writes);
    acknowledge(writes, {
      'AwsSolutions-IAM5[Resource::*]':
        'Traces have no resource to name; the role may write them in its region, and read none.',
    });
    this.scaler = role('Scaler', scalerWord);
    if (queues.length > 0) {
      this.scaler.policy([new iam.PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: [...queues] })]);
    }
    this.secrets = role('Secrets', secretsWord);
    this.allowReaders(platform);
    this.readForPlatform(props);
  }

  private allowReaders(platform: Platform): void {
    const readers = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: `role${secretsRolePath(platform)}*`,
    });
    const policy = this.secrets.policy([
      new iam.PolicyStatement({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [readers] }),
    ]);
    acknowledgeContents(
      policy,
      readers,
      'Services come later: every reader of a namespace of this stage, and no other role.',
    );
  }

  /** What is read for the gateway and for the job of migrations. */
  private readForPlatform({ masters, platform, secretsKey, tokenKeys }: ClusterSystemsProps): void {
    const reader = this.secrets.role.roleArn;
    if (tokenKeys.length > 0) {
      const { policy } = new SecretsReader(this, 'GatewaySecrets', { platform, word: gatewayWord, reader });
      grantSecrets(
        policy,
        secretsKey,
        tokenKeys.map(({ secretArn }) => secretArn),
      );
    }
    for (const scope of new Set(masters.map((each) => each.scope))) {
      const { policy } = new SecretsReader(this, `${pascalCase(scope?.name ?? '')}MigrationSecrets`, {
        platform,
        word: scope === undefined ? migrationWord : scopeMigrationWord(scope.name),
        reader,
        scope,
      });
      for (const { master } of masters.filter((each) => each.scope === scope)) master.grant(policy);
    }
  }
}
