import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { context } from '../../../cdk.json';
import { documentationValues } from '../../../lib/platform/documentation-values';
import { siteOn, type Platform } from '../../../lib/platform/platform';
import { preparePlatformStack } from '../../../stacks/aws/platform-stack';
import { resolved, retailflowWith } from '../../support/platform';
import { retailflowIn } from '../../support/service-world';
import { only } from '../../support/template';

/** A stack with one resource, prepared for a platform. */
function prepared(platform: Platform) {
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error(`${platform.stageName} does not stand on aws`);
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  const stack = new Stack(app, 'Stack', { env: { account: site.account, region: site.region } });
  preparePlatformStack(stack, { platform, site });
  new sqs.Queue(stack, 'Queue');
  return { stack, template: Template.fromStack(stack) };
}

/** RetailFlow with nothing in it that only documents use. */
const real = resolved(
  retailflowWith({
    owner: { email: 'platform@shop.sg' },
    integrations: Object.fromEntries(
      ['payments', 'shipping', 'stock'].map((name) => [name, { host: `api.${name}.sg` }]),
    ),
    messages: {
      customers: { push: { apple: { topic: 'sg.shop.app' }, google: { project: 'shop-customers' } } },
    },
    delivery: {
      repository: 'shop/retailflow',
      manifests: { repository: 'https://github.com/shop/retailflow-manifests' },
    },
    gateway: { tokens: { issuer: 'https://shop.sg' } },
    stages: {
      production: {
        domain: 'shop.sg',
        hostedZone: { id: 'Z0123456789ABC', name: 'shop.sg' },
        alarms: { email: 'on-call@shop.sg' },
        sites: {
          primary: {
            account: '210987654321',
            tokenIssuer: 'https://5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95.tokens.sts.global.api.aws',
          },
          recovery: {
            subscription: '7e9b7a1c-55b0-4c8e-9f6f-0d1f6a1a2b3c',
            tenant: '0b6d5f34-8f0e-4f5f-a6a1-5a5d1a0b9c8d',
            administrators: { objectId: '5f1d2c3b-7a64-4e90-8b1c-3d5e7f9a1b2c' },
            state: { account: 'shopterraform' },
          },
        },
      },
    },
  }),
);

describe('a stack of a platform', () => {
  const { stack, template } = prepared(retailflowIn('production'));

  test('is tagged with platform, stage, owner and cost centre, on every resource', () => {
    expect(only(template, 'AWS::SQS::Queue').properties['Tags']).toEqual([
      { Key: 'cost-centre', Value: 'commerce' },
      { Key: 'owner', Value: 'platform' },
      { Key: 'platform', Value: 'retailflow' },
      { Key: 'stage', Value: 'production' },
    ]);
  });

  test('cannot be deleted by mistake', () => {
    expect(stack.terminationProtection).toBe(true);
    expect(prepared(retailflowIn('staging')).stack.terminationProtection).toBe(true);
  });

  test('can be deleted where the stage is not protected', () => {
    expect(prepared(retailflowIn('development')).stack.terminationProtection).toBe(false);
  });
});

describe('a stack with documentation values', () => {
  const platform = retailflowIn('production');
  const { template } = prepared(platform);
  const values = documentationValues(platform);
  const { Assertions, RuleCondition } = template.toJSON().Rules.NoDocumentationValues;

  test('is refused, whatever the circumstances', () => {
    expect(RuleCondition).toBeUndefined();
    for (const { Assert } of Assertions) {
      expect(Assert).toEqual({ 'Fn::Equals': [{ Ref: 'DocumentationValues' }, ''] });
    }
  });

  test('names every value that must be replaced, and where', () => {
    expect(values.length).toBeGreaterThan(8);
    expect(Assertions.map(({ AssertDescription }: { AssertDescription: string }) => AssertDescription)).toEqual(
      values.map(
        ({ path, value }) => `${path} is the documentation value ${value}: replace it in platforms/retailflow.ts`,
      ),
    );
  });

  test('has a parameter that lists them, so that the rule does not hold', () => {
    const parameter = template.toJSON().Parameters.DocumentationValues;
    expect(parameter).toMatchObject({ Type: 'String' });
    expect(parameter.Default.split(', ')).toEqual(values.map(({ path }) => path));
  });

  test('fits into what CloudFormation takes', () => {
    expect(template.toJSON().Parameters.DocumentationValues.Default.length).toBeLessThanOrEqual(4096);
  });
});

describe('a stack without documentation values', () => {
  const json = prepared(real).template.toJSON();

  test('is not refused', () => {
    expect(documentationValues(real)).toEqual([]);
    expect(json.Rules?.NoDocumentationValues).toBeUndefined();
    expect(json.Parameters?.DocumentationValues).toBeUndefined();
  });
});
