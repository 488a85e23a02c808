import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atLeast, containing, exactly, like } from '../../support/matchers';
import { account, home, key } from './facts';

const stack = 'Data';
const cluster = reference('Data/StoreDatabase/Server/Cluster');

export const backup: Row = {
  row: 'backup',
  expectations: [
    ...about(
      { stack, type: 'AWS::Backup::BackupVault', count: 1 },
      {
        'backups cannot be removed early': { path: 'LockConfiguration.MinRetentionDays', is: atLeast(35) },
        'nobody removes a backup': {
          path: 'AccessPolicy.Statement',
          is: containing({ Effect: 'Deny', Action: ['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVault'] }),
        },
        'backups are encrypted with the key of data': { path: 'EncryptionKeyArn', is: key.data },
        'backups outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'backups outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::Backup::BackupPlan', count: 1 },
      {
        'backups are taken every day': {
          path: 'BackupPlan.BackupPlanRule[RuleName=Daily].ScheduleExpression',
          is: like(/\* \* \? \*\)$/),
        },
        'daily backups are kept as long as the lock says': {
          path: 'BackupPlan.BackupPlanRule[RuleName=Daily].Lifecycle.DeleteAfterDays',
          is: 35,
        },
        'monthly backups are kept for a year': {
          path: 'BackupPlan.BackupPlanRule[RuleName=Monthly].Lifecycle.DeleteAfterDays',
          is: 365,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Backup::BackupSelection', count: 1 },
      {
        'the database and every bucket are backed up': {
          path: 'BackupSelection.Resources',
          is: exactly(
            `arn:aws:rds:${home}:${account}:cluster:${cluster}`,
            ...['Archive', 'Assets', 'Exports'].map((name) => reference(`Data/${name}Bucket/Bucket`, 'Arn')),
          ),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Backup::RestoreTestingPlan', count: 1 },
      { 'restores are tested every week': { path: 'ScheduleExpression', is: like(/\? \* SUN \*\)$/) } },
    ),
    ...Object.entries({
      AuroraStore: `arn:aws:rds:${home}:${account}:cluster:${cluster}`,
      S3Archive: reference('Data/ArchiveBucket/Bucket', 'Arn'),
      S3Assets: reference('Data/AssetsBucket/Bucket', 'Arn'),
      S3Exports: reference('Data/ExportsBucket/Bucket', 'Arn'),
    }).map(([name, arn]) => ({
      name: `the restore of ${name} is tested`,
      stack,
      type: 'AWS::Backup::RestoreTestingSelection',
      where: new RegExp(`/${name}$`),
      count: 1,
      path: 'ProtectedResourceArns',
      is: exactly(arn),
    })),
  ],
};
