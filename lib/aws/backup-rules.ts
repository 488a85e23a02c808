import { aws_backup as backup, aws_events as events, Duration } from 'aws-cdk-lib';

/** What decides how long recovery points are kept. */
export interface BackupRetention {
  /** Daily recovery points are kept this long, in days. */
  readonly retentionDays: number;
  /** Whether nothing of the stage may be removed by mistake. */
  readonly protected: boolean;
}

/** How often, and for how long. */
export interface BackupRule {
  readonly name: 'Daily' | 'Monthly';
  /** When, in UTC. */
  readonly schedule: events.CronOptions;
  readonly keptDays: number;
}

/**
 * 02:00 and 04:00 in Singapore. A job fails that meets another one of the same resource, or begins in the hour before a
 * database's own backup or maintenance, or during them.
 */
const daily = { minute: '0', hour: '18' } as const;
const monthly = { minute: '0', hour: '20', day: '1' } as const;

/** A year, as long as an archive is locked. */
const monthlyKeptDays = 365;

/**
 * A recovery point every day; where the stage is protected, one a month as well that is kept for a year, since the
 * damage that no day remembers is found late.
 */
export function backupRules({ retentionDays, protected: isProtected }: BackupRetention): readonly BackupRule[] {
  return [
    { name: 'Daily', schedule: daily, keptDays: retentionDays },
    ...(isProtected
      ? [{ name: 'Monthly', schedule: monthly, keptDays: Math.max(monthlyKeptDays, retentionDays) } as const]
      : []),
  ];
}

/**
 * What the vault's lock allows: no recovery point is removed sooner, and none is kept longer by mistake, than the rules
 * say. The lock is of the governance kind, which those few who may can lift again: a wrong figure in the other kind could
 * never be corrected, not even by deleting the account's stacks. Nothing where the stage is not protected.
 */
export function vaultLock(retention: BackupRetention): backup.LockConfiguration | undefined {
  if (!retention.protected) return undefined;
  const kept = backupRules(retention).map(({ keptDays }) => keptDays);
  return {
    minRetention: Duration.days(Math.min(...kept)),
    maxRetention: Duration.days(Math.max(...kept)),
  };
}

/** Within which a job begins, or has failed. */
export const startWindow = Duration.hours(1);

/** The rule as a plan takes it. */
export const planRule = ({ name, schedule, keptDays }: BackupRule): backup.BackupPlanRule =>
  new backup.BackupPlanRule({
    ruleName: name,
    scheduleExpression: events.Schedule.cron(schedule),
    startWindow,
    deleteAfter: Duration.days(keptDays),
  });
