import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Connection } from '../../lib/aws/connection';
import { account, region, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

describe('Connection', () => {
  const groups = testStack('Groups');
  const vpc = new ec2.Vpc(groups, 'Vpc', {});
  const group = (id: string) => new ec2.SecurityGroup(groups, id, { vpc, allowAllOutbound: false });
  const [caller, called] = [group('Caller'), group('Called')];
  const stack = new Stack(groups.node.root, 'Caller', { env: { account, region } });
  const subject = new Connection(stack, 'Payment', {
    from: caller,
    to: called,
    port: 15_443,
    description: 'order to payment',
  });
  const template = Template.fromStack(stack);
  const [callerId, calledId] = [stack.resolve(caller.securityGroupId), stack.resolve(called.securityGroupId)];
  const rule = { IpProtocol: 'tcp', FromPort: 15_443, ToPort: 15_443, Description: 'order to payment' };

  test('lets the caller in at one port of the called', () => {
    expect(only(template, 'AWS::EC2::SecurityGroupIngress').properties).toEqual({
      ...rule,
      GroupId: calledId,
      SourceSecurityGroupId: callerId,
    });
  });

  test('lets the caller out to that port', () => {
    expect(only(template, 'AWS::EC2::SecurityGroupEgress').properties).toEqual({
      ...rule,
      GroupId: callerId,
      DestinationSecurityGroupId: calledId,
    });
  });

  test('is in the stack of the caller, both ways', () => {
    expect([subject.ingress, subject.egress].map((each) => Stack.of(each))).toEqual([stack, stack]);
    const others = Template.fromStack(groups);
    expect(allOf(others, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(allOf(others, 'AWS::EC2::SecurityGroupEgress')).toEqual([]);
  });
});
