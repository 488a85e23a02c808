import { Stack } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Alarms } from '../../lib/aws/alarms';
import { AuditDetection } from '../../lib/aws/audit-detection';
import { AuditNotices } from '../../lib/aws/audit-notices';
import { Certificate } from '../../lib/aws/certificate';
import { DomainRecords, publicZone, type RecoveryRecord } from '../../lib/aws/dns';
import { Edge } from '../../lib/aws/edge';
import { edgeKey } from '../../lib/aws/edge-key';
import { Firewall } from '../../lib/aws/firewall';
import { siteHosts } from '../../lib/platform/azure-gateway';
import { edgeOf, loginPaths } from '../../lib/platform/edge/paths';
import { keepsFailover, leaderPath } from '../../lib/platform/failover-store';
import { stagePrefix } from '../../lib/platform/names';
import type { SiteOutputs } from '../../lib/platform/outputs';
import { sitesOf } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** Where CloudFront looks for certificates and firewalls, and keeps its metrics. */
const edgeRegion = 'us-east-1';

export interface EdgeStackProps extends PlatformStackProps {
  readonly assets: s3.IBucket;
  readonly origin: cloudfront.IVpcOrigin;
  /** What the recovery site told. @default - nothing yet: names lead to this site alone */
  readonly outputs?: SiteOutputs;
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

    const key = edgeKey(this, 'Key', prefix);
    const zone = publicZone(this, 'Zone', hostedZone);
    this.alarms = new Alarms(this, 'Alarms', { key, email: alarms.email });
    this.firewall = new Firewall(this, 'Firewall', {
      limits: edgeOf(platform).firewall,
      loginPaths: loginPaths(platform),
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
      key,
      alarms: this.alarms,
    });
    const recovery = recoveryRecord(props);
    this.records = new DomainRecords(this, 'Records', {
      domain,
      zone,
      distribution: this.edge.distribution,
      ...(recovery === undefined ? {} : { recovery }),
    });
    this.watchRegion(props);
  }

  /** Threats are looked for region by region. Where the platform itself stands in this one, its audit does so already. */
  private watchRegion({ platform, site }: EdgeStackProps): void {
    if (site.region === edgeRegion) return;
    if (platform.stage.audit.threatDetection === 'own') new AuditDetection(this, 'Detection');
    new AuditNotices(this, 'Notices', { alarms: this.alarms });
  }
}

/** Where names lead after a failover, once the recovery site has told its address. */
function recoveryRecord({ outputs, platform }: EdgeStackProps): RecoveryRecord | undefined {
  const site = sitesOf(platform).find((one) => keepsFailover(platform, one));
  const host = site === undefined ? undefined : siteHosts(platform.stage.domain, site).at(-1);
  if (outputs?.edge === undefined || host === undefined) return undefined;
  return { address: outputs.edge.address, latch: { host, path: leaderPath } };
}
