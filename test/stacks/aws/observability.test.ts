import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { context } from '../../../cdk.json';
import { Alarms } from '../../../lib/aws/alarms';
import { queueFigures } from '../../../lib/aws/figures-of';
import { siteOn } from '../../../lib/platform/platform';
import retailflow from '../../../platforms/retailflow';
import { ObservabilityStack } from '../../../stacks/aws/observability';
import { account, findings, region, staleAcknowledgements } from '../../support/aws';
import { everything } from '../../support/figures';
import { production, resolved, retailflowWith } from '../../support/platform';

const env = { account, region };

function made(patch: unknown = {}) {
  const platform = resolved(retailflowWith(production(patch)));
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error('RetailFlow has no site on AWS');
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  const security = new Stack(app, 'Security', { env });
  const key = new kms.Key(security, 'Key', { enableKeyRotation: true });
  const alarms = new Alarms(security, 'Alarms', { key, email: 'on-call@example.com' });
  const messaging = new Stack(app, 'Messaging', { env });
  const queue = new sqs.Queue(messaging, 'Queue');
  const deadLetters = new sqs.Queue(messaging, 'DeadLetters');
  const services = new Stack(app, 'Services', { env });
  const logGroup = new logs.LogGroup(services, 'Logs');
  const stack = new ObservabilityStack(app, 'Observability', {
    env,
    platform,
    site,
    alarms,
    figures: {
      ...everything,
      services: everything.services.map((service) => ({ ...service, logGroupName: logGroup.logGroupName })),
      queues: [queueFigures('mails', { maxAgeSeconds: 300 }, { queue, deadLetters })],
    },
  });
  return { stack, others: [security, messaging, services], template: () => Template.fromStack(stack) };
}

describe('the observability stack of RetailFlow', () => {
  const { others, stack, template } = made();
  let synthesized: Template;
  beforeAll(() => {
    synthesized = template();
  });

  test('holds the goals of the definition', () => {
    synthesized.hasResourceProperties('AWS::Budgets::Budget', { Budget: { BudgetLimit: { Amount: 88_000 } } });
    synthesized.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'retailflow-production-gateway-slo-availability',
    });
    const thresholds = Object.entries(synthesized.findResources('AWS::CloudWatch::Alarm'))
      .filter(([id]) => id.includes('AvailabilityFast'))
      .map(([, { Properties }]) => (Properties as { readonly Threshold: number }).Threshold);
    expect(thresholds).toEqual([0.144, 0.144]);
  });

  test('refers to other stacks, and none of them to it', () => {
    expect(stack.dependencies.map(({ node }) => node.id).sort()).toEqual(['Messaging', 'Security', 'Services']);
    for (const other of others) expect(other.dependencies).toEqual([]);
    expect(JSON.stringify(synthesized.toJSON())).toContain('Fn::GetStackOutput');
    expect(JSON.stringify(synthesized.toJSON())).not.toContain('Fn::ImportValue');
  });

  test('is protected, tagged, and refuses documentation values, as every stack', () => {
    expect(stack.terminationProtection).toBe(true);
    expect(Object.keys(synthesized.toJSON().Rules as object)).toContain('NoDocumentationValues');
  });

  test('leaves spending out of the ordinary to the organisation where the stage says so', () => {
    synthesized.resourceCountIs('AWS::CE::AnomalyMonitor', 1);
    made({ audit: { costAnomalies: 'organization' } })
      .template()
      .resourceCountIs('AWS::CE::AnomalyMonitor', 0);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(stack)).toEqual([]);
    expect(staleAcknowledgements(stack)).toEqual([]);
  });
});

test('the definition may leave every service of the account to the organisation', () => {
  const owners = ['trail', 'config', 'threatDetection', 'findings', 'accessAnalyzer', 'vulnerabilityScanning'];
  const audit = Object.fromEntries(owners.map((service) => [service, 'organization']));
  expect(resolved(retailflowWith(production({ audit }))).stage.audit).toMatchObject(audit);
  expect(resolved(retailflow).stage.audit.trail).toBe('own');
});
