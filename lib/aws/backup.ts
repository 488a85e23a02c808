import {
  aws_backup as backup,
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  Duration,
  Names,
  RemovalPolicy,
  Tags,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeManaged } from './acknowledge';
import type { Alarms } from './alarms';
import { backupRules, planRule, vaultLock } from './backup-rules';
import { pascalCase } from '../platform/ids';
import { restoreOverrides, type BackedUp } from './restore-test';

export interface BackupProps {
  /** Encrypts the recovery points of buckets, and what restore tests write; databases bring their own key along. */
  readonly key: kms.IKey;
  /** What is backed up. */
  readonly resources: readonly BackedUp[];
  /** Daily recovery points are kept this long, in days. */
  readonly databaseRetentionDays: number;
  /** Whether nothing of the stage may be removed by mistake. */
  readonly protected: boolean;
  readonly alarms: Alarms;
}

/** What AWS Backup may do for itself: it offers no narrower policies, and renews these with every kind of resource. */
const managedPolicies = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
] as const;

/** Metrics of jobs of which one is too many, per kind of resource. */
const failures = [
  { id: 'BackupFailed', metric: 'NumberOfBackupJobsFailed', description: 'A backup failed.' },
  { id: 'BackupExpired', metric: 'NumberOfBackupJobsExpired', description: 'A backup could not start in time.' },
  {
    id: 'RestoreFailed',
    metric: 'NumberOfRestoreJobsFailed',
    description: 'A restore, or the weekly test of one, failed.',
  },
] as const;

/**
 * Recovery points of databases and buckets in a vault from which nobody removes them, and a test every week that they can
 * be restored. Beside the databases' own point-in-time recovery, which goes with the database.
 */
export class Backup extends Construct {
  public readonly vault: backup.BackupVault;
  public readonly plan: backup.BackupPlan;
  public readonly role: iam.Role;
  public readonly restoreTests: backup.CfnRestoreTestingPlan;

  public constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    this.vault = this.lockedVault(props);
    this.role = this.backupRole();
    this.plan = this.backupPlan(props);
    this.restoreTests = this.weeklyTests();
    for (const resource of props.resources) this.test(resource, props.key);
    this.watch(props);
    // Recovery points hold what their sources hold, so the strictest class there is.
    Tags.of(this.vault).add('data-class', 'restricted');
  }

  private lockedVault({ databaseRetentionDays, key, protected: isProtected }: BackupProps): backup.BackupVault {
    const lock = vaultLock({ retentionDays: databaseRetentionDays, protected: isProtected });
    return new backup.BackupVault(this, 'Vault', {
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(lock === undefined ? {} : { lockConfiguration: lock }),
      accessPolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'NobodyRemoves',
            effect: iam.Effect.DENY,
            principals: [new iam.AnyPrincipal()],
            actions: [
              'backup:DeleteRecoveryPoint',
              'backup:DisassociateRecoveryPoint',
              'backup:UpdateRecoveryPointLifecycle',
              'backup:DeleteBackupVault',
            ],
            resources: ['*'],
          }),
        ],
      }),
    });
  }

  private backupRole(): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: managedPolicies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledgeManaged(
      role,
      managedPolicies,
      'Only AWS Backup assumes the role. It needs what AWS grants it for its own jobs, which AWS alone keeps current.',
    );
    return role;
  }

  private backupPlan({ databaseRetentionDays, protected: isProtected, resources }: BackupProps): backup.BackupPlan {
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupPlanName: Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }),
      backupVault: this.vault,
      backupPlanRules: backupRules({ retentionDays: databaseRetentionDays, protected: isProtected }).map(planRule),
    });
    new backup.BackupSelection(this, 'Selection', {
      backupPlan: plan,
      role: this.role,
      resources: resources.map(({ arn }) => backup.BackupResource.fromArn(arn)),
    });
    return plan;
  }

  private weeklyTests(): backup.CfnRestoreTestingPlan {
    return new backup.CfnRestoreTestingPlan(this, 'RestoreTests', {
      restoreTestingPlanName: Names.uniqueResourceName(this, { maxLength: 50, separator: '_' }),
      scheduleExpression: 'cron(0 1 ? * SUN *)',
      startWindowHours: 4,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [this.vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 7,
      },
    });
  }

  private test(resource: BackedUp, key: kms.IKey): void {
    const { name, type, arn } = resource;
    const id = `${type}${pascalCase(name)}`;
    new backup.CfnRestoreTestingSelection(this, id, {
      restoreTestingPlanName: this.restoreTests.ref,
      restoreTestingSelectionName: id,
      protectedResourceType: type,
      protectedResourceArns: [arn],
      iamRoleArn: this.role.roleArn,
      restoreMetadataOverrides: restoreOverrides(resource, key),
      validationWindowHours: 1,
    });
  }

  private watch({ alarms, resources }: BackupProps): void {
    const types = [...new Set(resources.map(({ type }) => type))];
    const jobs = (type: string, metricName: string, period: Duration) =>
      new cloudwatch.Metric({
        namespace: 'AWS/Backup',
        metricName,
        dimensionsMap: { ResourceType: type },
        statistic: cloudwatch.Stats.SUM,
        period,
      });
    for (const type of types) {
      for (const { id, metric, description } of failures) {
        alarms.raise(this, `${type}${id}`, {
          metric: jobs(type, metric, Duration.hours(1)),
          description: `${type}: ${description}`,
          runbook: 'backup',
          threshold: 1,
          periods: 1,
        });
      }
      alarms.raise(this, `${type}BackupMissing`, {
        metric: jobs(type, 'NumberOfBackupJobsCompleted', Duration.days(1)),
        description: `${type}: No backup was completed for two days.`,
        runbook: 'backup',
        threshold: 1,
        comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: 2,
        missingData: cloudwatch.TreatMissingData.BREACHING,
      });
    }
  }
}
