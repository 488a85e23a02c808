import { Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { knownNames } from '../../lib/aws/known-names';
import { Network } from '../../lib/aws/network';
import { Offices } from '../../lib/aws/offices';
import type { Scopes } from '../../lib/aws/scope';
import { named } from '../../lib/platform/named';
import { scopeNetworks } from '../../lib/platform/scopes';
import { scopeTier } from '../../lib/platform/subnets';
import { clusterTag, eksCluster, scopeNodes, scopeNodesTag, stagePrefix } from '../../lib/platform/names';
import { placedOn } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface NetworkStackProps extends PlatformStackProps {
  readonly keys: { readonly logs: kms.IKey };
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
}

/** The network in which everything else stands. */
export class NetworkStack extends Stack {
  public readonly network: Network;

  public constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.network = new Network(this, 'Network', {
      site: props.site,
      allocations: props.platform.allocations.addresses,
      key: props.keys.logs,
      accessLogs: props.accessLogs,
      flags: placedOn(props.platform.flags, props.site.siteName).length > 0,
      telemetry: props.platform.telemetry !== undefined,
      sends: (['email', 'sms'] as const).filter((channel) =>
        Object.values(props.platform.messages).some((spec) => spec[channel] !== undefined),
      ),
      names: knownNames(props.platform, props.site),
      protected: props.platform.stage.protected,
      alarms: props.alarms,
      scopes: scopeNetworks(props.platform, props.site.runtime).map((spec) => ({
        spec,
        archive: named('scopes', props.scopes, spec.name).archive,
        protected: props.platform.stage.protected,
        alarms: props.alarms,
      })),
    });
    if (props.site.runtime === 'eks') this.offerToNodes(props.platform);
    const { network } = props.site;
    if (Object.keys(network.offices).length === 0) return;
    new Offices(this, 'Offices', {
      network,
      prefix: stagePrefix(props.platform),
      vpc: this.network.vpc,
      logsKey: props.keys.logs,
      logDays: props.platform.stage.logDays,
      alarms: props.alarms,
    });
  }

  /** By this tag a class of nodes finds the subnets in which they may stand. */
  private offerToNodes(platform: PlatformStackProps['platform']): void {
    const offer = (subnetGroupName: string, tag: string, value: string): void => {
      for (const subnet of this.network.vpc.selectSubnets({ subnetGroupName }).subnets) Tags.of(subnet).add(tag, value);
    };
    offer('app', clusterTag, eksCluster(platform));
    for (const scope of Object.keys(platform.scopes))
      offer(scopeTier(scope, 'services'), scopeNodesTag, scopeNodes(platform, scope));
  }
}
