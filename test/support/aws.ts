import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { NagPack } from 'cdk-nag';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { Construct, IConstruct } from 'constructs';
import { context } from '../../cdk.json';
import { prefixedRuleId } from '../../lib/aws/acknowledge';
import { Alarms } from '../../lib/aws/alarms';

export const account = '111122223333';
export const region = 'ap-southeast-1';
export const zones = ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'];

/** A stack under the very feature flags of cdk.json, in a region with three zones. It notes nothing that a test does not read. */
export function testStack(id = 'Test', env = { account, region }): Stack {
  const app = new App({
    context: { ...context, [`availability-zones:account=${env.account}:region=${env.region}`]: zones },
    postCliContext: { 'aws:cdk:disable-creation-stack-traces': true },
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
  });
  return new Stack(app, id, { env });
}

/** What most constructs are given: a network, a key and somewhere for alarms to go. */
export function surroundings(stack: Stack): { vpc: ec2.Vpc; key: kms.Key; alarms: Alarms } {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: zones,
    // What locks it is a custom resource with files, which the network's own tests look at.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 22 },
      { name: 'app', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 19 },
      { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 22 },
    ],
  });
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  return { vpc, key, alarms: new Alarms(stack, 'Alarms', { key, email: 'on-call@example.com' }) };
}

export const templateOf = (scope: Construct): Template => Template.fromStack(Stack.of(scope));

/** Findings of all rule packs at and below a construct that nothing acknowledges: `rule at path`. */
export function findings(scope: IConstruct): readonly string[] {
  const raw = rawFindings(scope);
  return raw
    .filter(({ rule, at }) => !acknowledgedRules(at).has(prefixedRuleId(rule)))
    .map(({ rule, at }) => `${rule} at ${at.node.path}`);
}

/** Acknowledgements at and below a construct that answer no finding: `rule at path`. Each must be removed. */
export function staleAcknowledgements(scope: IConstruct): readonly string[] {
  const raw = rawFindings(scope);
  return scope.node.findAll().flatMap((construct) =>
    Object.keys(ownAcknowledgements(construct))
      // The templates' validator does not run here; the synth itself looks for those.
      .filter((id) => !id.startsWith('CloudFormation-Validate::'))
      .filter((id) => !raw.some(({ rule, at }) => prefixedRuleId(rule) === id && isAtOrBelow(at, construct)))
      .map((id) => `${id} at ${construct.node.path}`),
  );
}

interface RawFinding {
  readonly rule: string;
  readonly at: IConstruct;
}

function rawFindings(scope: IConstruct): readonly RawFinding[] {
  const packs: readonly NagPack[] = [new AwsSolutionsChecks(), new NIST80053R5Checks(), new PCIDSS321Checks()];
  const byPath = new Map(scope.node.findAll().map((construct) => [construct.node.path, construct]));
  return packs.flatMap((pack) =>
    pack.validateScope(scope).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => {
        const at = byPath.get(constructPath ?? '');
        if (at === undefined)
          throw new Error(`${ruleName} names ${constructPath}, which is not below ${scope.node.path}`);
        return { rule: ruleName, at };
      }),
    ),
  );
}

const ownAcknowledgements = (construct: IConstruct): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .map(({ data }) => data as Record<string, string>),
  ) as Record<string, string>;

const acknowledgedRules = (construct: IConstruct): ReadonlySet<string> =>
  new Set(construct.node.scopes.flatMap((scope) => Object.keys(ownAcknowledgements(scope))));

const isAtOrBelow = (construct: IConstruct, ancestor: IConstruct): boolean => construct.node.scopes.includes(ancestor);
