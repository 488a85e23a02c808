import { Observability } from '../../lib/aws/observability';
import type { PlatformFigures } from '../../lib/aws/platform-dashboard';
import type { Goals } from '../../lib/platform/nouns/goals';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { widgetsOf } from '../support/dashboards';
import { everything, goals, nothing } from '../support/figures';

function made(figures: PlatformFigures, promised: Goals) {
  const stack = testStack();
  const { alarms } = surroundings(stack);
  const subject = new Observability(stack, 'Observability', {
    figures,
    prefix: 'shop-production',
    goals: promised,
    alarms,
    email: 'on-call@example.com',
    costAnomalies: 'own',
    platform: { caches: {}, databases: {}, searches: {} },
    siteName: 'primary',
  });
  return { subject, template: templateOf(stack) };
}

describe('Observability', () => {
  const { subject, template } = made(everything, { ...goals, monthlyDollars: 5000 });

  test('has a dashboard of the platform and one of its gateway, and leaves services theirs', () => {
    expect(Object.keys(widgetsOf(template)).sort()).toEqual(['shop-production', 'shop-production-gateway']);
  });

  test('watches the objectives of the gateway, which counts what the load balancer turned away', () => {
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'shop-production-gateway-slo-availability',
    });
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 2);
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).toContain('HTTPCode_ELB_5XX_Count');
  });

  test('traces requests through the gateway and every service', () => {
    template.hasResourceProperties('AWS::Logs::QueryDefinition', {
      LogGroupNames: ['/shop/gateway', '/shop/order', '/shop/user-data', '/shop/mail'],
    });
  });

  test('watches spending', () => {
    template.resourceCountIs('AWS::Budgets::Budget', 1);
  });

  test('watches what is paid for ahead where the platform means to', () => {
    const ahead = made(nothing, { ...goals, commitments: { coveredPercent: 60, usedPercent: 90 } });
    expect(ahead.subject.commitments?.budgets).toHaveLength(2);
    expect(subject.commitments).toBeUndefined();
  });

  test('has neither gateway nor budget where the platform has none', () => {
    const left = made(nothing, goals);
    expect(left.subject.gateway).toBeUndefined();
    expect(left.subject.budget).toBeUndefined();
    for (const type of ['AWS::CloudWatch::CompositeAlarm', 'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor']) {
      left.template.resourceCountIs(type, 0);
    }
    expect(Object.keys(widgetsOf(left.template))).toEqual(['shop-production']);
  });

  test('does not grow with the number of services', () => {
    const many = {
      ...everything,
      services: Array.from({ length: 40 }, () => everything.services)
        .flat()
        .map((service, index) => ({ ...service, name: `service-${index}` })),
    };
    const count = (figures: PlatformFigures) =>
      Object.keys(made(figures, goals).template.toJSON().Resources as object).length;
    expect(count(many) - count(everything)).toBeLessThanOrEqual(3);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});
