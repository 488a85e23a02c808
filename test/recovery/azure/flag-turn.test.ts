import type { Audience } from '../../../lib/platform/flag-audience';
import { isOpen, tagNames, turnOf, type Kept, type Situation, type Turn } from '../../../lib/recovery/azure/flag-turn';
import { audienceIn } from '../../../lib/recovery/azure/flag-value';
import { definition, entry, on } from '../../support/flag-entries';

/** A change is watched for 35 minutes. */
const rollout = { minutes: 20, stepPercent: 20, bakeMinutes: 15 };
const off: Audience = { enabled: false, percent: 5, groups: {} };

/** What a turn does at a minute: `turnAt(10, { flag, earlier })`. */
const situationAt = (at: number, given: Partial<Situation> & Pick<Situation, 'flag'>): Situation => ({
  now: at * 60_000,
  rollout,
  isFailing: false,
  earlier: [],
  definition: undefined,
  ...given,
});
const turnAt = (...given: Parameters<typeof situationAt>): Turn => turnOf(situationAt(...given));

/** What a turn writes, and for whom the flag is on then. */
function writtenBy(turn: Turn) {
  if (turn.did !== 'moved' && turn.did !== 'taken back') return turn.did;
  return [turn.did, audienceIn(turn.value)];
}

/** The entry that a turn leaves, written at a minute. */
function after(flag: Kept, turn: Turn, at: number): Kept {
  if (turn.did !== 'moved' && turn.did !== 'taken back') throw new Error(`nothing was written: ${turn.did}`);
  return { ...flag, value: turn.value, tags: turn.tags, etag: `etag-${at}`, at: at * 60_000 };
}

describe('while services fail', () => {
  const old = entry(0, on(5));
  const lately = entry(100, on(50));
  const failing = { isFailing: true } as const;

  test.each<[string, number, Partial<Situation> & Pick<Situation, 'flag'>, unknown]>([
    ['a flag that was changed a minute ago is what it was before', 101, { flag: lately, earlier: [old] }, on(5)],
    ['so it is at the end of the time in which it is watched', 134.9, { flag: lately, earlier: [old] }, on(5)],
    ['a flag that was changed long ago stays', 135, { flag: lately, earlier: [old] }, 'nothing'],
    ['a flag that never changed stays', 101, { flag: old }, 'nothing'],
    ['a new flag is off for everybody', 101, { flag: lately }, { ...on(50), enabled: false }],
    [
      'of several changes within the time none stays',
      110,
      { flag: lately, earlier: [entry(98, on(20)), entry(95, on(10)), old] },
      on(5),
    ],
    ['what stood for the time is what is put back', 110, { flag: lately, earlier: [entry(70, on(20)), old] }, on(20)],
    ['a flag that was turned off stays off', 101, { flag: entry(100, off), earlier: [entry(0, on(50))] }, 'nothing'],
    [
      'a flag whose share was lowered keeps it',
      101,
      { flag: entry(100, on(5)), earlier: [entry(0, on(50))] },
      'nothing',
    ],
    [
      'a share that was lowered, and not far enough, is lowered further',
      104,
      { flag: entry(103, on(20)), earlier: [lately, old] },
      on(5),
    ],
    ['a flag that was turned on is off again', 101, { flag: lately, earlier: [entry(0, off)] }, off],
    [
      'a group that was let in is out again',
      101,
      { flag: entry(100, on(5, { 'tier=gold': 100 })), earlier: [old] },
      on(5),
    ],
  ])('%s', (_what, at, given, is) => {
    const turn = writtenBy(turnAt(at, { ...given, ...failing }));
    expect(turn).toEqual(typeof is === 'string' ? is : ['taken back', is]);
  });

  test('nothing is taken back where changes are not watched', () => {
    const unwatched = { minutes: 0, stepPercent: 20, bakeMinutes: 0 };
    expect(turnAt(100, { flag: lately, earlier: [old], rollout: unwatched, ...failing })).toEqual({ did: 'nothing' });
  });

  test('what is put back is the text of before, marked with what it was meanwhile; tags of people stay', () => {
    const turn = turnAt(101, { flag: { ...lately, tags: { owner: 'shop' } }, earlier: [old], ...failing });
    expect(turn).toEqual({
      did: 'taken back',
      value: old.value,
      tags: {
        owner: 'shop',
        [tagNames.did]: 'taken back',
        [tagNames.wrote]: expect.stringMatching(/^[0-9a-f]{16}$/),
        [tagNames.from]: 'on for 50%',
      },
      from: 'on for 50%',
      to: 'on for 5%',
    });
  });

  describe('a flag that was taken back', () => {
    const back = after(lately, turnAt(101, { flag: lately, earlier: [old], ...failing }), 101);
    const earlier = [lately, old];

    test.each([102, 120, 136, 500])('is never flipped again, at minute %i', (at) => {
      expect(turnAt(at, { flag: back, earlier, ...failing })).toEqual({ did: 'nothing' });
    });

    test('is what a second mistake is put back to', () => {
      const again = { ...entry(110, on(70)), tags: back.tags };
      expect(writtenBy(turnAt(111, { flag: again, earlier: [back, ...earlier], ...failing }))).toEqual([
        'taken back',
        on(5),
      ]);
      // The first mistake stood at the minute from which changes are watched; what it was put back to is newer.
      expect(writtenBy(turnAt(135.5, { flag: again, earlier: [back, ...earlier], ...failing }))).toEqual([
        'taken back',
        on(5),
      ]);
    });

    test('stays so though its definition still asks for the change, until that is written anew', () => {
      const asked = definition(99, on(50));
      expect(turnAt(300, { flag: back, earlier, definition: asked })).toEqual({ did: 'nothing' });
      expect(writtenBy(turnAt(300, { flag: back, earlier, definition: definition(299, on(50)) }))).toEqual([
        'moved',
        on(14),
      ]);
    });
  });
});

