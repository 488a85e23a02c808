import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { siteOn } from '../../../lib/platform/platform';
import { ServiceStack } from '../../../stacks/aws/service';
import { account, findings, region } from '../../support/aws';
import { retailflowIn, serviceWorld } from '../../support/service-world';
import { allOf } from '../../support/template';

const platform = retailflowIn('production');
const site = siteOn(platform, 'aws');
if (site === undefined) throw new Error('RetailFlow does not stand on aws');

// Order calls payment, and payment calls order; a third stack holds their groups and all that they share.
const world = serviceWorld(platform);
const app = world.stack.node.root as App;
const stackOf = (id: string, name: string) =>
  new ServiceStack(app, id, {
    ...world.propsOf(name),
    keys: { logs: world.shared.keys.logs, messaging: world.shared.keys.logs },
    scopes: {},
    image: { kind: 'bootstrap' },
    site,
    env: { account, region },
  });
const order = stackOf('Order', 'order');
const payment = stackOf('Payment', 'payment');
const stacks = { order: Template.fromStack(order), payment: Template.fromStack(payment) };

/** The rules of a stack, as text: from, to, port. Groups are those of the third stack, by their logical ids. */
function rulesIn(template: Template) {
  const name = (reference: unknown) =>
    /FnGetAtt(\w+?)(SecurityGroup|Group)[0-9A-F]{8}/.exec(JSON.stringify(reference))?.[1] ?? '';
  const rules = (type: string, from: string, to: string) =>
    allOf(template, type)
      .map(({ properties }) => properties)
      .filter((rule) => from in rule && to in rule)
      .map((rule) => `${name(rule[from])} > ${name(rule[to])} ${rule['FromPort']}`)
      .sort();
  return {
    ingress: rules('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId', 'GroupId'),
    egress: rules('AWS::EC2::SecurityGroupEgress', 'GroupId', 'DestinationSecurityGroupId'),
  };
}

describe('services that call each other, each in a stack of its own', () => {
  test('depend on what they share, and not on each other', () => {
    expect(order.dependencies.map(({ node }) => node.id)).toEqual(['World']);
    expect(payment.dependencies.map(({ node }) => node.id)).toEqual(['World']);
    expect(world.stack.dependencies).toEqual([]);
  });

  test('are synthesized', () => {
    expect(
      app
        .synth()
        .stacks.map(({ stackName }) => stackName)
        .sort(),
    ).toEqual(['Order', 'Payment', 'World']);
  });

  test.each([
    [
      'order',
      [
        'Balancer > Order 8080',
        'Order > CachesSessions 5000',
        'Order > Catalog 15443',
        'Order > DatabasesStore 5000',
        'Order > Payment 15443',
        'Order > User 15443',
      ],
    ],
    ['payment', ['Balancer > Payment 8080', 'Payment > DatabasesStore 5000', 'Payment > Order 15443']],
  ] as const)('the stack of %s holds its own calls, both ways, and none of its callers', (name, expected) => {
    expect(rulesIn(stacks[name])).toEqual({ ingress: expected, egress: expected });
  });

  test('leave no rule in the stack that they share', () => {
    const shared = Template.fromStack(world.stack);
    expect(allOf(shared, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(allOf(shared, 'AWS::EC2::SecurityGroupEgress')).toEqual([]);
  });

  test('read what they share by weak references, so that neither side is stuck', () => {
    for (const template of Object.values(stacks)) {
      expect(JSON.stringify(template.toJSON())).toContain('Fn::GetStackOutput');
      expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
    }
    expect(JSON.stringify(Template.fromStack(world.stack).toJSON())).not.toContain('"Export"');
  });
});

describe('ServiceStack', () => {
  test('is protected and tagged like every stack of the platform', () => {
    expect(order.terminationProtection).toBe(true);
    const [cluster] = allOf(stacks.order, 'AWS::ECS::Service');
    expect(cluster?.properties['Tags']).toEqual(
      expect.arrayContaining([
        { Key: 'cost-centre', Value: 'commerce' },
        { Key: 'data-class', Value: 'confidential' },
        { Key: 'stage', Value: 'production' },
        { Key: 'team', Value: 'order' },
      ]),
    );
  });

  test('gives its rules on the load balancer no tag, not even those of the stack', () => {
    for (const { properties } of allOf(stacks.order, 'AWS::ElasticLoadBalancingV2::ListenerRule')) {
      expect(properties).not.toHaveProperty('Tags');
    }
  });

  test('stands in the account and region of its site', () => {
    expect([Stack.of(order.service).account, Stack.of(order.service).region]).toEqual([site.account, site.region]);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(order)).toEqual([]);
    expect(findings(payment)).toEqual([]);
  });
});
