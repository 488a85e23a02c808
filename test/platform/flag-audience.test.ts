import { audienceOf, isSame, letsMoreIn, nobody, stepOf, told, type Audience } from '../../lib/platform/flag-audience';
import { on } from '../support/flag-entries';

const off = (percent: number, groups: Audience['groups'] = {}): Audience => ({
  ...on(percent, groups),
  enabled: false,
});

test('a segment is a group that is in as a whole', () => {
  const segments = [{ attribute: 'tier', values: ['gold', 'platinum'] }];
  expect(audienceOf({ enabled: true, percent: 5, segments })).toEqual(
    on(5, { 'tier=gold': 100, 'tier=platinum': 100 }),
  );
});

test.each<[string, Audience, Audience, boolean]>([
  ['a greater share', on(5), on(6), true],
  ['a smaller share', on(50), on(5), false],
  ['the same', on(5, { a: 100 }), on(5, { a: 100 }), false],
  ['another group', on(5), on(5, { a: 100 }), true],
  ['a group less', on(5, { a: 100 }), on(5), false],
  ['a greater share of a group', on(5, { a: 50 }), on(5, { a: 100 }), true],
  ['a group for a smaller share', on(50), on(5, { a: 100 }), true],
  ['on', off(5), on(5), true],
  ['on for nobody', off(5), on(0), false],
  ['on for a group', off(0, { a: 100 }), on(0, { a: 100 }), true],
  ['off', on(5, { a: 100 }), off(5, { a: 100 }), false],
  ['off, for more', off(5), off(100, { a: 100 }), false],
])('%s', (_what, before, after, more) => {
  expect(letsMoreIn(before, after)).toBe(more);
  expect(isSame(before, after)).toBe(!more && !letsMoreIn(after, before));
});

test.each<[string, Audience, string]>([
  ['a share', on(5), 'on for 5%'],
  ['groups, in their order', on(5, { b: 100, a: 100 }), 'on for 5% and for a, b'],
  ['nobody', nobody, 'off'],
])('%s is told to people', (_what, audience, text) => {
  expect(told(audience)).toBe(text);
});

describe('steps of a change', () => {
  const rollout = { minutes: 20, stepPercent: 20 };

  test.each([
    [0, 14],
    [3.9, 14],
    [4, 23],
    [8, 32],
    [12, 41],
    [16, 50],
    [600, 50],
  ])('after %s minutes a flag that grows from 5%% to 50%% is on for %i%%', (minutes, percent) => {
    expect(stepOf(on(5), on(50), rollout, minutes)).toEqual(on(percent));
  });

  test.each<[string, Audience, Audience, Audience]>([
    ['begins with groups', on(5), on(50, { a: 100 }), on(14, { a: 100 })],
    ['that turns a flag on begins with nobody', off(90), on(50), on(10)],
    ['moves a person at least', on(5), on(6), on(6)],
    ['of groups alone has one step', on(5), on(5, { a: 100 }), on(5, { a: 100 })],
    ['from a share to a group has one step', on(50), on(5, { a: 100 }), on(5, { a: 100 })],
  ])('a change %s', (_what, before, wanted, first) => {
    expect(stepOf(before, wanted, rollout, 0)).toEqual(first);
  });

  test('are as great as they are said to be, and the last one is no greater', () => {
    const shares = [0, 3, 6, 9].map((at) => stepOf(on(0), on(100), { minutes: 10, stepPercent: 30 }, at).percent);
    expect(shares).toEqual([30, 60, 90, 100]);
  });

  test('are none where a change is at once', () => {
    expect(stepOf(on(0), on(100), { minutes: 0, stepPercent: 20 }, 0)).toEqual(on(100));
  });
});