describe('what a definition says', () => {
  const flag = entry(0, on(5));
  const asked = definition(100, on(50));

  test('is reached in steps, each when it is due', () => {
    const shares: unknown[] = [];
    let [now, earlier]: [Kept, readonly Kept[]] = [flag, []];
    for (let at = 101; at < 125; at += 1) {
      const turn = turnAt(at, { flag: now, earlier, definition: asked });
      if (turn.did === 'nothing') continue;
      earlier = [now, ...earlier];
      now = after(now, turn, at);
      shares.push([at, audienceIn(now.value).percent]);
    }
    expect(shares).toEqual([
      [101, 14],
      [105, 23],
      [109, 32],
      [113, 41],
      [117, 50],
    ]);
    expect(isOpen(situationAt(200, { flag: now, definition: asked }))).toBe(false);
  });

  describe('on its way', () => {
    const first = after(flag, turnAt(101, { flag, definition: asked }), 101);
    const second = after(first, turnAt(105, { flag: first, earlier: [flag], definition: asked }), 105);
    const moving = { flag: second, earlier: [first, flag], definition: asked };

    test('is taken back whole when services fail, and not tried again', () => {
      const turn = turnAt(106, { ...moving, isFailing: true });
      expect(writtenBy(turn)).toEqual(['taken back', on(5)]);
      const back = after(second, turn, 106);
      expect(turnAt(107, { flag: back, earlier: [second, first, flag], definition: asked })).toEqual({
        did: 'nothing',
      });
    });

    test('ends when people turn the flag, who may leave our tags at it', () => {
      const byHand = { ...entry(107, on(30)), tags: second.tags };
      expect(turnAt(110, { flag: byHand, earlier: [second, first, flag], definition: asked })).toEqual({
        did: 'nothing',
      });
    });

    test('turns to what the definition says next, from where it is', () => {
      const next = { ...moving, definition: definition(106, on(100)) };
      expect(writtenBy(turnAt(107, next))).toEqual(['moved', on(39)]);
      expect(writtenBy(turnAt(107, { ...moving, definition: definition(106, on(5)) }))).toEqual(['moved', on(5)]);
    });
  });

  test.each<[string, number, Partial<Situation> & Pick<Situation, 'flag'>, unknown]>([
    ['waits while services fail', 101, { flag, definition: asked, isFailing: true }, 'waits'],
    ['is done at once where it lets nobody more in', 101, { flag, definition: definition(100, off) }, ['moved', off]],
    [
      'is done even while services fail, where it lets nobody more in',
      101,
      { flag, definition: definition(100, off), isFailing: true },
      ['moved', off],
    ],
    [
      'is done at once where there are no steps',
      101,
      {
        flag,
        definition: asked,
        rollout: { minutes: 0, stepPercent: 20, bakeMinutes: 0 },
      },
      ['moved', on(50)],
    ],
    ['is left where people turned the flag since', 200, { flag: entry(150, on(7)), definition: asked }, 'nothing'],
    ['is left where it is so', 101, { flag, definition: definition(100, on(5)) }, 'nothing'],
    ['is nothing where people made the flag', 101, { flag }, 'nothing'],
  ])('%s', (_what, at, given, is) => {
    expect(writtenBy(turnAt(at, given))).toEqual(is);
  });

  test('moves a flag of which the store remembers nothing older', () => {
    const first = after(flag, turnAt(101, { flag, definition: asked }), 101);
    expect(writtenBy(turnAt(105, { flag: first, earlier: [], definition: asked }))).toEqual(['moved', on(20)]);
  });

  test('fails when it is no definition', () => {
    expect(() => turnAt(101, { flag, definition: { ...asked, value: '{"percent":5}' } })).toThrow(
      'a definition must have enabled, percent and groups, got {"percent":5}',
    );
  });
});

describe('a flag needs no turn', () => {
  test.each<[string, number, Parameters<typeof situationAt>[1], boolean]>([
    ['when it is settled', 100, { flag: entry(0, on(5)), definition: definition(0, on(5)) }, false],
    ['unless it was changed lately', 100, { flag: entry(99, on(5)), definition: definition(0, on(5)) }, true],
    ['unless its definition was', 100, { flag: entry(0, on(5)), definition: definition(99, on(7)) }, true],
  ])('%s', (_what, at, given, open) => {
    expect(isOpen(situationAt(at, given))).toBe(open);
  });
});
