import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { contractOf, type Authentications, type ContractEntry, type Source } from '../platform/contract';
import { usesNoun, type UseKind } from '../platform/definition';
import { placedOn, workflowsOf, type Platform, type SiteName } from '../platform/platform';
import type { Capabilities, Capability, Use } from './capability';
import { Connection } from './connection';
import { pascalCase } from './ids';

/** How services prove who they are on AWS. */
export const authentications: Authentications = { databases: 'iam', caches: 'iam', searches: 'iam' };

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
    const parts: Readonly<Record<string, object>> = platform[noun];
    return (
      !('on' in (parts[name] ?? {})) ||
      placedOn(parts as Parameters<typeof placedOn>[0], site).some(([key]) => key === name)
    );
  };
  const named = (Object.keys(usesNoun) as UseKind[])
    .filter((kind) => kind !== 'integrations')
    .flatMap((kind) =>
      spec.uses[kind].map((name): UsedPart => ({
        noun: usesNoun[kind] as Source['noun'],
        name,
        use: { service, kind },
      })),
    );
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
export function receivedBy(platform: Platform, site: SiteName, service: string, capabilities: Capabilities): Received {
  const entries = contractOf({ platform, site, authentications }, service);
  const valueOf = (entry: Exclude<ContractEntry, { kind: 'secret' }>): string => {
    if (entry.kind === 'constant') return entry.value;
    return found(capabilityOf(capabilities, entry.source).values(service)[entry.source.field], entry.source);
  };
  return {
    environment: Object.fromEntries(
      entries.flatMap((entry) => (entry.kind === 'secret' ? [] : [[entry.variable, valueOf(entry)]])),
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

function found<T>(value: T | undefined, { noun, name, field }: Source): T {
  if (value === undefined) throw new Error(`${noun}.${name} has no ${field} on aws`);
  return value;
}

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
  const reached = new Set<string>();
  for (const part of uses) {
    const capability = capabilityOf(capabilities, part);
    capability.grant(part.noun === 'secrets' ? executionPolicy : taskPolicy, part.use);
    for (const { id, securityGroup: to, port } of capability.reach) {
      const connection = `${pascalCase(part.noun)}${pascalCase(part.name)}${id}`;
      if (reached.has(connection)) continue;
      reached.add(connection);
      new Connection(scope, connection, {
        from: securityGroup,
        to,
        port,
        description: `${part.use.service} to ${part.name}`,
      });
    }
  }
}
