import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { awsPorts } from '../platform/aws-ports';
import { PlatformError, type Problem } from '../platform/error';
import { pascalCase } from '../platform/ids';
import type { ScopeNetwork as Spec } from '../platform/scopes';
import { scopeTier } from '../platform/subnets';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { fields } from './flow-logs';
import type { LogArchive } from './log-archive';
import { ScopeFirewall } from './scope-firewall';
import { inScope } from './scope-marks';

export interface ScopeNetworkProps {
  readonly spec: Spec;
  readonly vpc: ec2.Vpc;
  readonly archive: LogArchive;
  readonly protected: boolean;
  readonly alarms: Alarms;
}

/** Ports from which programs on Linux call; answers come back to them. */
const callerPorts = [32_768, 60_999] as const;

/** Ports from which a load balancer, a pool and a proxy call. */
const balancerPorts = [1024, 65_535] as const;

/** Rules that a list of a network may have in a direction: the quota of an account. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const mostRules = 20;

interface Passage {
  readonly ranges: readonly string[];
  readonly ports: readonly [first: number, last: number];
}

const at = (ranges: readonly string[], ports: readonly number[]): readonly Passage[] =>
  ports.map((port) => ({ ranges, ports: [port, port] }));

const everywhere = ['0.0.0.0/0'];

/** Which packets pass the edge of a scope's subnets. Lists of a network have no memory: answers are named as well. */
export function passages(
  { calledAt, calledInside, calls, thirdParties, usesAt }: Spec,
  ranges: Readonly<Record<'app' | 'data' | 'databases' | 'services', readonly string[]>>,
): Readonly<Record<'databases' | 'services', Readonly<Record<'in' | 'out', readonly Passage[]>>>> {
  const { app, data, databases, services } = ranges;
  const outside = [...new Set([awsPorts.https, ...thirdParties.map(({ port }) => port)])];
  return {
    services: {
      in: [
        ...at(app, calledAt),
        ...at(services, calledInside),
        // To AWS by its endpoints and S3, to databases, brokers and third parties: what comes back from there.
        { ranges: everywhere, ports: callerPorts },
      ],
      out: [
        ...at(everywhere, outside),
        ...at(databases, [awsPorts.databases]),
        ...at(app, calls),
        ...at(data, usesAt),
        ...at(services, calledInside),
        { ranges: [...app, ...services], ports: balancerPorts },
      ],
    },
    databases: {
      in: [...at([...services, ...databases], [awsPorts.databases]), { ranges: databases, ports: balancerPorts }],
      out: [{ ranges: [...services, ...databases], ports: balancerPorts }],
    },
  };
}

/**
 * Refuses more rules than a list may have: AWS would refuse the one too many, in the middle of a deployment.
 *
 * @throws PlatformError that names each direction, and how many rules it has
 */
export function refuseTooMany(path: string, passing: Readonly<Record<'in' | 'out', readonly Passage[]>>): void {
  const problems = (['in', 'out'] as const).flatMap((direction): readonly Problem[] => {
    const got = passing[direction].reduce((sum, { ranges }) => sum + ranges.length, 0);
    const allowed = `at most ${mostRules} rules ${direction} of a list, one for each zone and port`;
    return got > mostRules
      ? [
          {
            path,
            got,
            allowed,
            remedy: 'let services listen at fewer ports, and use fewer parts at ports of their own',
          },
        ]
      : [];
  });
  if (problems.length > 0) throw new PlatformError('lists of a network', problems);
}

/**
 * The network of a scope inside that of the site: subnets and tables of routes of its own for services and for databases, lists
 * that let in only what is called, a way out through a firewall that knows its third parties by name, and a record of every
 * connection in its archive. Without third parties it has no way out at all.
 */
export class ScopeNetwork extends Construct {
  public readonly services: readonly ec2.ISubnet[];
  public readonly databases: readonly ec2.ISubnet[];
  public readonly firewall: ScopeFirewall | undefined;
  private readonly vpc: ec2.Vpc;

