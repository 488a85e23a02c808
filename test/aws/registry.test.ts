import * as iam from 'aws-cdk-lib/aws-iam';
import { imagesOf } from '../../lib/aws/images';
import { Registry } from '../../lib/aws/registry';
import retailflow from '../../platforms/retailflow';
import shopflow from '../../platforms/shopflow';
import { account, findings, region, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';

const platform = resolved(retailflow);

function made() {
  const stack = testStack();
  const { key } = surroundings(stack);
  return { stack, key, registry: new Registry(stack, 'Registry', { platform, key, copies: imagesOf(platform) }) };
}

test('the collector is copied where services tell of themselves', () => {
  expect(imagesOf(resolved(shopflow))).toEqual(['busybox', 'kong', 'postgres', 'collector']);
});

describe('Registry', () => {
  const { stack, key, registry } = made();
  const template = templateOf(stack);

  test('has a repository for every service, under the name by which pipelines push', () => {
    expect(Object.keys(registry.repositories)).toEqual([
      'analytics',
      'catalog',
      'failover',
      'notification',
      'order',
      'payment',
      'user',
    ]);
    for (const service of Object.keys(registry.repositories)) {
      template.hasResourceProperties('AWS::ECR::Repository', { RepositoryName: `retailflow-production/${service}` });
    }
  });

  test('has a repository for every image that the platform runs of others', () => {
    expect(Object.keys(registry.copies)).toEqual(['busybox', 'kong', 'postgres', 'collector']);
    for (const image of Object.keys(registry.copies)) {
      template.hasResourceProperties('AWS::ECR::Repository', {
        RepositoryName: `retailflow-production/copies/${image}`,
      });
    }
    template.resourceCountIs('AWS::ECR::Repository', 7 + 4);
  });

  test('lets no tag move, scans what is pushed, and encrypts with the given key', () => {
    template.allResourcesProperties('AWS::ECR::Repository', {
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: stack.resolve(key.keyArn) },
    });
  });

  test('keeps fifty released images, removes untagged ones after two weeks, and touches no other', () => {
    const policies = Object.values(template.findResources('AWS::ECR::Repository')).map(
      ({ Properties }) => JSON.parse(Properties.LifecyclePolicy.LifecyclePolicyText) as object,
    );
    expect(policies).toHaveLength(11);
    for (const policy of policies) {
      expect(policy).toEqual({
        rules: [
          {
            rulePriority: 1,
            description: 'Keep the latest 50 released images',
            selection: {
              tagStatus: 'tagged',
              tagPrefixList: ['release-'],
              countType: 'imageCountMoreThan',
              countNumber: 50,
            },
            action: { type: 'expire' },
          },
          {
            rulePriority: 2,
            description: 'Remove untagged images after 14 days',
            selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 14, countUnit: 'days' },
            action: { type: 'expire' },
          },
        ],
      });
    }
  });

  test('stays, with its images, when its stack goes', () => {
    template.allResources('AWS::ECR::Repository', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(JSON.stringify(template.toJSON())).not.toContain('EmptyOnDelete');
  });

  test('bears its data class, and opens to nobody by a policy of its own', () => {
    template.allResourcesProperties('AWS::ECR::Repository', { Tags: [{ Key: 'data-class', Value: 'internal' }] });
    expect(JSON.stringify(template.toJSON())).not.toContain('RepositoryPolicyText');
  });

  test('has no finding', () => {
    expect(findings(registry)).toEqual([]);
  });

  test('grants pulling to the policy of whoever pulls, and keeps its own template', () => {
    const { stack: other, registry: pulled } = made();
    const before = JSON.stringify(templateOf(made().stack).findResources('AWS::ECR::Repository'));
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    const policy = new iam.ManagedPolicy(other, 'Policy', { roles: [role] });
    pulled.repositories['order']?.grantPull(policy);
    expect(JSON.stringify(templateOf(other).findResources('AWS::ECR::Repository'))).toBe(before);
    expect(other.resolve(policy.document).Statement).toContainEqual(
      expect.objectContaining({ Resource: other.resolve(pulled.repositories['order']?.repositoryArn) }),
    );
    expect(pulled.repositories['order']?.env).toMatchObject({ account, region });
  });
});
