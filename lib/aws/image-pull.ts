import { aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcards } from './acknowledge';
import { agentRepositoryArn } from './guardduty-agents';

/**
 * Lets ECS pull what a task runs: the images of its containers, and the agent with which GuardDuty watches them. Call it
 * once for a policy, with every repository.
 */
export function allowPull(policy: iam.ManagedPolicy, repositories: readonly ecr.IRepository[]): void {
  const { partition, region } = Stack.of(policy);
  const agent = ecr.Repository.fromRepositoryArn(policy, 'Agent', agentRepositoryArn(partition, region));
  for (const repository of new Set([...repositories, agent])) repository.grantPull(policy);
  acknowledgeWildcards(policy, [
    {
      action: 'ecr:GetAuthorizationToken',
      reason: 'The token is for the registry as a whole; pulling is granted a repository.',
    },
  ]);
}
