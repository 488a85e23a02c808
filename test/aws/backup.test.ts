import { existsSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Backup, type BackupProps } from '../../lib/aws/backup';
import type { BackedUp } from '../../lib/aws/restore-test';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

const clusterArn = 'arn:aws:rds:ap-southeast-1:111122223333:cluster:store';
const bucketArn = 'arn:aws:s3:::archive';

function made(
  props: Partial<Pick<BackupProps, 'protected' | 'databaseRetentionDays'>> = {},
  databases: BackedUp['type'] = 'Aurora',
) {
  const stack = testStack();
  const { key, alarms, vpc } = surroundings(stack);
  const securityGroup = new ec2.SecurityGroup(stack, 'Database', { vpc });
  const database: BackedUp = {
    name: 'store',
    type: databases === 'S3' ? 'Aurora' : databases,
    arn: clusterArn,
    subnetGroupName: 'store-subnets',
    securityGroup,
  };
  const backup = new Backup(stack, 'Backup', {
    key,
    alarms,
    protected: true,
    databaseRetentionDays: 35,
    resources: [database, { name: 'order-archive', type: 'S3', arn: bucketArn }],
    ...props,
  });
  return { stack, backup };
}

const template = remember((...args: Parameters<typeof made>) => templateOf(made(...args).stack));

describe('the vault', () => {
  test('is encrypted with the customer key', () => {
    template().hasResourceProperties('AWS::Backup::BackupVault', {
      EncryptionKeyArn: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    });
  });

  test('outlives its stack', () => {
    template().hasResource('AWS::Backup::BackupVault', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test.each([true, false])('lets nobody remove a recovery point or shorten its life, protected %s', (isProtected) => {
    template({ protected: isProtected }).hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: {
        Statement: [
          {
            Sid: 'NobodyRemoves',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: [
              'backup:DeleteRecoveryPoint',
              'backup:DisassociateRecoveryPoint',
              'backup:UpdateRecoveryPointLifecycle',
              'backup:DeleteBackupVault',
            ],
            Resource: '*',
          },
        ],
      },
    });
  });

  test('is locked where the stage is protected', () => {
    template().hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 365, ChangeableForDays: Match.absent() },
    });
  });

  test('is not locked where it is not', () => {
    template({ protected: false }).hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: Match.absent(),
    });
  });

  test('carries the strictest class of data', () => {
    template().hasResourceProperties('AWS::Backup::BackupVault', { BackupVaultTags: { 'data-class': 'restricted' } });
  });
});

describe('the plan', () => {
  const rule = (name: string, schedule: string, days: number) => ({
    RuleName: name,
    ScheduleExpression: schedule,
    StartWindowMinutes: 60,
    Lifecycle: { DeleteAfterDays: days },
    TargetBackupVault: { 'Fn::GetAtt': ['BackupVaultADF21B19', 'BackupVaultName'] },
  });

  test('has a daily and a monthly rule in a protected stage', () => {
    template().hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [rule('Daily', 'cron(0 18 * * ? *)', 35), rule('Monthly', 'cron(0 20 1 * ? *)', 365)],
      },
    });
  });

  test('has a daily rule alone in an unprotected stage', () => {
    template({ protected: false, databaseRetentionDays: 7 }).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanRule: [rule('Daily', 'cron(0 18 * * ? *)', 7)] },
    });
  });

  test('takes every resource given, with the role of its own', () => {
    template().hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: {
        Resources: [clusterArn, bucketArn],
        IamRoleArn: { 'Fn::GetAtt': ['BackupRole4CD139C5', 'Arn'] },
      },
    });
  });
});

describe('the role', () => {
  test('is assumed by AWS Backup alone, and has its policies and no others', () => {
    const managed = (name: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]],
    });
    template().hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } }],
      },
      ManagedPolicyArns: [
        managed('service-role/AWSBackupServiceRolePolicyForBackup'),
        managed('service-role/AWSBackupServiceRolePolicyForRestores'),
        managed('AWSBackupServiceRolePolicyForS3Backup'),
        managed('AWSBackupServiceRolePolicyForS3Restore'),
      ],
    });
    template().resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('restore tests', () => {
  test('take the latest recovery point of the vault, every week', () => {
    template().hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      ScheduleExpression: 'cron(0 1 ? * SUN *)',
      StartWindowHours: 4,
      RestoreTestingPlanName: Match.stringLikeRegexp('^[A-Za-z0-9_]{1,50}$'),
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: [{ 'Fn::GetAtt': ['BackupVaultADF21B19', 'BackupVaultArn'] }],
        RecoveryPointTypes: ['SNAPSHOT'],
        SelectionWindowDays: 7,
      },
    });
  });

  test.each(['Aurora', 'RDS'] as const)(
    'restore a database (%s) into its own subnets, behind its own group',
    (type) => {
      template({}, type).hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
        RestoreTestingPlanName: { Ref: 'BackupRestoreTestsE47800D1' },
        RestoreTestingSelectionName: `${type}Store`,
        ProtectedResourceType: type,
        ProtectedResourceArns: [clusterArn],
        IamRoleArn: { 'Fn::GetAtt': ['BackupRole4CD139C5', 'Arn'] },
        RestoreMetadataOverrides: {
          dbSubnetGroupName: 'store-subnets',
          vpcSecurityGroupIds: {
            'Fn::Join': ['', ['["', { 'Fn::GetAtt': [Match.stringLikeRegexp('^Database'), 'GroupId'] }, '"]']],
          },
        },
      });
    },
  );

  test('restore a bucket encrypted with the customer key', () => {
    template().hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
      RestoreTestingSelectionName: 'S3OrderArchive',
      ProtectedResourceType: 'S3',
      ProtectedResourceArns: [bucketArn],
      RestoreMetadataOverrides: { encryptionType: 'SSE-KMS', kmsKey: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
    });
  });

  test('remove what they made after an hour', () => {
    template().allResourcesProperties('AWS::Backup::RestoreTestingSelection', { ValidationWindowHours: 1 });
  });
});

describe('the alarms', () => {
  const alarm = (metric: string, type: string) => ({
    Namespace: 'AWS/Backup',
    MetricName: metric,
    Dimensions: [{ Name: 'ResourceType', Value: type }],
    Statistic: 'Sum',
    AlarmActions: [{ Ref: 'AlarmsTopic3A2DFEBA' }],
    AlarmDescription: Match.stringLikeRegexp('docs/runbooks/backup.md$'),
  });

  test.each(
    ['NumberOfBackupJobsFailed', 'NumberOfBackupJobsExpired', 'NumberOfRestoreJobsFailed'].flatMap((metric) =>
      ['Aurora', 'S3'].map((type) => [metric, type] as const),
    ),
  )('%s of %s: one is too many', (metric, type) => {
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm(metric, type),
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Period: 3600,
      TreatMissingData: 'notBreaching',
    });
  });

  test.each(['Aurora', 'S3'])('%s: silence for two days is a failure', (type) => {
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm('NumberOfBackupJobsCompleted', type),
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      Period: 86_400,
      TreatMissingData: 'breaching',
    });
  });

  test('are these eight, and their runbook is there', () => {
    template().resourceCountIs('AWS::CloudWatch::Alarm', 8);
    expect(existsSync('docs/runbooks/backup.md')).toBe(true);
  });
});

test('a backup leaves no finding open, and acknowledges none that is not there', () => {
  const { backup } = made();
  expect(findings(backup)).toEqual([]);
  expect(staleAcknowledgements(backup)).toEqual([]);
});
