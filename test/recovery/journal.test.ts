import { approvedIn, factsOf, readJournal, type JournalEvent } from '../../lib/recovery/journal';

const event = (given: Partial<JournalEvent> = {}): JournalEvent => ({
  at: '2026-11-28T10:00:00.000Z',
  run: 'r1',
  step: 'fence store',
  what: 'ran',
  ...given,
});
const lines = (...events: readonly JournalEvent[]) => events.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('readJournal', () => {
  test('gives events in order, and none of an empty journal', () => {
    const events = [event(), event({ what: 'verified' })];
    expect(readJournal(lines(...events))).toEqual(events);
    expect(readJournal('')).toEqual([]);
  });

  test('passes over a last line that was cut off', () => {
    expect(readJournal(`${lines(event())}{"at":"2026-11-2`)).toEqual([event()]);
  });

  test('passes over a last line that lacks its end alone: nobody was told that it is kept', () => {
    expect(readJournal(lines(event(), event({ what: 'verified' })).trimEnd())).toEqual([event()]);
  });

  test.each(['{"at":', '{}', 'null', '[]'])('fails when a line before the last one is %s', (line) => {
    expect(() => readJournal(`${lines(event())}${line}\n${lines(event())}`)).toThrow(
      `line 2 of the journal must be an event, got ${line}`,
    );
  });
});

describe('factsOf', () => {
  test('takes the last facts of each step of the run alone', () => {
    const facts = factsOf(
      [
        event({ facts: { achieved: 'expired' } }),
        event({ facts: { achieved: 'revoked' } }),
        event({ run: 'r2', facts: { achieved: 'accepted' } }),
        event({ what: 'began' }),
      ],
      'r1',
    );
    expect([...facts]).toEqual([['fence store', { achieved: 'revoked' }]]);
  });
});

describe('approvedIn', () => {
  test.each([
    [{}, true],
    [{ run: 'r2' }, false],
    [{ step: 'other' }, false],
    [{ what: 'asked' as const }, false],
  ])('of an approval with %j is %s', (given, expected) => {
    expect(approvedIn([event({ what: 'approved', ...given })], 'r1', 'fence store')).toBe(expected);
  });
});
