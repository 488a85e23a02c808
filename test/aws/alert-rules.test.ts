import { ruleGroups } from '../../lib/aws/alert-rules';

const broken = {
  expression: 'a:rate5m > 1',
  minutes: 5,
  severity: 2,
  description: 'It is broken.',
  runbook: 'mending',
} as const;

test('a group reckons its figures before it asks for them, every minute', () => {
  expect(
    JSON.parse(ruleGroups('goals', { figures: { 'a:rate5m': 'sum(rate(a[5m]))' }, alerts: { Broken: broken } })),
  ).toEqual({
    groups: [
      {
        name: 'goals',
        interval: '1m',
        rules: [
          { record: 'a:rate5m', expr: 'sum(rate(a[5m]))' },
          {
            alert: 'goals-Broken',
            expr: 'a:rate5m > 1',
            for: '5m',
            labels: { severity: '2' },
            annotations: { description: 'It is broken. Runbook: docs/runbooks/mending.md' },
          },
        ],
      },
    ],
  });
});
