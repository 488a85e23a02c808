import { awsCron } from '../../lib/aws/cron';

test.each([
  ['0 6 * * *', 'cron(0 6 * * ? *)'],
  ['0 6 20 11 *', 'cron(0 6 20 11 ? *)'],
  ['30 5 * * 1-5', 'cron(30 5 ? * MON,TUE,WED,THU,FRI *)'],
  ['0 0 * * 0,6', 'cron(0 0 ? * SUN,SAT *)'],
  ['*/20 8-10 1 */6 *', 'cron(0,20,40 8,9,10 1 1,7 ? *)'],
])('%s is %s', (schedule, expected) => {
  expect(awsCron(schedule)).toBe(expected);
});
