import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ExternalSecret } from '../../lib/aws/secret';
import { secret as schema } from '../../lib/platform/nouns/storage';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

const name = 'retailflow-production/payment-provider';

function made(fields: readonly string[] = ['apiKey', 'webhookKey']) {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const spec = schema.parse({ description: 'API key of the payment provider', fields });
  return { stack, secret: new ExternalSecret(stack, 'Payment', { name, spec, key }) };
}

const template = remember((fields?: readonly string[]) => templateOf(made(fields).stack));
const entries = (fields?: readonly string[]) => template(fields).findResources('AWS::SecretsManager::Secret');

describe('a secret from outside', () => {
  test('keeps every field in an entry of its own, under the name that people know', () => {
    expect(Object.values(entries()).map((entry) => entry['Properties'].Name)).toEqual([
      `${name}/apiKey`,
      `${name}/webhookKey`,
    ]);
  });

  test('holds what nobody guesses until the value is written', () => {
    template().allResourcesProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      SecretString: Match.absent(),
    });
  });

  test('says why no schedule rotates an entry, but for one whose schedule stands in a later stack', () => {
    const stack = testStack();
    new ExternalSecret(stack, 'Keys', {
      name,
      spec: schema.parse({ description: 'Keys in turn', fields: ['current', 'key'] }),
      key: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
      rotation: { reason: 'They are rotated together, from a later stack.', scheduled: ['current'] },
    });
    const reasons = Object.values(templateOf(stack).findResources('AWS::SecretsManager::Secret')).map(
      (entry): unknown => entry['Metadata']?.['mainstay:unrotated'],
    );
    expect(reasons).toEqual([undefined, 'They are rotated together, from a later stack.']);
    expect(Object.values(entries()).map((entry) => String(entry['Metadata']['mainstay:unrotated']))).toEqual([
      expect.stringContaining('third party'),
      expect.stringContaining('third party'),
    ]);
  });

  test('leaves the entries of other fields as they are when a field is added', () => {
    const before = entries(['apiKey']);
    expect(entries(['webhookKey', 'apiKey'])).toMatchObject(before);
  });

  test('is encrypted with the customer key', () => {
    template().allResourcesProperties('AWS::SecretsManager::Secret', {
      KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    });
  });

  test('outlives its stack', () => {
    template().allResources('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('says what it is', () => {
    template().hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: 'API key of the payment provider: apiKey',
    });
  });

  test('refuses every other account, in each entry', () => {
    template().resourceCountIs('AWS::SecretsManager::ResourcePolicy', 2);
    template().allResourcesProperties('AWS::SecretsManager::ResourcePolicy', {
      BlockPublicPolicy: true,
      ResourcePolicy: {
        Statement: [
          {
            Sid: 'RefuseOtherAccounts',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'secretsmanager:*',
            Resource: '*',
            Condition: {
              StringNotEquals: { 'aws:PrincipalAccount': account },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ],
      },
    });
  });

  test('is not rotated by AWS, which cannot know the value', () => {
    template().resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test('gives no value and no path, and a secret a field', () => {
    const { secret } = made();
    expect(secret.values()).toEqual({});
    expect(secret.reach).toEqual([]);
    expect(Object.keys(secret.secrets)).toEqual(['apiKey', 'webhookKey']);
  });

  test('leaves no finding open, and acknowledges none that is not there', () => {
    const { secret } = made();
    expect(findings(secret)).toEqual([]);
    expect(staleAcknowledgements(secret)).toEqual([]);
  });
});

describe('a service that uses a secret', () => {
  const output = (part: string) => ({
    'Fn::GetStackOutput': { StackName: 'Test', Region: region, OutputName: expect.stringContaining(part) },
  });

  function used() {
    const { stack, secret } = made();
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    secret.grant(new iam.ManagedPolicy(other, 'Policy', { roles: [role] }), { service: 'payment', kind: 'secrets' });
    const task = new ecs.FargateTaskDefinition(other, 'Task', { executionRole: role });
    task.addContainer('App', { image: ecs.ContainerImage.fromRegistry('app'), secrets: { ...secret.secrets } });
    return { stack, other: templateOf(other) };
  }

  test('may read each entry, and decrypt that entry through Secrets Manager', () => {
    const [policy] = Object.values(used().other.findResources('AWS::IAM::ManagedPolicy'));
    const entries = [output('PaymentApiKey'), output('PaymentWebhookKey')];
    const statements = policy?.['Properties'].PolicyDocument.Statement as readonly unknown[];
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: entries },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: output('Key'),
        Condition: {
          StringEquals: {
            'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
            'kms:EncryptionContext:SecretARN': entries,
          },
        },
      },
    ]);
  });

  test('receives the whole of an entry by its address', () => {
    used().other.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        {
          Secrets: [
            {
              Name: 'apiKey',
              ValueFrom: Match.objectEquals({ 'Fn::GetStackOutput': Match.objectLike({ StackName: 'Test' }) }),
            },
            { Name: 'webhookKey', ValueFrom: Match.anyValue() },
          ],
        },
      ],
    });
  });

  test('is named in no policy of the entries or the key', () => {
    const without = (template: Record<string, unknown>) => ({ ...template, Outputs: undefined });
    expect(without(templateOf(used().stack).toJSON())).toEqual(without(templateOf(made().stack).toJSON()));
  });

  test('fails when the use is not one of a secret', () => {
    const { stack, secret } = made();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(() => secret.grant(role, { service: 'payment', kind: 'reads' })).toThrow(
      'Test/Payment can be used for secrets, got reads by payment',
    );
  });
});
