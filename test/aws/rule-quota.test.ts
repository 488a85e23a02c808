import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Connection } from '../../lib/aws/connection';
import { refuseTooManyRules, ruleCounts } from '../../lib/aws/rule-quota';
import { account, region, surroundings, testStack } from '../support/aws';

/** A part that so many callers of another stack reach. */
function called(callers: number, more: (group: ec2.SecurityGroup, stack: Stack) => void = () => undefined) {
  const stack = testStack();
  const { vpc } = surroundings(stack);
  const group = (scope: Stack, id: string) => new ec2.SecurityGroup(scope, id, { vpc, allowAllOutbound: false });
  const part = group(stack, 'Part');
  const services = new Stack(stack.node.root, 'Services', { env: { account, region } });
  const caller = group(services, 'Caller');
  for (let port = 1; port <= callers; port += 1) {
    new Connection(services, `Call${port}`, { from: caller, to: part, port, description: 'calls' });
  }
  more(part, stack);
  return stack.node.root;
}

const fromEdge = (group: ec2.SecurityGroup, stack: Stack) =>
  new ec2.CfnSecurityGroupIngress(stack, 'FromEdge', {
    groupId: group.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    sourcePrefixListId: 'pl-31a34658',
  });

describe('ruleCounts', () => {
  test('counts by group and direction, whichever stack adds the rules', () => {
    const counts = ruleCounts(called(3));
    expect(counts.get('Test/Part/Resource in')).toBe(3);
    // The rule inside the group that lets nothing out counts, too.
    expect(counts.get('Services/Caller/Resource out')).toBe(3 + 1);
  });

  test("counts CloudFront's addresses as AWS does", () => {
    expect(ruleCounts(called(2, fromEdge)).get('Test/Part/Resource in')).toBe(2 + 55);
  });

  test('counts rules inside a group', () => {
    const inside = (group: ec2.SecurityGroup) => group.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(443));
    expect(ruleCounts(called(1, inside)).get('Test/Part/Resource in')).toBe(1 + 1);
  });
});

describe('refuseTooManyRules', () => {
  test('takes what the quota allows', () => {
    expect(() => refuseTooManyRules(called(59), 60)).not.toThrow();
  });

  test('fails when a group has more, with the group, the number and what to do', () => {
    expect(() => refuseTooManyRules(called(61), 60)).toThrow(
      [
        'security groups: 2 problems',
        '  Services/Caller/Resource out must be at most 60 rules, got 62: raise the quota L-0EA8095F of the service vpc in',
      ].join('\n'),
    );
    expect(() => refuseTooManyRules(called(61), 60)).toThrow('Test/Part/Resource in must be at most 60 rules, got 61:');
  });

  test('fails when addresses of CloudFront leave no room', () => {
    expect(() => refuseTooManyRules(called(6, fromEdge), 60)).toThrow(
      'Test/Part/Resource in must be at most 60 rules, got 61:',
    );
  });
});
