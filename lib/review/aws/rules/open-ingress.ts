import { isObject, listOf, numberOf, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { canonicalKey } from '../references';
import { oncePer } from '../../../platform/once';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Assembly, Resource } from '../stack';

const report = reporter('open-ingress');

/** Every address of the internet. */
const EVERYONE = ['0.0.0.0/0', '::/0'];

/** The ports on which a load balancer may face the internet. */
const PUBLIC_PORTS = [80, 443];

/** Security groups of the load balancers that face the internet, of all stacks, by canonical key. */
const publicGroups = oncePer((assembly: Assembly) => {
  const groups = assembly.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
      .filter(({ properties }) => (properties.Scheme ?? 'internet-facing') === 'internet-facing')
      .flatMap(({ properties }) => listOf(properties.SecurityGroups))
      .map((group) => canonicalKey(group, stack, assembly)),
  );
  return new Set(groups);
});

/** The rules that a resource adds to the traffic a security group lets in. */
function ingressOf({ type, properties }: Resource): readonly JsonObject[] {
  if (type === 'AWS::EC2::SecurityGroupIngress') return [properties];
  if (type === 'AWS::EC2::SecurityGroup') return listOf(properties.SecurityGroupIngress).filter(isObject);
  return [];
}

/** No security group lets the whole internet in, but on ports 80 and 443 of a load balancer that faces it. */
export const openIngress: Rule = (stack, assembly) =>
  stack.resources.flatMap((resource) =>
    ingressOf(resource).flatMap((rule) => {
      const source = [rule.CidrIp, rule.CidrIpv6].map(textOf).find((text) => EVERYONE.includes(text ?? ''));
      if (source === undefined) return [];
      const group = resource.type === 'AWS::EC2::SecurityGroup' ? { Ref: resource.logicalId } : rule.GroupId;
      const faces = group !== undefined && publicGroups(assembly).has(canonicalKey(group, stack, assembly));
      if (faces && isPublicPort(rule)) return [];
      const message =
        `lets ${source} in on ${portsOf(rule)}, allowed is port 80 or 443 of an internet-facing load balancer: ` +
        'name the security group, prefix list or range of the callers';
      return [report(stack, resource, message)];
    }),
  );

function isPublicPort({ IpProtocol, FromPort, ToPort }: JsonObject): boolean {
  const from = numberOf(FromPort);
  const isTcp = IpProtocol === 'tcp' || IpProtocol === '6';
  return isTcp && from !== undefined && from === numberOf(ToPort) && PUBLIC_PORTS.includes(from);
}

function portsOf({ IpProtocol, FromPort, ToPort }: JsonObject): string {
  const from = numberOf(FromPort);
  const to = numberOf(ToPort);
  if (from === undefined || to === undefined) return 'every port';
  return `${textOf(IpProtocol) ?? 'protocol'} ${from === to ? from : `${from} to ${to}`}`;
}