  public constructor(scope: Construct, id: string, props: ScopeNetworkProps) {
    super(scope, id);
    const { spec, vpc } = props;
    this.vpc = vpc;
    const tier = (name: 'databases' | 'egress' | 'services') => this.subnets(scopeTier(spec.name, name));
    this.services = tier('services');
    this.databases = tier('databases');
    const ranges = {
      app: rangesOf(this.subnets('app')),
      data: rangesOf(this.subnets('data')),
      services: rangesOf(this.services),
      databases: rangesOf(this.databases),
    };
    const lists = new Construct(this, 'Lists');
    for (const [name, passing] of Object.entries(passages(spec, ranges))) {
      this.list(lists, pascalCase(name), name === 'services' ? this.services : this.databases, passing);
    }
    acknowledge(lists, {
      'AwsSolutions-VPC3':
        'Beside security groups, and not in their place: subnets of a scope are closed to others whatever group somebody adds.',
    });
    this.firewall = spec.thirdParties.length === 0 ? undefined : this.leadOut(props, tier('egress'));
    this.record(props.archive, [...this.services, ...this.databases]);
    for (const part of [...this.services, ...this.databases, this]) inScope(part, spec.name);
  }

  private subnets(subnetGroupName: string): readonly ec2.ISubnet[] {
    return this.vpc.selectSubnets({ subnetGroupName }).subnets;
  }

  private list(
    scope: Construct,
    id: string,
    subnets: readonly ec2.ISubnet[],
    passing: Readonly<Record<'in' | 'out', readonly Passage[]>>,
  ): void {
    refuseTooMany(`${this.node.path} ${id}`, passing);
    const list = new ec2.CfnNetworkAcl(scope, `${id}List`, { vpcId: this.vpc.vpcId });
    for (const direction of ['in', 'out'] as const) {
      const rules = passing[direction].flatMap(({ ports, ranges }) => ranges.map((range) => ({ ports, range })));
      for (const [index, { ports, range }] of rules.entries()) {
        new ec2.CfnNetworkAclEntry(scope, `${id}${pascalCase(direction)}${index + 1}`, {
          networkAclId: list.attrId,
          ruleNumber: (index + 1) * 10,
          egress: direction === 'out',
          protocol: tcp,
          portRange: { from: ports[0], to: ports[1] },
          cidrBlock: range,
          ruleAction: 'allow',
        });
      }
    }
    for (const subnet of subnets) {
      new ec2.CfnSubnetNetworkAclAssociation(scope, `${id}Of${pascalCase(subnet.node.id)}`, {
        networkAclId: list.attrId,
        subnetId: subnet.subnetId,
      });
    }
  }

  /** From services to the firewall of their zone; from there as the subnet of the firewall leads; and back the same way. */
  private leadOut({ spec, vpc, ...props }: ScopeNetworkProps, subnets: readonly ec2.ISubnet[]): ScopeFirewall {
    const firewall = new ScopeFirewall(this, 'Egress', {
      ...props,
      name: spec.name,
      vpc,
      subnets,
      sources: rangesOf(this.services),
      thirdParties: spec.thirdParties,
    });
    for (const service of this.services) {
      const { availabilityZone: zone, ipv4CidrBlock: range, routeTable } = service;
      const vpcEndpointId = firewall.endpointIn(zone);
      new ec2.CfnRoute(this, `Out${pascalCase(zone)}`, {
        routeTableId: routeTable.routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        vpcEndpointId,
      });
      for (const gateway of vpc.publicSubnets) {
        new ec2.CfnRoute(this, `Back${pascalCase(zone)}By${pascalCase(gateway.availabilityZone)}`, {
          routeTableId: gateway.routeTable.routeTableId,
          destinationCidrBlock: range,
          vpcEndpointId,
        });
      }
    }
    return firewall;
  }

  private record({ bucket }: LogArchive, subnets: readonly ec2.ISubnet[]): void {
    for (const subnet of subnets) {
      new ec2.CfnFlowLog(this, `FlowOf${pascalCase(subnet.node.id)}`, {
        resourceType: 'Subnet',
        resourceId: subnet.subnetId,
        trafficType: 'ALL',
        maxAggregationInterval: 60,
        logFormat: fields.map(({ value }) => value).join(' '),
        logDestinationType: 's3',
        logDestination: `${bucket.bucketArn}/network`,
      });
    }
  }
}

const tcp = 6;

const rangesOf = (subnets: readonly ec2.ISubnet[]): readonly string[] =>
  subnets.map(({ ipv4CidrBlock }) => ipv4CidrBlock);
