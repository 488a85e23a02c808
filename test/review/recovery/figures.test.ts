import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../bin/inputs';
import { clockSkewSeconds, leaseSeconds, underWaySeconds } from '../../../lib/platform/sql/keeper';
import { measured } from '../../../lib/review/recovery/data/figures';

test('what is taken for measured is no better than what the drill measured', () => {
  const rows = readFileSync(join(root, 'docs/guides/drill.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 10 && / s$/.test(cells[4] ?? ''));
  expect(rows.length).toBeGreaterThanOrEqual(5);
  const worst = (column: number): number => Math.max(...rows.map((cells) => Number.parseFloat(cells[column] ?? '')));
  const fence = leaseSeconds + underWaySeconds({ statementTimeoutSeconds: 30 }) + clockSkewSeconds;
  expect(worst(4) - fence).toBeLessThanOrEqual(measured.promotion.seconds);
  expect(worst(5)).toBeLessThanOrEqual(measured.databasePoint.seconds);
});
