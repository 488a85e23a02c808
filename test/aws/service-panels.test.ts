import type { Panel } from '../../lib/aws/panels';
import { comparisonPanels, saturationPanels, taskPanels, trafficPanels } from '../../lib/aws/service-panels';
import { consumerOf, goals, serviceOf, trafficOf } from '../support/figures';

const shown = (panels: readonly Panel[]) =>
  panels.map(({ lines, marks = [], title, unit }) => ({
    title,
    unit,
    lines: lines.map((metric) => (metric as { readonly label?: string }).label),
    marks: marks.map(({ label, value }) => `${label} ${value}`),
  }));

describe('trafficPanels', () => {
  test('show rate, errors and duration against the goals', () => {
    expect(shown(trafficPanels(trafficOf('order'), goals))).toEqual([
      { title: 'Requests', unit: 'a minute', lines: ['requests'], marks: [] },
      { title: 'Failed requests', unit: 'percent', lines: ['failed'], marks: ['goal 0.5'] },
      { title: 'Response time', unit: 'ms', lines: ['p50', 'p95'], marks: ['goal of p95 800'] },
    ]);
  });
});

describe('taskPanels', () => {
  test('show how full tasks are, and their number between its bounds', () => {
    expect(shown(taskPanels(consumerOf('mail')))).toEqual([
      { title: 'Processor', unit: 'percent', lines: ['average', 'busiest'], marks: ['tasks are added 60'] },
      { title: 'Memory', unit: 'percent', lines: ['average', 'fullest'], marks: ['full 100'] },
      { title: 'Tasks', unit: 'tasks', lines: ['running'], marks: ['minimum 2', 'maximum 10'] },
    ]);
  });

  test('are of this one service', () => {
    for (const { lines } of taskPanels(consumerOf('mail'))) {
      for (const metric of lines) {
        expect(metric.toMetricConfig().metricStat?.dimensions).toEqual([
          { name: 'ClusterName', value: 'shop' },
          { name: 'ServiceName', value: 'shop-mail' },
        ]);
      }
    }
  });
});

describe('comparisonPanels', () => {
  test('draw a line a service, against the goals', () => {
    const services = ['order', 'user-data'].map((name) => ({ ...serviceOf(name), traffic: trafficOf(name) }));
    const lines = ['order', 'user-data'];
    expect(shown(comparisonPanels(services, goals))).toEqual([
      { title: 'Requests', unit: 'a minute', lines, marks: [] },
      { title: 'Failed requests', unit: 'percent', lines, marks: ['goal 0.5'] },
      { title: 'Response time, p95', unit: 'ms', lines, marks: ['goal of p95 800'] },
    ]);
  });
});

describe('saturationPanels', () => {
  const panels = saturationPanels([serviceOf('order'), consumerOf('mail')]);

  test('draw a line a service, with routes or without', () => {
    const lines = ['order', 'mail'];
    expect(shown(panels)).toEqual([
      { title: 'Processor', unit: 'percent', lines, marks: [] },
      { title: 'Memory', unit: 'percent', lines, marks: ['full 100'] },
      { title: 'Tasks of their maximum', unit: 'percent', lines, marks: ['cannot grow 100'] },
    ]);
  });

  test('measure tasks by the maximum of each service', () => {
    expect(panels[2]?.lines.map((metric) => metric.toMetricConfig().mathExpression?.expression)).toEqual([
      '100*order_tasks/10',
      '100*mail_tasks/10',
    ]);
  });
});
