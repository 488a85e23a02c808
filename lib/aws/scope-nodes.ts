import { aws_ec2 as ec2, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { awsPorts } from '../platform/aws-ports';
import { pascalCase } from '../platform/ids';
import { scopeNodes, scopeNodesTag } from '../platform/names';
import { named } from '../platform/named';
import type { Platform, SiteName } from '../platform/platform';
import { clusterCaller, meshedPorts, podPorts, scopeThirdParties } from '../platform/scopes';
import type { Capabilities, Reach } from './capability';
import { Connection } from './connection';
import type { Database } from './database';
import { databasePort } from './database-settings';
import { inScope, markGroup } from './scope-marks';
import { openEgress } from './service-egress';
import { openReach, usedParts } from './service-uses';

export interface ScopeNodesProps {
  /** Name of the scope. */
  readonly name: string;
  readonly platform: Platform;
  readonly site: SiteName;
  readonly region: string;
  readonly vpc: ec2.IVpc;
  /** Group of every other node of the cluster, and of its API. */
  readonly others: ec2.ISecurityGroup;
  readonly endpoints: readonly Reach[];
  readonly capabilities: Omit<Capabilities, 'services'>;
  readonly databases: Readonly<Record<string, Database>>;
}

/**
 * The network of nodes on which a scope's pods stand alone: a group of their own, which other nodes of the cluster reach at the ports
 * of what is called and watched, and which alone reaches the databases of the scope.
 */
export class ScopeNodes extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, id: string, props: ScopeNodesProps) {
    super(scope, id);
    const { name, others, platform, vpc } = props;
    const spec = named('scopes', platform.scopes, name);
    const ports = podPorts(platform, spec);
    const admitted = [...ports.outside, ...ports.nodes];
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Nodes of the scope ${name}`,
      allowAllOutbound: false,
    });
    Tags.of(this.securityGroup).add(scopeNodesTag, scopeNodes(platform, name));
    markGroup(
      this.securityGroup,
      `nodes of ${name}`,
      admitted.map((port) => ({ from: clusterCaller, port })),
    );
    const own = this.securityGroup;
    const paths = new Construct(this, 'Paths');
    const open = (word: string, from: ec2.ISecurityGroup, to: ec2.ISecurityGroup, some: readonly number[]): void => {
      for (const port of new Set(some))
        new Connection(paths, `${word}${port}`, { from, to, port, description: `${word} at ${port}, ${name}` });
    };
    open('Into', others, own, admitted);
    open('Inside', own, own, ports.inside);
    open('OutOf', own, others, [awsPorts.https, ...meshedPorts, ...ports.calls]);
    this.reach(paths, props, spec);
    inScope(this, name);
  }

  private reach(
    paths: Construct,
    { capabilities, databases, endpoints, name, platform, region, site }: ScopeNodesProps,
    spec: Platform['scopes'][string],
  ): void {
    const from = this.securityGroup;
    const parts = spec.services.flatMap((service) => usedParts(platform, site, service));
    openReach(
      paths,
      from,
      parts.filter(({ noun }) => noun !== 'services').map((part) => ({ noun: part.noun, name: part.name, user: name })),
      { ...capabilities, services: {} },
    );
    for (const database of spec.databases) {
      const { securityGroup: to } = named('scopes.databases', databases, database);
      new Connection(paths, `${pascalCase(database)}Migrations`, {
        from,
        to,
        port: databasePort,
        description: `migrations to ${database}`,
      });
    }
    openEgress(paths, {
      service: name,
      securityGroup: from,
      region,
      endpoints,
      thirdParties: scopeThirdParties(platform, spec),
    });
  }
}
