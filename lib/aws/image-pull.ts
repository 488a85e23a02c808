import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import { acknowledgeWildcards } from './acknowledge';
import { agentRepositoryArn } from './guardduty-agents';

/**
 * Lets ECS pull what a task runs: the images of its containers, and the agent with which GuardDuty watches them. Call it
 * once for a policy, with every repository.
 */
export function allowPull(policy: iam.ManagedPolicy, repositories: readonly ecr.IRepository[]): void {
  const { partition, region } = Stack.of(policy);
  const arns = repositories.map(({ repositoryArn }) => repositoryArn);
  policy.addStatements(
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      resources: [...new Set([...arns, agentRepositoryArn(partition, region)])],
    }),
    new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
  );
  acknowledgeWildcards(policy, [
    {
      action: 'ecr:GetAuthorizationToken',
      reason: 'The token is for the registry as a whole; pulling is granted a repository.',
    },
  ]);
}
