import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { context } from '../../../cdk.json';
import { Alarms } from '../../../lib/aws/alarms';
import { siteOn } from '../../../lib/platform/platform';
import retailflow from '../../../platforms/retailflow';
import techflow from '../../../platforms/techflow-solutions';
import { DeliveryStack } from '../../../stacks/aws/delivery';
import { account, findings, region } from '../../support/aws';
import { resolved } from '../../support/platform';

function made(stage: string, definition = retailflow) {
  const platform = resolved(definition, stage);
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error(`${stage} has no site on AWS`);
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  const env = { account, region };
  const security = new Stack(app, 'Security', { env });
  const messaging = new kms.Key(security, 'Messaging', { enableKeyRotation: true });
  const stack = new DeliveryStack(app, 'Delivery', {
    env,
    platform,
    site,
    keys: { data: new kms.Key(security, 'Data', { enableKeyRotation: true }), messaging },
    alarms: new Alarms(security, 'Alarms', { key: messaging, email: 'on-call@example.com' }),
  });
  return { platform, security, stack, template: Template.fromStack(stack) };
}

describe('DeliveryStack', () => {
  const { stack, template } = made('production');

  test('has the repositories, the provider and the roles of its stage, and nothing else', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { readonly Type: string }>).map(
      ({ Type }) => Type,
    );
    expect([...new Set(types)].sort()).toEqual([
      'AWS::ECR::Repository',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::OIDCProvider',
      'AWS::IAM::Role',
    ]);
    expect(Object.keys(stack.repositories)).toContain('order');
  });

  test('lets pipelines push to the copies of what others publish, as to its own images', () => {
    const pushed = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
    for (const [id] of Object.entries(template.findResources('AWS::ECR::Repository'))) expect(pushed).toContain(id);
  });

  test('lets pipelines deploy to its region and to the edge', () => {
    const text = JSON.stringify(template.toJSON());
    for (const deployed of ['ap-southeast-1', 'us-east-1']) {
      expect(text).toContain(`cdk-hnb659fds-deploy-role-111122223333-${deployed}`);
    }
    expect(text).not.toContain('lookup-role');
    expect(text).not.toContain('image-publishing-role');
    expect(text).not.toContain('cfn-exec-role');
  });

  test('lets pipelines deploy to every region from which journeys are walked', () => {
    const { platform, template } = made('production', techflow);
    const from = platform.stage.journeys?.from ?? [];
    expect(from.length).toBeGreaterThan(0);
    const text = JSON.stringify(template.toJSON());
    for (const walked of from) expect(text).toContain(`cdk-hnb659fds-deploy-role-111122223333-${walked}`);
  });

  test('names everything after its stage, so that no stage reaches another', () => {
    const text = JSON.stringify(made('development').template.toJSON());
    expect(text).toContain('retailflow-development/order');
    expect(text).toContain('environment:development');
    expect(text).not.toContain('production');
  });

  test('has no finding', () => {
    expect(findings(stack)).toEqual([]);
  });
});
