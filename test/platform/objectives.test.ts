import { brokenPromise, busyPromise, objectivesOf } from '../../lib/platform/objectives';

const goals = { availabilityPercent: 99.9, p95Milliseconds: 800 };

test('goals promise shares of requests that do not fail, and of those that are fast', () => {
  expect(objectivesOf(goals)).toEqual({
    availability: { goalPercent: 99.9, bad: { by: 'failing' } },
    latency: { goalPercent: 95, bad: { by: 'slowness', milliseconds: 800 } },
  });
});

test('a second share in a second time is an objective beside the two', () => {
  expect(objectivesOf(goals, { percent: 99.7, milliseconds: 2000 }).serviceLevel).toEqual({
    goalPercent: 99.7,
    bad: { by: 'slowness', milliseconds: 2000 },
  });
});

test('people are told what does not hold', () => {
  const { availability, latency } = objectivesOf(goals);
  expect([brokenPromise('order', availability), brokenPromise('order', latency), busyPromise('order', 35)]).toEqual([
    'So many requests to order fail that 99.9% good ones over 30 days cannot be held at this rate.',
    'So many requests to order take longer than 800 ms that 95% good ones over 30 days cannot be held at this rate.',
    'order has used more than 35% of its processors in every quarter of a day.',
  ]);
});
