import { Template } from 'aws-cdk-lib/assertions';
import { existsSync } from 'node:fs';
import { account, findings, region, staleAcknowledgements } from '../support/aws';
import { buildMigration, prefix } from '../support/migration';

describe('MigrationRunner', () => {
  const { base, runner } = buildMigration();
  const from = Template.fromStack(base);
  const functionId = base.getLogicalId(runner.function.node.defaultChild as never);

  test('is one function, with time for the longest migration and an answer', () => {
    expect(from.findResources('AWS::Lambda::Function')[functionId]?.['Properties']).toMatchObject({
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      Architectures: ['arm64'],
      DeadLetterConfig: { TargetArn: expect.anything() },
      LoggingConfig: { LogGroup: expect.anything() },
    });
    expect(from.findResources('AWS::Lambda::Function')[functionId]?.['Properties']).not.toHaveProperty(
      'ReservedConcurrentExecutions',
    );
    from.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });

  test('is a function of this account, and no other takes its role', () => {
    const [role] = Object.entries(from.findResources('AWS::IAM::Role')).filter(([id]) =>
      id.startsWith('MigrationRunner'),
    );
    expect(role?.[1]['Properties'].AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ]);
  });

  test('may run, watch and stop migrations of its stage in its cluster, and nothing else', () => {
    const [policy] = Object.entries(from.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) =>
      id.startsWith('MigrationRunner'),
    );
    const statements: readonly {
      readonly Action: string | string[];
      readonly Condition?: object;
      readonly Resource: unknown;
    }[] = policy?.[1]['Properties'].PolicyDocument.Statement;
    const of = (action: string) => statements.find(({ Action }) => [Action].flat().includes(action));
    const cluster = { 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'Arn'] };
    expect(of('ecs:RunTask')).toMatchObject({
      Resource: `arn:aws:ecs:${region}:${account}:task-definition/${prefix}-*-migration:*`,
      Condition: { ArnEquals: { 'ecs:cluster': cluster } },
    });
    expect(of('ecs:StopTask')).toMatchObject({ Condition: { ArnEquals: { 'ecs:cluster': cluster } } });
    expect(of('iam:PassRole')).toMatchObject({
      Resource: `arn:aws:iam::${account}:role/${prefix}/tasks/*`,
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
  });

  test('calls somebody for what it could not run, with a runbook that exists', () => {
    from.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription:
        'A migration could not be run, and its stack waits in vain. Runbook: docs/runbooks/migration.md',
    });
    expect(existsSync('docs/runbooks/migration.md')).toBe(true);
  });

  test('has no finding that is not explained, and no explanation without finding', () => {
    expect(findings(runner)).toEqual([]);
    expect(staleAcknowledgements(runner)).toEqual([]);
  });
});
