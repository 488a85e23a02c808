import { ServiceObservability } from '../../lib/aws/service-observability';
import type { ServiceFigures } from '../../lib/aws/figures';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { widgetsOf } from '../support/dashboards';
import { consumerOf, goals, serviceOf, trafficOf } from '../support/figures';

function made(figures: ServiceFigures) {
  const stack = testStack();
  const { alarms } = surroundings(stack);
  const subject = new ServiceObservability(stack, 'Watch', { figures, prefix: 'shop-production', goals, alarms });
  const template = templateOf(stack);
  return { subject, template, widgets: widgetsOf(template)[`shop-production-${figures.name}`] ?? [] };
}
const titlesOf = ({ widgets }: ReturnType<typeof made>) =>
  widgets.map(({ properties }) => properties.title ?? properties.markdown);

describe('a service with routes', () => {
  const service = made(serviceOf('order', trafficOf('order', 2)));

  test('shows what its promises have come to, its requests and its tasks', () => {
    expect(titlesOf(service)).toEqual([
      'Last 30 days',
      'Last 30 days',
      'Error budgets',
      '## Requests',
      'Requests',
      'Failed requests',
      'Response time',
      '## Tasks',
      'Processor',
      'Memory',
      'Tasks',
    ]);
  });

  test('counts its promises over all of the last 30 days at once', () => {
    const [failures, slowness] = service.widgets;
    for (const widget of [failures, slowness]) {
      expect(widget?.properties).toMatchObject({ start: '-P30D', setPeriodToTimeRange: true });
    }
    const shown = (widget: typeof failures) =>
      (widget?.properties.metrics ?? [])
        .map((metric) => metric[metric.length - 1] as { label?: string; expression?: string; visible?: boolean })
        .filter(({ visible }) => visible !== false)
        .map(({ expression, label }) => [label, expression]);
    expect(shown(failures)).toEqual([
      ['good requests, percent of 99.9', '100-share'],
      ['error budget left, percent', '100-100*share/0.1'],
    ]);
    expect(shown(slowness)).toEqual([
      ['fast requests, percent of 95', '100-share'],
      ['error budget left, percent', '100-100*share/5'],
    ]);
  });

  test('shows both alarms on its objectives', () => {
    const [status] = service.widgets.filter(({ type }) => type === 'alarm');
    expect(status?.properties.alarms).toHaveLength(2);
    service.template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 2);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(service.subject)).toEqual([]);
    expect(staleAcknowledgements(service.subject)).toEqual([]);
  });
});

describe('a service without routes', () => {
  const service = made(consumerOf('mail'));

  test('shows its tasks, and promises nothing', () => {
    expect(titlesOf(service)).toEqual(['## Tasks', 'Processor', 'Memory', 'Tasks']);
    expect(service.subject.objectives).toBeUndefined();
    service.template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    service.template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
  });
});
