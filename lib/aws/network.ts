import { aws_ec2 as ec2, CfnOutput, type CfnResource, Fn, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageAllocations } from '../platform/allocation';
import { scopeTier, type Tier } from '../platform/subnets';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { Endpoints, type Channel } from './endpoints';
import { FlowLogs } from './flow-logs';
import { pascalCase } from '../platform/ids';
import { lockedAddresses, zonesInOrder, type NamedAwsSite } from './locked-addresses';
import { NameFirewall } from './name-firewall';
import { egressZones, natSettings, requireWayToAws, type Nat } from './nat';
import { providerLogs } from './provider-logs';
import { ScopeNetwork, type ScopeNetworkProps } from './scope-network';

export interface NetworkProps {
  readonly site: NamedAwsSite;
  /** What the allocation lock has given to the stage: the range of every subnet. */
  readonly allocations: StageAllocations['addresses'];
  /** Encrypts the flow logs; the delivery of logs must be allowed to use it. */
  readonly key: kms.IKey;
  /** Where requests to the flow logs are logged. */
  readonly accessLogs: s3.IBucket;
  /** Whether services ask for flags. @default false */
  readonly flags?: boolean;
  /** Whether tasks send figures and traces. @default false */
  readonly telemetry?: boolean;
  /** By what messages to people are sent. */
  readonly sends: readonly Channel[];
  /** What may be asked for by name: hosts, and `*.` with everything below. */
  readonly names: readonly string[];
  /** Whether what guards it is not removed by mistake. */
  readonly protected: boolean;
  readonly alarms: Alarms;
  /** Parts of the platform that are judged apart. @default - none */
  readonly scopes?: readonly Omit<ScopeNetworkProps, 'vpc'>[];
}

const subnets = (nat: Nat, scopes: readonly string[]): ec2.SubnetConfiguration[] => [
  ...tierSubnets(nat),
  ...scopes.flatMap((scope): readonly ec2.SubnetConfiguration[] => [
    { name: scopeTier(scope, 'services'), subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    { name: scopeTier(scope, 'databases'), subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    {
      name: scopeTier(scope, 'egress'),
      subnetType: nat === 'none' ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS,
    },
  ]),
];

const tierSubnets = (nat: Nat): (ec2.SubnetConfiguration & { readonly name: Tier })[] => [
  { name: 'public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
  {
    name: 'app',
    subnetType: nat === 'none' ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS,
  },
  { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
];

/**
 * The network of a site: in every zone a public subnet, one for services and one for data, on ranges of the allocation
 * lock. Select them by `subnetGroupName`: `public`, `app` or `data`. Data has no way out, nothing has an address on
 * the internet but the gateways, and nobody is found by name but whom the definition names.
 */
export class Network extends Construct {
  public readonly vpc: ec2.Vpc;
  /** The addresses from which the platform calls third parties, who may allow these alone. They outlive the stack. */
  public readonly egressAddresses: readonly string[];
  public readonly endpoints: Endpoints;
  public readonly flowLogs: FlowLogs;
  public readonly nameFirewall: NameFirewall;

  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    requireWayToAws(props.site);
    const { nat, interfaceEndpoints, flowLogDays } = props.site.network;
    const { runtime } = props.site;
    const { scopes = [] } = props;
    const scopeNames = scopes.map(({ spec }) => spec.name);
    const zones = zonesInOrder(props.site, props.allocations);
    const addresses = egressZones(nat, zones).map((zone) => ({ zone, eip: this.egressAddress(zone) }));
    this.egressAddresses = addresses.map(({ eip }) => eip.attrPublicIp);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: zones,
      ipAddresses: lockedAddresses(props.site, props.allocations, scopeNames),
      subnetConfiguration: subnets(nat, scopeNames),
      restrictDefaultSecurityGroup: true,
      ...natSettings(
        nat,
        addresses.map(({ zone, eip }) => ({ zone, allocationId: eip.attrAllocationId })),
      ),
    });
    this.attachFirst();
    this.logRestriction(props);
    this.endpoints = new Endpoints(this, 'Endpoints', {
      vpc: this.vpc,
      interfaceEndpoints,
      runtime,
      flags: props.flags ?? false,
      telemetry: props.telemetry ?? false,
      sends: props.sends,
      scopes: scopeNames,
    });
    this.flowLogs = new FlowLogs(this, 'FlowLogs', {
      vpc: this.vpc,
      key: props.key,
      accessLogs: props.accessLogs,
      days: flowLogDays,
    });
    this.nameFirewall = new NameFirewall(this, 'Names', { ...props, vpc: this.vpc, archive: this.flowLogs.bucket });
    for (const each of scopes) {
      new ScopeNetwork(this, `${pascalCase(each.spec.name)}Scope`, { ...each, vpc: this.vpc });
    }
    this.publishEgress();
    this.acknowledgeRoutes();
  }

  private egressAddress(zone: string): ec2.CfnEIP {
    const eip = new ec2.CfnEIP(this, `Egress${pascalCase(zone)}`, { domain: 'vpc' });
    eip.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return eip;
  }

  /** A regional gateway waits for the internet gateway to exist, and must wait for its attachment. */
  private attachFirst(): void {
    this.vpc.node.tryFindChild('RegionalNatGateway')?.node.addDependency(this.vpc.node.findChild('VPCGW'));
  }

  /** The default group is emptied by a function that the CDK makes, once. */
  private logRestriction({ key, site }: NetworkProps): void {
    const emptied = this.vpc.node.findChild('RestrictDefaultSecurityGroupCustomResource').node.defaultChild;
    providerLogs(this, 'RestrictionLogs', {
      type: 'Custom::VpcRestrictDefaultSG',
      user: emptied as CfnResource,
      key,
      days: site.network.flowLogDays,
    });
  }

  private publishEgress(): void {
    if (this.egressAddresses.length === 0) return;
    new CfnOutput(this, 'EgressAddresses', {
      value: Fn.join(',', [...this.egressAddresses]),
      description: 'Addresses from which the platform calls third parties, for their allow lists',
    });
  }

  private acknowledgeRoutes(): void {
    const reason = 'Only gateways stand in the public subnets; their way to the internet is what the subnets are for.';
    for (const subnet of this.vpc.publicSubnets) {
      acknowledge(subnet.node.findChild('DefaultRoute'), {
        'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW': reason,
        'PCI.DSS.321-VPCNoUnrestrictedRouteToIGW': reason,
      });
    }
  }
}
