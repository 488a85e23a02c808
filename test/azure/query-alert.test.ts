import { queryWindow } from '../../lib/azure/query-alert';

test.each([
  [1, 5],
  [60, 60],
  [61, 120],
  [361, 1440],
  [1440, 1440],
  [1590, 2880],
  [2880, 2880],
  [2881, undefined],
])('logs of %i minutes are asked over %s', (minutes, window) => {
  expect(queryWindow(minutes)).toBe(window);
});
