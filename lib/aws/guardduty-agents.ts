import { PlatformError } from '../platform/error';
import accounts from './guardduty-agents.json';

/**
 * Repository of the agent that GuardDuty puts beside every task on Fargate, by the account of Amazon's that keeps it in
 * the region. The execution role of a task must be allowed to pull it.
 *
 * Source: GuardDuty user guide, "ECR repository for GuardDuty agent on AWS Fargate", read in November 2026.
 *
 * @throws PlatformError if the account of the region is not kept here.
 */
export function agentRepositoryArn(partition: string, region: string): string {
  const account = (accounts as Readonly<Record<string, string>>)[region];
  if (account !== undefined) {
    return `arn:${partition}:ecr:${region}:${account}:repository/aws-guardduty-agent-fargate`;
  }
  throw new PlatformError('threat detection on aws', [
    {
      path: 'stage.sites.primary.region',
      got: region,
      allowed: `a region whose agent of GuardDuty is kept here, which are ${Object.keys(accounts).join(', ')}`,
      remedy:
        "add the account of the region's repository to lib/aws/guardduty-agents.json, from GuardDuty's user guide",
    },
  ]);
}
