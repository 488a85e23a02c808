import { listenerPriorities } from '../../../../lib/review/aws/rules/listener-priorities';
import { findingsOf, judges, stackOutput } from '../fixtures';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const rule = (listener: unknown, priority: unknown) => ({
  Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  Properties: { ListenerArn: listener, Priority: priority },
});

const VALID = {
  Listener: { Type: LISTENER },
  Other: { Type: LISTENER },
  Orders: rule({ Ref: 'Listener' }, 10),
  Payments: rule({ 'Fn::GetAtt': ['Listener', 'ListenerArn'] }, 20),
  Elsewhere: rule({ Ref: 'Other' }, '10'),
};

describe('listener-priorities', () => {
  judges(listenerPriorities, VALID, [
    [
      'two rules have the same priority',
      'Payments/Properties/Priority',
      '10',
      'Payments: Priority 10 of this listener is taken by shop-production/Stack/Orders (Orders): choose another',
    ],
    ['a priority is 0', 'Orders/Properties/Priority', 0, 'Priority must be an integer from 1 to 50000, got 0'],
    ['a priority is too large', 'Orders/Properties/Priority', 50_001, 'got 50001'],
    ['a priority is no integer', 'Orders/Properties/Priority', 1.5, 'got 1.5'],
    ['a priority is missing', 'Orders/Properties/Priority', undefined, 'got nothing'],
  ]);

  const cluster = {
    id: 'Cluster',
    resources: { Listener: { Type: LISTENER } },
    outputs: {
      Weak: { Value: { Ref: 'Listener' } },
      Strong: { Value: { 'Fn::GetAtt': 'Listener.ListenerArn' }, Export: { Name: 'Cluster:Listener' } },
    },
  };

  test.each([
    ['weak references', stackOutput('Cluster', 'Weak'), stackOutput('Cluster', 'Weak')],
    ['a weak and an exported reference', stackOutput('Cluster', 'Weak'), { 'Fn::ImportValue': 'Cluster:Listener' }],
    ['a reference that a third stack passes on', stackOutput('Cluster', 'Weak'), stackOutput('Relay', 'Again')],
    ['the same literal', 'arn:aws:elasticloadbalancing:x', 'arn:aws:elasticloadbalancing:x'],
  ])('fails when rules of two stacks collide through %s', async (_, one, other) => {
    const findings = await findingsOf(
      listenerPriorities,
      cluster,
      { id: 'Relay', outputs: { Again: { Value: stackOutput('Cluster', 'Weak') } } },
      { id: 'Order', resources: { Rule: rule(one, 7) } },
      { id: 'Payment', resources: { Rule: rule(other, 7) } },
    );
    expect(findings.map(({ stack }) => stack)).toEqual(['shop-production/Payment']);
    expect(findings[0]?.message).toContain('taken by shop-production/Order/Rule (Rule)');
  });

  test('keeps listeners of two regions apart', async () => {
    const own = { Listener: { Type: LISTENER }, Rule: rule({ Ref: 'Listener' }, 7) };
    const findings = await findingsOf(
      listenerPriorities,
      { id: 'Home', resources: own },
      { id: 'Edge', region: 'us-east-1', resources: own },
    );
    expect(findings).toEqual([]);
  });
});
