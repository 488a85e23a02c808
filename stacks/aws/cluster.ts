import { aws_ec2 as ec2, aws_route53 as route53, Stack } from 'aws-cdk-lib';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { Balancer, originHost, serviceHost } from '../../lib/aws/balancer';
import { copiedImage } from '../../lib/aws/copied-image';
import type { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import { Certificate } from '../../lib/aws/certificate';
import { publicZone } from '../../lib/aws/dns';
import { CacheLoginRotation } from '../../lib/aws/cache-login-rotation';
import { EdgeOrigin } from '../../lib/aws/edge-origin';
import type { Keys } from '../../lib/aws/keys';
import { MigrationRunner } from '../../lib/aws/migration-runner';
import type { Cache } from '../../lib/aws/cache';
import type { Reach } from '../../lib/aws/capability';
import { Cluster } from '../../lib/aws/cluster';
import { Gateway, type LimitsCache } from '../../lib/aws/gateway';
import { pascalCase } from '../../lib/platform/ids';
import { named } from '../../lib/platform/named';
import type { ExternalSecret } from '../../lib/aws/secret';
import { publicKeys } from '../../lib/aws/token-keys';
import { longestSilenceSeconds } from '../../lib/platform/gateway/configuration';
import { admittedPerMinute } from '../../lib/platform/load-tests/admitted';
import { gatewayCacheUser, stagePrefix } from '../../lib/platform/names';
import type { Gateway as GatewaySpec } from '../../lib/platform/nouns/gateway';
import type { Platform } from '../../lib/platform/platform';
import { inScope, markGroup } from '../../lib/aws/scope-marks';
import { balancerCaller, declaredCalls, scopeOf } from '../../lib/platform/scopes';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ClusterStackProps extends PlatformStackProps {
  readonly vpc: ec2.IVpc;
  readonly keys: Pick<Keys, 'secrets' | 'logs' | 'messaging'>;
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly caches: Readonly<Record<string, Cache>>;
  readonly secrets: Readonly<Record<string, ExternalSecret>>;
  /** Where figures are kept. @default - the gateway tells of nothing */
  readonly workspace: MetricsWorkspace | undefined;
}

/** Where services run: cluster, load balancer, gateway, and every service's security group. */
export class ClusterStack extends Stack {
  public readonly balancer: Balancer;
  public readonly cluster: Cluster;
  /** Runs the migrations of every service. */
  public readonly migrations: MigrationRunner;
  public readonly origin: EdgeOrigin | undefined;
  public readonly gateway: Gateway | undefined;
  /** The security group of each service. Here, so that services that call each other need not know each other's stacks. */
  public readonly serviceGroups: Readonly<Record<string, ec2.SecurityGroup>>;

  public constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, keys, platform, vpc } = props;
    const { domain, hostedZone } = platform.stage;

    const zone = publicZone(this, 'Zone', hostedZone);
    this.balancer = new Balancer(this, 'Balancer', {
      vpc,
      domain,
      certificate: new Certificate(this, 'Certificate', {
        domain: originHost(domain),
        alternatives: [serviceHost(domain, '*')],
        zone,
        alarms,
      }).certificate,
      accessLogs: props.accessLogs,
      protected: platform.stage.protected,
      longestTimeoutSeconds: longestSilenceSeconds(platform),
    });
    this.nameServices(vpc, domain);
    this.cluster = new Cluster(this, 'Cluster', {
      vpc,
      namespaceName: stagePrefix(platform),
      organization: platform.name,
      key: keys.secrets,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      runtimeMonitoring: props.site.network.interfaceEndpoints,
      alarms,
    });
    this.migrations = new MigrationRunner(this, 'Migrations', {
      prefix: stagePrefix(platform),
      cluster: this.cluster.cluster,
      logsKey: keys.logs,
      messagingKey: keys.messaging,
      logDays: platform.stage.logDays,
      alarms,
    });
    this.serviceGroups = Object.fromEntries(
      Object.keys(platform.services).map((name) => [
        name,
        new ec2.SecurityGroup(this, `${pascalCase(name)}Service`, {
          vpc,
          description: `Tasks of the service ${name}`,
          allowAllOutbound: false,
        }),
      ]),
    );
    this.markGroups(platform);
    this.origin =
      platform.edge === undefined
        ? undefined
        : new EdgeOrigin(this, 'EdgeOrigin', { balancer: this.balancer, domain, zone, region: props.site.region });
    this.gateway = platform.gateway === undefined ? undefined : this.openGateway(platform.gateway, props);
    // Services come after this stack; the gateway's tasks are in it.
    this.gateway?.service.node.addDependency(this.cluster.insights);
  }

  /** Where parts are judged apart, a review must know who is in each group, and whom the definition lets in. */
  private markGroups(platform: Platform): void {
    if (Object.keys(platform.scopes).length === 0) return;
    markGroup(this.balancer.securityGroup, balancerCaller, []);
    for (const [name, group] of Object.entries(this.serviceGroups)) {
      markGroup(group, name, declaredCalls(platform, name));
      inScope(group, scopeOf(platform, 'services', name));
    }
  }

  private openGateway({ limitsCache, tokens }: GatewaySpec, props: ClusterStackProps): Gateway {
    const { caches, platform, secrets, site, workspace } = props;
    const cache = countingCache(named('gateway.limitsCache', caches, limitsCache ?? ''));
    const gateway = new Gateway(this, 'Gateway', {
      platform,
      site,
      cluster: this.cluster.cluster,
      vpc: props.vpc,
      endpoints: props.endpoints,
      balancer: this.balancer,
      cache,
      tokenKeys: publicKeys(named('gateway.tokens.secret', secrets, tokens.secret)),
      keys: props.keys,
      alarms: props.alarms,
      collecting:
        workspace === undefined ? undefined : { ...copiedImage(this, 'Collector', platform, 'collector'), workspace },
      loadPerMinute: admittedPerMinute(platform, site.siteName),
    });
    new CacheLoginRotation(this, 'GatewayLogin', {
      prefix: stagePrefix(platform),
      userId: gatewayCacheUser(platform),
      secret: cache.gatewaySecret,
      service: gateway.service,
      keys: props.keys,
      logDays: platform.stage.logDays,
      alarms: props.alarms,
    });
    return gateway;
  }

  /** The names by which the gateway reaches services, inside the network only. */
  private nameServices(vpc: ec2.IVpc, domain: string): void {
    const zone = new route53.PrivateHostedZone(this, 'Services', { vpc, zoneName: `services.${domain}` });
    new route53.ARecord(this, 'AnyService', {
      zone,
      recordName: '*',
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(this.balancer.loadBalancer)),
    });
  }
}

/** A cache as the gateway sees it, which counts requests there. */
function countingCache({ gatewaySecret, host, reach, securityGroup }: Cache): LimitsCache {
  const [endpoint] = reach;
  if (gatewaySecret === undefined || endpoint === undefined) throw new Error('the cache has no user for the gateway');
  return { host, port: endpoint.port, securityGroup, gatewaySecret };
}
