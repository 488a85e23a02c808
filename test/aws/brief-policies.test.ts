import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BriefPolicies } from '../../lib/aws/brief-policies';

const reads = (resource: string): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObject'], resources: [resource] });

/** A stack with a role, made with injectors or without. */
const stackWith = (...propertyInjectors: readonly BriefPolicies[]): Stack =>
  new Stack(
    new App({
      propertyInjectors: [...propertyInjectors],
      context: { '@aws-cdk/aws-iam:minimizePolicies': true },
    }),
    'Stack',
  );

const roleIn = (stack: Stack): iam.Role =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });

type Make = (stack: Stack) => unknown;

const made: Readonly<Record<string, Make>> = {
  'statements that are given': (stack) =>
    new iam.ManagedPolicy(stack, 'Policy', { roles: [roleIn(stack)], statements: [reads('arn:a'), reads('arn:b')] }),
  'statements that are added later, and merged': (stack) => {
    const role = roleIn(stack);
    const policy = new iam.ManagedPolicy(stack, 'Policy', { statements: [reads(role.roleArn)] });
    policy.addStatements(
      reads('arn:b'),
      new iam.PolicyStatement({
        sid: 'Nobody',
        effect: iam.Effect.DENY,
        notActions: ['iam:*'],
        notResources: [role.roleArn],
        conditions: { StringEquals: { 'aws:ResourceAccount': stack.account } },
      }),
    );
    policy.attachToRole(role);
  },
  'what a grant gives': (stack) =>
    new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() }).grantPassRole(
      new iam.ManagedPolicy(stack, 'Policy').grantPrincipal,
    ),
  'a document of its own': (stack) =>
    new iam.ManagedPolicy(stack, 'Policy', { document: new iam.PolicyDocument({ statements: [reads('arn:a')] }) }),
};

describe('a managed policy whose statements are kept in brief', () => {
  test.each(Object.entries(made))('writes %s as any other does', (_, make) => {
    const [brief, whole] = [stackWith(new BriefPolicies()), stackWith()];
    make(brief);
    make(whole);
    const template = Template.fromStack(whole).toJSON();
    expect(Template.fromStack(brief).toJSON()).toEqual(template);
    expect(JSON.stringify(template)).toContain('PolicyDocument');
  });

  test.each([
    ['no statement', [], 'Managed Policy is empty'],
    ['no resource', [new iam.PolicyStatement({ actions: ['s3:GetObject'] })], 'must specify at least one resource'],
    [
      'a principal',
      [
        new iam.PolicyStatement({
          actions: ['s3:GetObject'],
          resources: ['arn:a'],
          principals: [new iam.AccountRootPrincipal()],
        }),
      ],
      'cannot specify any IAM principals',
    ],
  ])('is refused with %s', (_, statements, says) => {
    const stack = stackWith(new BriefPolicies());
    new iam.ManagedPolicy(stack, 'Policy', { statements });
    expect(() => Template.fromStack(stack)).toThrow(says);
  });

  test('lets no statement be changed that it would not hear of', () => {
    const statement = reads('arn:a');
    new iam.ManagedPolicy(stackWith(new BriefPolicies()), 'Policy', { statements: [statement] });
    expect(() => statement.addResources('arn:b')).toThrow('freeze() has been called');
  });

  test('counts its statements', () => {
    const { document } = new iam.ManagedPolicy(stackWith(new BriefPolicies()), 'Policy', {
      statements: [reads('arn:a'), reads('arn:b')],
    });
    expect({ empty: document.isEmpty, count: document.statementCount }).toEqual({ empty: false, count: 2 });
  });
});
