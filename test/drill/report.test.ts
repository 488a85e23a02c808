import { fenceSeconds, goalsOf, judge, type Finding } from '../../drill/drill';
import { faults, type Fault } from '../../drill/faults';
import { production } from '../../drill/platform';
import { rowsOf, tableOf } from '../../drill/report';

const finding = (given: Partial<Finding> = {}): Finding => ({
  fault: 'primary killed',
  way: 'primary to recovery',
  fence: 'expired',
  acknowledged: 700,
  lost: 0,
  lostLater: 0,
  pointSeconds: 0,
  recoverySeconds: 8.46,
  platformRecoverySeconds: 366.46,
  violations: [],
  ...given,
});
const goals = { timeSeconds: 1800, pointSeconds: 60 };
const named = (name: string): Fault => {
  const fault = faults.find((one) => one.name === name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  return fault;
};

describe('a finding is judged', () => {
  test('good when it keeps to the goals', () => {
    expect(judge(named('primary killed'), finding({ lost: 9, pointSeconds: 60 }), goals)).toEqual([]);
  });

  test.each([
    ['primary killed', { lost: 1, pointSeconds: 60.04 }, /^a write is lost that was acknowledged 60.0 s before/],
    ['primary killed', { platformRecoverySeconds: 1801 }, /^databases are back after 1801.0 s/],
    ['primary killed', { violations: ['3 orders are there in part'] }, /^3 orders are there in part$/],
    ['planned switch', { lost: 1 }, /^1 acknowledged writes are lost, and none may be$/],
    ['planned switch', { lostLater: 2 }, /^2 acknowledged writes are lost, and none may be$/],
    ['link cut', {}, /^nothing was lost, so nothing was proved$/],
  ] as const)('bad: %s with %j', (name, given, message) => {
    const broken = judge(named(name), finding(given), goals);
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatch(message);
  });
});

describe('the faults of a drill', () => {
  test('are those that an outage is made of, and one that loses nothing', () => {
    expect(faults.map(({ mayLose, name }) => `${name}: ${mayLose}`)).toEqual([
      'planned switch: nothing',
      'primary killed: within the recovery point',
      'link cut: within the recovery point',
      'replica lagging: within the recovery point',
      'control killed: within the recovery point',
      'promoted twice: within the recovery point',
      'primary comes back: within the recovery point',
    ]);
  });

  test('are judged by the goals of the definition, and by what a fence waits on the platform', () => {
    expect(goalsOf(production())).toEqual(goals);
    expect(fenceSeconds(production())).toEqual({ drill: 7, platform: 365 });
    expect(() => goalsOf({ goals: { ...production().goals, recovery: undefined } })).toThrow(
      'goals.recovery must be declared',
    );
  });
});

describe('a report', () => {
  test('says in a line what was lost and when, if anything was', () => {
    expect(rowsOf(finding())).toEqual([
      'primary killed (primary to recovery): back after 8.5 s, fence expired, 0 of 700 acknowledged writes lost',
    ]);
    expect(rowsOf(finding({ lost: 4, lostLater: 2, pointSeconds: 1.26 }))[0]).toMatch(
      /4 of 700 acknowledged writes lost, the oldest 1\.3 s before, and 2 that the cut-off site took afterwards$/,
    );
  });

  test('is a table with a row for each failover, the way back marked', () => {
    const rows = tableOf([finding(), finding({ way: 'recovery to primary', fence: 'revoked' })]).split('\n');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toBe('| primary killed | expired | 8.5 s | 366.5 s | 0.0 s | 700 | 0 | 0 |');
    expect(rows[3]).toMatch(/^\| primary killed \(back\) \| revoked \|/);
  });
});
