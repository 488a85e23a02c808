import { agentRepositoryArn } from '../../lib/aws/guardduty-agents';
import { regionNames } from '../../lib/platform/regions';

test.each([
  ['ap-southeast-1', '174946120834'],
  ['ap-southeast-2', '005257825471'],
  ['eu-west-1', '694911143906'],
  ['us-east-1', '593207742271'],
])('the agent of %s is kept by %s', (region, account) => {
  expect(agentRepositoryArn('aws', region)).toBe(
    `arn:aws:ecr:${region}:${account}:repository/aws-guardduty-agent-fargate`,
  );
});

test('every region that a platform may name has an agent, and no two keep it in the same account', () => {
  const arns = regionNames('aws').map((region) => agentRepositoryArn('aws', region));
  for (const arn of arns)
    expect(arn).toMatch(/^arn:aws:ecr:[a-z0-9-]+:\d{12}:repository\/aws-guardduty-agent-fargate$/);
  expect(new Set(arns.map((arn) => arn.split(':')[4])).size).toBe(arns.length);
});

test('fails when the region is not known, with what to do', () => {
  expect(() => agentRepositoryArn('aws', 'mars-north-1')).toThrow(
    /region must be .*ap-southeast-1.*, got "mars-north-1": .*lib\/aws\/guardduty-agents\.json/s,
  );
});
