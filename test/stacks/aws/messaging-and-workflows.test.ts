import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import allocations from '../../../allocations/retailflow.json';
import { context } from '../../../cdk.json';
import { Alarms } from '../../../lib/aws/alarms';
import { nothingTold } from '../../../lib/platform/outputs';
import { consumersOf, siteOn, type Platform } from '../../../lib/platform/platform';
import { resolve } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';
import { MessagingStack } from '../../../stacks/aws/messaging';
import { WorkflowsStack } from '../../../stacks/aws/workflows';
import { account, findings, region } from '../../support/aws';

const env = { account, region };
const production = resolve(retailflow, { stage: 'production', allocations });

function made(platform: Platform = production) {
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error('RetailFlow has a site on AWS');
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  const security = new Stack(app, 'Security', { env });
  const key = (id: string) => new kms.Key(security, id, { enableKeyRotation: true });
  const keys = { messaging: key('Messaging'), logs: key('Logs') };
  const alarms = new Alarms(security, 'Alarms', { key: key('Alarms-key'), email: 'on-call@example.com' });
  const messaging = new MessagingStack(app, 'Messaging', { env, platform, site, keys, alarms, outputs: nothingTold });
  const { queues } = messaging.capabilities;
  const workflows = new WorkflowsStack(app, 'Workflows', { env, platform, site, keys, alarms, queues });
  return { security, messaging, workflows };
}

describe('the messaging and workflow stacks of RetailFlow', () => {
  const { security, messaging, workflows } = made();
  let inWorkflows: Template;
  beforeAll(() => {
    inWorkflows = Template.fromStack(workflows);
  });

  test('have every queue, topic and workflow of the platform', () => {
    expect(Object.keys(messaging.capabilities.queues)).toEqual(Object.keys(production.queues));
    expect(Object.keys(messaging.capabilities.topics)).toEqual(Object.keys(production.topics));
    expect(Object.keys(workflows.capabilities.workflows)).toEqual(Object.keys(production.workflows));
  });

  test('depend on each other one way', () => {
    const ids = (stack: Stack) => stack.dependencies.map(({ node }) => node.id).sort();
    expect(ids(workflows)).toEqual(['Messaging', 'Security']);
    expect(ids(messaging)).toEqual(['Security']);
    expect(ids(security)).toEqual([]);
  });

  test('hold no name of a service but where a workflow commands it, so that adding a service changes neither', () => {
    const text = JSON.stringify(Template.fromStack(messaging).toJSON());
    expect(consumersOf(production, 'analytics-events')).toEqual(['analytics']);
    expect(text).not.toMatch(/AWS::IAM::/);
    expect(Object.values(inWorkflows.findResources('AWS::IAM::ManagedPolicy'))).toHaveLength(1);
  });

  test('subscribe each queue that the platform names to its topic', () => {
    const inMessaging = Template.fromStack(messaging);
    const wanted = Object.values(production.topics).flatMap(({ subscribers }) => subscribers);
    inMessaging.resourceCountIs('AWS::SNS::Subscription', wanted.length);
  });

  test('keep logs as long as the stage says', () => {
    inWorkflows.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: production.stage.logDays });
  });

  test('are protected where the stage is', () => {
    expect([messaging.terminationProtection, workflows.terminationProtection]).toEqual([true, true]);
  });

  test('have no finding', () => {
    expect([...findings(messaging), ...findings(workflows)]).toEqual([]);
  });
});

test('fails when a workflow notifies a queue that nobody passes', () => {
  const { 'order-saga': saga } = production.workflows;
  if (saga === undefined) throw new Error('RetailFlow has an order saga');
  const workflows = { 'order-saga': { ...saga, notifies: 'nowhere' } };
  expect(() => made({ ...production, workflows })).toThrow(
    'queues must be one of analytics-events, notifications, order-updates, orders, undelivered, got nowhere',
  );
});

test('stand without resources where a platform has no messages', () => {
  const { messaging, workflows } = made({ ...production, queues: {}, topics: {}, messages: {}, workflows: {} });
  for (const stack of [messaging, workflows]) expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
});
