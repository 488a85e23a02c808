import { aws_iam as iam, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import { tokenAudience, tokenIssuer, tokenSubject } from '../platform/delivery';
import { deliveryRole, type DeliveryTask } from '../platform/names';
import type { Delivery } from '../platform/nouns/delivery';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import { regional } from './regional';

export interface DeliveryRolesProps {
  readonly platform: Pick<Platform, 'name' | 'stageName' | 'delivery'>;
  /** Where they may push images. */
  readonly repositories: readonly ecr.IRepository[];
  /** Regions to which they may deploy. */
  readonly regions: readonly string[];
}

/** What a pushed image takes: no deletion, and no change of a repository. */
const pushActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

/** What a token must say for a role to be taken on: this repository, in a job of this stage's environment. */
export function tokenConditions(delivery: Delivery, stageName: string): iam.Conditions {
  const issuer = new URL(tokenIssuer).host;
  return {
    StringEquals: { [`${issuer}:aud`]: tokenAudience.aws, [`${issuer}:sub`]: tokenSubject(delivery, stageName) },
  };
}

/** The roles that bootstrapping makes in an account for deployments: change stacks, upload their files. */
export function bootstrapRoles(account: string, partition: string, regions: readonly string[]): readonly string[] {
  const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return regions.flatMap((region) =>
    ['deploy-role', 'file-publishing-role'].map(
      (role) => `arn:${partition}:iam::${account}:role/cdk-${qualifier}-${role}-${account}-${region}`,
    ),
  );
}

/**
 * How GitHub's workflows get into the account of a stage: no key is kept anywhere. A job of the environment with the
 * stage's name exchanges its token for one of two roles, for an hour: one pushes images to this stage's registry, the
 * other deploys stacks through the roles of the CDK's bootstrap. Protect that environment on GitHub: required
 * reviewers, and the branches that may deploy.
 */
export class DeliveryRoles extends Construct {
  /** An account has one provider for GitHub: two stages need two accounts. */
  public readonly provider: iam.OidcProviderNative;
  public readonly push: iam.Role;
  public readonly deploy: iam.Role;

  public constructor(scope: Construct, id: string, props: DeliveryRolesProps) {
    super(scope, id);
    this.provider = new iam.OidcProviderNative(this, 'GitHub', { url: tokenIssuer, clientIds: [tokenAudience.aws] });
    this.push = this.role('push', props);
    this.deploy = this.role('deploy', props);
    this.allowPush(props);
    this.allowDeploy(props);
  }

  private role(task: DeliveryTask, { platform }: DeliveryRolesProps): iam.Role {
    const { delivery, stageName } = platform;
    return new iam.Role(this, task === 'push' ? 'PushRole' : 'DeployRole', {
      // The configuration of pipelines names it.
      roleName: deliveryRole(platform, task),
      description: `${delivery.repository}, environment ${stageName}: ${task}`,
      assumedBy: new iam.OpenIdConnectPrincipal(this.provider, tokenConditions(delivery, stageName)),
      maxSessionDuration: Duration.hours(1),
    });
  }

  private allowPush({ repositories }: DeliveryRolesProps): void {
    const policy = new iam.ManagedPolicy(this, 'Push', {
      roles: [this.push],
      statements: [
        new iam.PolicyStatement({
          actions: pushActions,
          resources: repositories.map(({ repositoryArn }) => repositoryArn),
        }),
        regional(Stack.of(this).region, ['ecr:GetAuthorizationToken']),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'ECR gives one token for the whole registry and knows no resource for it; what the token can do is said by repository.',
    });
  }

  private allowDeploy({ regions }: DeliveryRolesProps): void {
    const { account, partition } = Stack.of(this);
    new iam.ManagedPolicy(this, 'Deploy', {
      roles: [this.deploy],
      statements: [
        new iam.PolicyStatement({
          actions: ['sts:AssumeRole'],
          resources: [...bootstrapRoles(account, partition, regions)],
        }),
      ],
    });
  }
}
