import { eventText, outcomeText, planText, statusText } from '../../bin/failover-report';
import type { JournalEvent } from '../../lib/recovery/journal';

const event = (given: Partial<JournalEvent>): JournalEvent => ({
  at: '2026-11-28T10:00:00.000Z',
  run: 'storm',
  what: 'began',
  ...given,
});

describe('what the failover control says', () => {
  test('of a plan: each step with how the world is now, and where a person is asked', () => {
    expect(
      planText([
        {
          name: 'check lag store',
          does: 'reads how old the last beat is',
          state: 'due',
          because: 'not read',
          asks: false,
        },
        { name: 'open writes store', does: 'lets services write', state: 'refused', because: 'it follows', asks: true },
      ]),
    ).toBe(
      [
        '1. check lag store: due',
        '   reads how old the last beat is',
        '   now: not read',
        '2. open writes store: refused, asks a person',
        '   lets services write',
        '   now: it follows',
      ].join('\n'),
    );
  });

  test('of an event: when, in which run, what, and what it found', () => {
    expect(
      eventText(event({ step: 'fence store', what: 'ran', facts: { achieved: 'expired', leaseSeconds: 300 } })),
    ).toBe('2026-11-28T10:00:00.000Z storm · fence store · ran · achieved expired, leaseSeconds 300');
    expect(eventText(event({ step: 'open writes store', what: 'approved', by: 'kim' }))).toMatch(/approved · kim$/);
  });

  test('of a run: its events alone, and whether it has ended', () => {
    const events = [event({}), event({ run: 'other' }), event({ what: 'ended' })];
    expect(statusText(events, 'storm').split('\n')).toEqual([
      '2026-11-28T10:00:00.000Z storm · began',
      '2026-11-28T10:00:00.000Z storm · ended',
      'it has ended',
    ]);
    expect(statusText(events, 'other')).toMatch(/it has not ended: run it again by its name$/);
    expect(statusText(events, undefined)).toMatch(/it has ended$/);
    expect(statusText(events, 'none')).toBe('there is no run none, only storm, other');
    expect(statusText([], undefined)).toBe('the journal holds no run');
  });

  test('of an outcome: what to do next', () => {
    expect(outcomeText({ ended: 'all' }, 'storm')).toBe('run storm has ended: every step is done');
    expect(outcomeText({ ended: 'not approved', step: 'open writes store' }, 'storm')).toBe(
      'run storm waits: nobody agreed to open writes store; run it again with --run storm: what is done stays done, and --approved-by <name>',
    );
    expect(outcomeText({ ended: 'failed', step: 'fence store', error: new Error('no latch') }, 'storm')).toBe(
      'run storm stopped at fence store: no latch\nrun it again with --run storm: what is done stays done',
    );
  });
});
