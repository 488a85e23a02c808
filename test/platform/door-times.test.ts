import { doorTimes } from '../../lib/platform/door-times';

test.each([
  { from: '08:30', until: '18:00', times: { opens: '30 8 * * 1,5', closes: '0 18 * * 1,5', lasts: 570 } },
  { from: '09:00', until: '09:45', times: { opens: '0 9 * * 1,5', closes: '45 9 * * 1,5', lasts: 45 } },
  { from: '09:45', until: '11:15', times: { opens: '45 9 * * 1,5', closes: '15 11 * * 1,5', lasts: 90 } },
])('a door opens at $from and closes at $until on its days, by the week', ({ from, times, until }) => {
  expect(doorTimes({ days: ['friday', 'monday'], from, until })).toEqual(times);
});
