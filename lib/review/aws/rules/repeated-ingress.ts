import { oncePer } from '../../../platform/once';
import { canonicalKey } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Assembly, Resource } from '../stack';

const report = reporter('repeated-ingress');

const INGRESS = 'AWS::EC2::SecurityGroupIngress';

/** What makes two rules one for EC2, whatever their descriptions say. */
const identity = [
  'GroupId',
  'IpProtocol',
  'FromPort',
  'ToPort',
  'SourceSecurityGroupId',
  'SourcePrefixListId',
  'CidrIp',
  'CidrIpv6',
] as const;

/** The rules of all stacks, by what makes them one, in the order of the stacks. */
const groups = oncePer((assembly: Assembly) => {
  const alike = new Map<string, Resource[]>();
  for (const stack of assembly.stacks) {
    for (const rule of resourcesOf(stack, INGRESS)) {
      const key = identity.map((name) => canonicalKey(rule.properties[name] ?? null, stack, assembly)).join(' ');
      alike.set(key, [...(alike.get(key) ?? []), rule]);
    }
  }
  return [...alike.values()];
});

/** No rule of a security group stands twice, in whichever stacks: EC2 refuses the second in the middle of a deployment. */
export const repeatedIngress: Rule = (stack, assembly) =>
  resourcesOf(stack, INGRESS).flatMap((rule) => {
    const [first] = groups(assembly).find((rules) => rules.includes(rule)) ?? [];
    if (first === undefined || first === rule) return [];
    const message = `the same traffic is let in by ${first.path} (${first.logicalId}), and EC2 takes no rule twice: leave one of them out`;
    return [report(stack, rule, message)];
  });
