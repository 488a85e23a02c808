import { backupRules, startWindow, vaultLock } from '../../lib/aws/backup-rules';
import { windows } from '../../lib/aws/database-settings';

const daily = { minute: '0', hour: '18' };
const monthly = { minute: '0', hour: '20', day: '1' };

describe('backup rules', () => {
  test.each([
    [
      'protected',
      35,
      true,
      [
        ['Daily', daily, 35],
        ['Monthly', monthly, 365],
      ],
    ],
    [
      'protected, kept for years',
      400,
      true,
      [
        ['Daily', daily, 400],
        ['Monthly', monthly, 400],
      ],
    ],
    ['unprotected', 7, false, [['Daily', daily, 7]]],
  ] as const)('of a stage that is %s', (_, retentionDays, isProtected, expected) => {
    const rules = backupRules({ retentionDays, protected: isProtected });
    expect(rules.map(({ name, schedule, keptDays }) => [name, schedule, keptDays])).toEqual(expected);
  });

  const begins = backupRules({ retentionDays: 35, protected: true }).map(({ schedule }) => Number(schedule.hour));
  /** The first and the last minute of the day on which no job may begin: an hour before a window until its end. */
  const closed = Object.values(windows).map((window) => {
    const [from, to] = [...window.matchAll(/(\d\d):(\d\d)/g)].map(
      ([, hour, minute]) => Number(hour) * 60 + Number(minute),
    );
    return [(from ?? 0) - 60, to ?? 0] as const;
  });

  test('never ask for one resource while the other may still be starting', () => {
    const sorted = [...begins].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((hour, index) => hour - (sorted[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(startWindow.toHours());
  });

  test.each(begins)('at %s h no job begins before or during what databases do by themselves', (hour) => {
    for (const [from, to] of closed) {
      const clear = hour * 60 > to || hour * 60 + startWindow.toMinutes() < from;
      expect([hour, from, to, clear]).toEqual([hour, from, to, true]);
    }
  });
});

describe('the lock of the vault', () => {
  test.each([
    [35, 35, 365],
    [7, 7, 365],
    [400, 400, 400],
  ])('at %s days admits %s to %s, which are those of the rules', (retentionDays, min, max) => {
    const lock = vaultLock({ retentionDays, protected: true });
    expect([lock?.minRetention.toDays(), lock?.maxRetention?.toDays()]).toEqual([min, max]);
  });

  test('can be lifted again by those who may', () => {
    expect(vaultLock({ retentionDays: 35, protected: true })?.changeableFor).toBeUndefined();
  });

  test('is not there in an unprotected stage', () => {
    expect(vaultLock({ retentionDays: 7, protected: false })).toBeUndefined();
  });
});
