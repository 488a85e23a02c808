import { Stack } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Alarms } from '../../lib/aws/alarms';
import { Certificate } from '../../lib/aws/certificate';
import type { Database } from '../../lib/aws/database';
import { DomainRecords, publicZone, type SecondSite } from '../../lib/aws/dns';
import { Edge } from '../../lib/aws/edge';
import { edgeRegion } from '../../lib/aws/edge-region';
import { Firewall } from '../../lib/aws/firewall';
import { regionKey } from '../../lib/aws/region-key';
import { SiteHealth } from '../../lib/aws/site-health';
import { siteHosts } from '../../lib/platform/azure-gateway';
import { edgeOf, loginPaths } from '../../lib/platform/edge/paths';
import { keepsFailover, leaderPath, leads } from '../../lib/platform/failover-store';
import { readyPath } from '../../lib/platform/gateway/ready';
import { admittedPerMinute } from '../../lib/platform/load-tests/admitted';
import { recoveryPair, type RecoveryPair } from '../../lib/platform/link';
import { stagePrefix } from '../../lib/platform/names';
import type { SiteOutputs } from '../../lib/platform/outputs';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';
import { watchRegion } from './watched-region';
import { required } from '../../lib/platform/required';

export interface EdgeStackProps extends PlatformStackProps {
  readonly assets: s3.IBucket;
  readonly origin: cloudfront.IVpcOrigin;
  /** Addresses by which the site calls out, load tests among them. */
  readonly egressAddresses: readonly string[];
  /** Databases of the site, by name. */
  readonly databases: Readonly<Record<string, Pick<Database, 'silentAlarms'>>>;
  /** What the recovery site told. */
  readonly outputs: SiteOutputs;
}

/** The edge: content delivery, firewall, certificate and names, with a key and a channel of alarms of its own region. */
export class EdgeStack extends Stack {
  public readonly alarms: Alarms;
  public readonly firewall: Firewall;
  public readonly edge: Edge;
  public readonly records: DomainRecords;

  public constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, { ...props, env: { account: props.site.account, region: edgeRegion } });
    preparePlatformStack(this, props);
    const { platform, site } = props;
    const { alarms, domain, hostedZone, logDays } = platform.stage;
    const prefix = stagePrefix(platform);
    const loadPerMinute = admittedPerMinute(platform, site.siteName);

    const key = regionKey(this, 'Key', { prefix, word: 'edge' });
    const zone = publicZone(this, 'Zone', hostedZone);
    this.alarms = new Alarms(this, 'Alarms', { key, email: alarms.email });
    this.firewall = new Firewall(this, 'Firewall', {
      limits: edgeOf(platform).firewall,
      loginPaths: loginPaths(platform),
      loads: loadPerMinute === undefined ? undefined : { addresses: props.egressAddresses, perMinute: loadPerMinute },
      prefix,
      key,
      logDays,
      alarms: this.alarms,
    });
    const { certificate } = new Certificate(this, 'Certificate', { domain, zone, alarms: this.alarms });
    this.edge = new Edge(this, 'Edge', {
      platform,
      homeRegion: site.region,
      assets: props.assets,
      origin: props.origin,
      certificate,
      webAclArn: this.firewall.webAcl.attrArn,
      marksLoads: loadPerMinute !== undefined,
      key,
      alarms: this.alarms,
    });
    const pair = recoveryPair(platform);
    const second = pair && this.secondSite(pair, props);
    this.records = new DomainRecords(this, 'Records', {
      domain,
      zone,
      distribution: this.edge.distribution,
      recoverable: pair !== undefined,
      second,
    });
    // Where the platform itself stands in this region, its audit looks already.
    if (site.region !== edgeRegion) watchRegion(this, { platform, alarms: this.alarms });
  }

  /** Until the other site stands, names can lead nowhere else, and nobody asks whether they should. */
  private secondSite(
    { recovery }: RecoveryPair,
    { databases, outputs, platform, site }: EdgeStackProps,
  ): SecondSite | undefined {
    if (outputs.edge === undefined || !keepsFailover(platform, recovery)) return undefined;
    const ownName = required(`name of ${recovery.siteName}`, siteHosts(platform.stage.domain, recovery).at(-1));
    const silent = Object.entries(databases).flatMap(([name, { silentAlarms }]) =>
      silentAlarms.length === 0 ? [] : [[name, silentAlarms] as const],
    );
    const { check } = new SiteHealth(this, 'Health', {
      edgeHost: this.edge.distribution.distributionDomainName,
      readyPath: readyPath(edgeOf(platform)),
      silent: { region: site.region, alarms: Object.fromEntries(silent) },
      latch: { host: ownName, path: leaderPath, says: leads(recovery.siteName) },
      alarms: this.alarms,
    });
    return { ...outputs.edge, primary: check, ownName };
  }
}
