import type { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import fc from 'fast-check';
import { pascalCase } from '../../lib/platform/ids';
import { Service } from '../../lib/aws/service';
import type { Platform } from '../../lib/platform/platform';
import { meshPort } from '../../lib/platform/ports';
import { arbitraryPlatform } from '../support/arbitrary-platform';
import { templateOf } from '../support/aws';
import { resolved } from '../support/platform';
import { serviceWorld, standInPort, type ServiceWorld } from '../support/service-world';
import { allOf } from '../support/template';

const idOf = (stack: Stack, group: ec2.ISecurityGroup): string => JSON.stringify(stack.resolve(group.securityGroupId));

/** Every path that the definition asks for, as text: from, to, port. */
function asked({ services }: Platform, { propsOf, shared, stack }: ServiceWorld): readonly string[] {
  const { balancer, capabilities } = shared;
  const group = (name: string) => idOf(stack, propsOf(name).securityGroup);
  return Object.entries(services).flatMap(([name, { port, routes, uses }]) => [
    ...(['databases', 'caches', 'searches'] as const).flatMap((noun) =>
      uses[noun].flatMap((part) =>
        (capabilities[noun][part]?.reach ?? []).map(
          ({ securityGroup }) => `${group(name)} > ${idOf(stack, securityGroup)} ${standInPort}`,
        ),
      ),
    ),
    ...uses.calls.map((other) => `${group(name)} > ${group(other)} ${meshPort}`),
    ...(routes.length > 0 ? [`${idOf(stack, balancer.securityGroup)} > ${group(name)} ${port}`] : []),
  ]);
}

/** A platform's services in one stack, and the rules of its template. */
function rulesOf(platform: Platform) {
  const world = serviceWorld(platform);
  for (const name of Object.keys(platform.services)) new Service(world.stack, pascalCase(name), world.propsOf(name));
  const template = templateOf(world.stack);
  const properties = (type: string) => allOf(template, type).map((resource) => resource.properties);
  return {
    world,
    ingress: properties('AWS::EC2::SecurityGroupIngress'),
    egress: properties('AWS::EC2::SecurityGroupEgress'),
    groups: properties('AWS::EC2::SecurityGroup'),
  };
}

describe('the paths between the services of any platform', () => {
  test('are those that its uses and calls ask for, each opened once on both sides, and no others', () => {
    fc.assert(
      fc.property(arbitraryPlatform, (definition) => {
        const platform = resolved(definition);
        const { egress, groups, ingress, world } = rulesOf(platform);
        const expected = [...asked(platform, world)].sort();

        const into = ingress.map(
          (rule) =>
            `${JSON.stringify(rule['SourceSecurityGroupId'])} > ${JSON.stringify(rule['GroupId'])} ${rule['FromPort']}`,
        );
        const outOf = egress
          .filter((rule) => 'DestinationSecurityGroupId' in rule)
          .map(
            (rule) =>
              `${JSON.stringify(rule['GroupId'])} > ${JSON.stringify(rule['DestinationSecurityGroupId'])} ${rule['FromPort']}`,
          );
        expect(into.sort()).toEqual(expected);
        expect(outOf.sort()).toEqual(expected);

        // Besides, each service goes out to AWS, and nothing is open by address or by more than one port.
        const byAddress = egress.filter((rule) => !('DestinationSecurityGroupId' in rule));
        expect(byAddress.map(({ CidrIp, FromPort }) => [CidrIp, FromPort])).toEqual(
          Object.keys(platform.services).map(() => ['0.0.0.0/0', 443]),
        );
        for (const rule of [...ingress, ...egress]) {
          expect(rule).toMatchObject({ IpProtocol: 'tcp', ToPort: rule['FromPort'] });
        }
        expect(ingress.filter((rule) => 'CidrIp' in rule || 'CidrIpv6' in rule)).toEqual([]);
        expect(groups.filter((group) => 'SecurityGroupIngress' in group)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
