import { Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards, prefixedRuleId } from '../../lib/aws/acknowledge';
import { findings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const reason = 'The reason of a test, long enough to be weighed.';

describe('prefixedRuleId', () => {
  test.each([
    ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
    ['NIST.800.53.R5-ALBWAFEnabled', 'NIST.800.53.R5::NIST.800.53.R5-ALBWAFEnabled'],
    ['PCI.DSS.321-ALBWAFEnabled', 'PCI.DSS.321::PCI.DSS.321-ALBWAFEnabled'],
    ['CloudFormation-Validate::F3002', 'CloudFormation-Validate::F3002'],
  ])('%s is recorded as %s', (id, recorded) => {
    expect(prefixedRuleId(id)).toBe(recorded);
  });

  test.each(['IAM5', 'HIPAA.Security-IAMNoInlinePolicy', 'Resource::*'])(
    'fails when no pack of the platform has a rule like %s',
    (id) => {
      expect(() => prefixedRuleId(id)).toThrow(`got ${id}`);
    },
  );
});

describe('acknowledge', () => {
  test('records the reason on the construct, under the id that the pack reports', () => {
    const construct = new Construct(testStack(), 'Subject');
    acknowledge(construct, { 'AwsSolutions-ECS2': reason });
    expect(
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .map(({ data }) => data as unknown),
    ).toEqual([{ 'AwsSolutions::AwsSolutions-ECS2': reason }]);
  });

  test('fails when the reason is too short to be weighed', () => {
    const construct = new Construct(testStack(), 'Subject');
    expect(() => {
      acknowledge(construct, { 'AwsSolutions-ECS2': 'fine' });
    }).toThrow('Test/Subject: the reason for AwsSolutions-ECS2 must be at least 20 characters, got "fine"');
  });
});

describe('acknowledgeWildcards', () => {
  const policyOf = (stack = testStack()) =>
    new iam.ManagedPolicy(stack, 'Policy', {
      statements: [new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] })],
    });

  test('answers the finding and leaves each action with its reason in the template', () => {
    const policy = policyOf();
    expect(findings(policy)).toEqual([expect.stringContaining('AwsSolutions-IAM5[Resource::*]')]);
    acknowledgeWildcards(policy, [{ action: 'ecr:GetAuthorizationToken', reason }]);
    expect(findings(policy)).toEqual([]);
    const { logicalId } = only(templateOf(policy), 'AWS::IAM::ManagedPolicy');
    expect(templateOf(policy).toJSON().Resources[logicalId].Metadata).toEqual({
      'mainstay:wildcards': [{ action: 'ecr:GetAuthorizationToken', reason }],
    });
  });

  test('fails when there is no resource to write it on', () => {
    const construct = new Construct(testStack(), 'Subject');
    expect(() => {
      acknowledgeWildcards(construct, [{ action: 'ecr:GetAuthorizationToken', reason }]);
    }).toThrow('Test/Subject is not a resource');
  });
});
