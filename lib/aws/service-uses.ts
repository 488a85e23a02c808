import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { awsAuthentications } from '../platform/aws-values';
import { contractOf, type ContractEntry, type Source } from '../platform/contract';
import { usesNoun, type UseKind } from '../platform/definition';
import { jobContractOf } from '../platform/jobs';
import { isHosted } from '../platform/messages';
import { workflowsOf, type Platform, type SiteName } from '../platform/platform';
import type { Capabilities, Capability, Use } from './capability';
import { Connection } from './connection';
import { pascalCase } from '../platform/ids';

/** One part that a service uses. */
export interface UsedPart {
  readonly noun: Source['noun'];
  readonly name: string;
  readonly use: Use;
}

/** Everything that a service uses on a site: what its definition names, and the workflows in which it does a step. */
export function usedParts(platform: Platform, site: SiteName, service: string): readonly UsedPart[] {
  const spec = platform.services[service];
  if (spec === undefined) return [];
  const placed = (noun: Source['noun'], name: string): boolean => {
    if (noun === 'messages') return isHosted(platform.messages[name] ?? {});
    const part: object = platform[noun][name] ?? {};
    return !('on' in part) || (part.on as readonly SiteName[]).includes(site);
  };
  const named = (Object.keys(usesNoun) as UseKind[]).flatMap((kind) => {
    const noun = usesNoun[kind];
    // Third parties are reached by address, and no site on AWS feeds a warehouse: the model refuses it.
    return noun === 'integrations' || noun === 'warehouses'
      ? []
      : spec.uses[kind].map((name): UsedPart => ({ noun, name, use: { service, kind } }));
  });
  const commands = workflowsOf(platform, service).map((name): UsedPart => ({
    noun: 'workflows',
    name,
    use: { service, kind: 'commands' },
  }));
  return [...named, ...commands].filter(({ noun, name }) => placed(noun, name));
}

const capabilityOf = (capabilities: Capabilities, { noun, name }: Pick<Source, 'noun' | 'name'>): Capability => {
  const capability = capabilities[noun][name];
  if (capability === undefined) {
    throw new Error(
      `${noun}.${name} must stand on aws for a service to use it, got nothing: place it there, or drop the use`,
    );
  }
  return capability;
};

/** What a container receives. */
export interface Received {
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, ecs.Secret>;
}

/** The contract of a service, filled in with this cloud's values. */
export const receivedBy = (platform: Platform, site: SiteName, service: string, capabilities: Capabilities): Received =>
  receivedFrom(contractOf({ platform, site, authentications: awsAuthentications }, service), service, capabilities);

/** The contract of a job of a service, filled in with this cloud's values. */
export const jobReceives = (
  { platform, site }: { readonly platform: Platform; readonly site: SiteName },
  service: string,
  job: string,
  capabilities: Capabilities,
): Received =>
  receivedFrom(
    jobContractOf({ platform, site, authentications: awsAuthentications }, service, job),
    service,
    capabilities,
  );

function receivedFrom(entries: readonly ContractEntry[], service: string, capabilities: Capabilities): Received {
  const textOf = (entry: Exclude<ContractEntry, { kind: 'secret' }>): string =>
    entry.kind === 'constant' ? entry.value : valueOf(capabilities, entry.source, service);
  return {
    environment: Object.fromEntries(
      entries.flatMap((entry) => (entry.kind === 'secret' ? [] : [[entry.variable, textOf(entry)]])),
    ),
    secrets: Object.fromEntries(
      entries.flatMap((entry) =>
        entry.kind === 'secret'
          ? [
              [
                entry.variable,
                found(capabilityOf(capabilities, entry.source).secrets[entry.source.field], entry.source),
              ],
            ]
          : [],
      ),
    ),
  };
}

/** What a service receives for a value of the contract. */
export const valueOf = (capabilities: Capabilities, source: Source, service: string): string =>
  found(capabilityOf(capabilities, source).values(service)[source.field], source);

function found<T>(value: T | undefined, { noun, name, field }: Source): T {
  if (value === undefined) throw new Error(`${noun}.${name} has no ${field} on aws`);
  return value;
}

/** Names of the queues that a service empties: those it receives from, and those that bring it a workflow's commands. */
export function emptiedQueues(platform: Platform, service: string, capabilities: Capabilities): readonly string[] {
  const sources: readonly Source[] = [
    ...(platform.services[service]?.uses.receives ?? []).map((name) => ({
      noun: 'queues' as const,
      name,
      field: 'url',
    })),
    ...workflowsOf(platform, service).map((name) => ({
      noun: 'workflows' as const,
      name,
      field: `commands/${service}`,
    })),
  ];
  return sources.map((source) =>
    // https://sqs.<region>.amazonaws.com/<account>/<name>
    Fn.select(4, Fn.split('/', valueOf(capabilities, source, service))),
  );
}

/** Who uses what, and where the permissions go. */
export interface OpenUsesProps {
  readonly uses: readonly UsedPart[];
  readonly capabilities: Capabilities;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Takes what the process may do. */
  readonly taskPolicy: iam.IGrantable;
  /** Takes what ECS needs to inject secrets. */
  readonly executionPolicy: iam.IGrantable;
}

/** Opens the network paths of a service to what it uses, and takes the permissions. */
export function openUses(
  scope: Construct,
  { uses, capabilities, securityGroup, taskPolicy, executionPolicy }: OpenUsesProps,
): void {
  grantUses({ uses, capabilities, process: taskPolicy, secrets: executionPolicy });
  openReach(
    scope,
    securityGroup,
    uses.map(({ name, noun, use }) => ({ noun, name, user: use.service })),
    capabilities,
  );
}

/** Who uses what, and who takes the permissions: the process, and whoever hands it its secrets. */
export interface GrantUsesProps extends Pick<OpenUsesProps, 'capabilities' | 'uses'> {
  readonly process: iam.IGrantable;
  readonly secrets: iam.IGrantable;
}

/** Takes the permissions of a service for what it uses. */
export function grantUses({ capabilities, process, secrets, uses }: GrantUsesProps): void {
  for (const part of uses)
    capabilityOf(capabilities, part).grant(part.noun === 'secrets' ? secrets : process, part.use);
}

/** A part, and who it is reached by, for people who read the rules. */
export interface ReachedPart extends Pick<Source, 'name' | 'noun'> {
  readonly user: string;
}

/** Opens the network paths of a group to parts, each once. */
export function openReach(
  scope: Construct,
  from: ec2.ISecurityGroup,
  parts: readonly ReachedPart[],
  capabilities: Capabilities,
): void {
  const reached = new Set<string>();
  for (const { name, noun, user } of parts) {
    for (const { at = name, id, securityGroup: to, port } of capabilityOf(capabilities, { noun, name }).reach) {
      const connection = `${pascalCase(noun)}${pascalCase(at)}${id}`;
      if (reached.has(connection)) continue;
      reached.add(connection);
      new Connection(scope, connection, { from, to, port, description: `${user} to ${at}` });
    }
  }
}

/** Lets ECS read and decrypt the secrets among the parts, for a task that receives them. */
export function readSecrets(uses: readonly UsedPart[], capabilities: Capabilities, grantee: iam.IGrantable): void {
  for (const part of uses.filter(({ noun }) => noun === 'secrets'))
    capabilityOf(capabilities, part).grant(grantee, part.use);
}
