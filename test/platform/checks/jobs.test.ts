import { problemsOf, retailflowWith } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const job = { schedule: '*/15 * * * *', command: ['node', 'work.js'], timeoutMinutes: 10 };
const withJob = (patch: object, name = 'work') =>
  problemsOf(retailflowWith({ services: { user: { jobs: { [name]: { ...job, ...patch } } } } }));
const path = 'services.user.jobs.work';

test('jobs that end before they begin again are accepted', () => {
  expect(withJob({})).toEqual([]);
  expect(withJob({ schedule: '30 2 * * 1', timeZone: 'Asia/Singapore', timeoutMinutes: 240 })).toEqual([]);
});

test.each([
  ['of four fields', '0 2 * *', 'of 5 fields joined by one space'],
  ['of a minute that is none', '61 * * * *', 'with a minute of *, numbers from 0 to 59'],
  ['by two kinds of days', '0 2 1 * 1', 'restricted by day of the month or day of the week, not both'],
])('fails when the schedule is %s', (_, schedule, allowed) => {
  expect(withJob({ schedule })).toEqual([
    expect.objectContaining({
      path: `${path}.schedule`,
      got: schedule,
      allowed: expect.stringContaining(allowed),
    }),
  ]);
});

test('fails when nobody has such a clock', () => {
  expect(withJob({ timeZone: 'Singapore' })).toEqual([
    expect.objectContaining({ path: `${path}.timeZone`, got: 'Singapore' }),
  ]);
});

test.each([
  ['*/15 * * * *', 11, 'at most 10: the next run begins 15 min later'],
  ['0,20 * * * *', 16, 'at most 15: the next run begins 20 min later'],
  ['50 23,1 * * *', 120, 'at most 115: the next run begins 120 min later'],
])('fails when a run of %s may take %i minutes and meet the next one', (schedule, timeoutMinutes, allowed) => {
  expect(withJob({ schedule, timeoutMinutes })).toEqual([
    expect.objectContaining({
      path: `${path}.timeoutMinutes`,
      got: timeoutMinutes,
      allowed: expect.stringContaining(allowed),
    }),
  ]);
});

test('fails when a time is none, or there is nothing to run', () => {
  expect(withJob({ timeoutMinutes: 0 }).map((each) => each.path)).toEqual([`${path}.timeoutMinutes`]);
  expect(withJob({ timeoutMinutes: 241 }).map((each) => each.path)).toEqual([`${path}.timeoutMinutes`]);
  expect(withJob({ command: [] }).map((each) => each.path)).toEqual([`${path}.command`]);
});

test('fails when the name leaves no room for when a run began', () => {
  const long = 'a-service-with-a-very-long-name';
  const named = retailflowWith({
    services: { [long]: { scale: { min: 1, max: 1 }, jobs: { 'compare-everything-with-all-else': job } } },
  });
  expect(problemsOf(named)).toContainEqual(
    expect.objectContaining({
      path: `services.${long}.jobs.compare-everything-with-all-else`,
      allowed: 'at most 52 letters with the name of its service',
    }),
  );
});

test('fails when two sites on azure would both do the work', () => {
  expect(problemsOf(techflowWith({ services: { workflow: { jobs: { work: job } } } }))).toEqual([
    expect.objectContaining({ path: 'services.*.jobs', got: ['workflow-work'] }),
  ]);
});
