import type { Hardened } from './mutations';

/** What work by the clock must not lose on AWS. */
export const hardenedJobs: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::Scheduler::Schedule': [
    {},
    { path: 'ScheduleExpression', weak: ['cron(0 0 1 1 ? *)', 'rate(30 days)'] },
    { path: 'ScheduleExpressionTimezone', weak: ['America/New_York'] },
    { path: 'Target.Arn', weak: ['arn:aws:scheduler:::aws-sdk:iam:createUser'] },
    { path: 'Target.RoleArn', weak: ['arn:aws:iam::111122223333:role/Admin'] },
    { path: 'Target.DeadLetterConfig.Arn', weak: ['arn:of:something:else'] },
    { path: 'Target.RetryPolicy.MaximumEventAgeInSeconds', weak: [86_400] },
  ],
};
