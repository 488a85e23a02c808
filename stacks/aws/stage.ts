import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { pascalCase } from '../../lib/platform/ids';
import { named } from '../../lib/platform/named';
import { refuseTooManyRules } from '../../lib/aws/rule-quota';
import { keyReaders, rotatesByItself } from '../../lib/platform/gateway/token-keys';
import { recoveryPair } from '../../lib/platform/link';
import type { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import type { AwsSite } from '../../lib/platform/nouns/site';
import type { SiteOutputs } from '../../lib/platform/outputs';
import { standsOn, type Platform, type SiteName } from '../../lib/platform/platform';
import type { Noun } from '../../lib/platform/schema';
import type { Releases } from '../../lib/platform/releases';
import { AuditStack } from './audit';
import { DataStack } from './data';
import { DeliveryStack } from './delivery';
import { EdgeStack } from './edge';
import { platformFigures } from './figures';
import { ExperimentsStack } from './experiments';
import { FlagsStack } from './flags';
import { JourneysStack } from './journeys';
import { LoadTestsStack } from './load-tests';
import { LogsStack } from './logs';
import { MessagingStack } from './messaging';
import { NetworkStack } from './network';
import { ObservabilityStack } from './observability';
import { PagesStack } from './pages';
import { RecoveryStack } from './recovery';
import { ScopesStack } from './scopes';
import { SecurityStack } from './security';
import { runServices } from './runtime';
import { StreamsStack } from './streams';
import { TelemetryStack } from './telemetry';
import { TokensStack } from './tokens';
import { WorkflowsStack } from './workflows';

/** CloudFormation refuses a stack without resources, so a site on which none of its parts stands goes without. */
const hasAny = (platform: Platform, site: SiteName, nouns: readonly Noun[]): boolean =>
  nouns.some((noun) => Object.keys(platform[noun]).some((name) => standsOn(platform, site, noun, name)));

const noMessaging: MessagingStack['capabilities'] = { queues: {}, topics: {}, messages: {} };
const noFlags: FlagsStack['capabilities'] = { flags: {} };
const noStreams: StreamsStack['capabilities'] = { streams: {} };
const noScopes: Pick<ScopesStack, 'scopes'> = { scopes: {} };
const noWorkflows: WorkflowsStack['capabilities'] = { workflows: {} };

export interface PlatformStageProps {
  readonly platform: Platform;
  readonly site: AwsSite & { readonly siteName: SiteName };
  readonly releases: Releases;
  /** What the platform's site on Azure told. */
  readonly outputs: SiteOutputs;
}

/** One stage of a platform on AWS: its stacks, and how they connect. */
export class PlatformStage extends Stage {
  public constructor(scope: Construct, id: string, props: PlatformStageProps) {
    const { outputs, platform, releases, site } = props;
    const { account, region } = site;
    super(scope, id, { env: { account, region } });
    // The VPC looks its zones up even when they are given; this is the answer.
    this.node.setContext(`availability-zones:account=${account}:region=${region}`, site.zones);

    const shared = { platform, site };
    const security = new SecurityStack(this, 'Security', shared);
    const { alarms, keys } = security;
    const accessLogs = security.accessLogs.bucket;
    const { scopes } = hasAny(platform, site.siteName, ['scopes'])
      ? new ScopesStack(this, 'Scopes', { ...shared, keys, scopeKeys: security.scopeKeys, accessLogs, alarms })
      : noScopes;
    const { audit } = new AuditStack(this, 'Audit', { ...shared, keys, accessLogs, alarms });
    const { network } = new NetworkStack(this, 'Network', { ...shared, keys, accessLogs, alarms, scopes });
    const { vpc } = network;
    new DeliveryStack(this, 'Delivery', { ...shared, keys, alarms });
    const data = new DataStack(this, 'Data', {
      ...shared,
      vpc,
      keys,
      alarms,
      accessLogs,
      endpoints: network.endpoints.reach,
      scopes,
      archive: audit.databaseLogs,
    });
    const messaging = hasAny(platform, site.siteName, ['queues', 'topics'])
      ? new MessagingStack(this, 'Messaging', { ...shared, keys, alarms, outputs }).capabilities
      : noMessaging;
    const workflows = hasAny(platform, site.siteName, ['workflows'])
      ? new WorkflowsStack(this, 'Workflows', { ...shared, keys, alarms, queues: messaging.queues }).capabilities
      : noWorkflows;
    const flags = hasAny(platform, site.siteName, ['flags'])
      ? new FlagsStack(this, 'Flags', { ...shared, keys }).capabilities
      : noFlags;
    const brokers =
      platform.streaming === undefined
        ? undefined
        : new StreamsStack(this, 'Streams', { ...shared, streaming: platform.streaming, vpc, keys, alarms });
    const { streams } = brokers?.capabilities ?? noStreams;
    const telemetry = (kept?: MetricsWorkspace): TelemetryStack | undefined =>
      platform.telemetry === undefined
        ? undefined
        : new TelemetryStack(this, 'Telemetry', {
            ...shared,
            telemetry: platform.telemetry,
            vpc,
            keys,
            alarms,
            endpoints: network.endpoints.reach,
            ...(kept === undefined ? {} : { kept }),
          });
    const parts = { ...data.capabilities, ...messaging, ...workflows, ...flags, ...security.capabilities, streams };
    const told = site.runtime === 'ecs' ? telemetry() : undefined;
    const { origin, pods, tasks, ...running } = runServices(this, {
      ...shared,
      vpc,
      keys,
      alarms,
      accessLogs,
      endpoints: network.endpoints.reach,
      parts,
      releases,
      scopes,
      workspace: told?.workspace,
    });
    // A cluster brings the place of its figures along.
    const looks = told ?? (pods === undefined ? undefined : telemetry(pods.workspace));
    if (platform.gateway !== undefined && running.gateway !== undefined && rotatesByItself(platform)) {
      const signing = keyReaders(platform);
      new TokensStack(this, 'Tokens', {
        ...shared,
        tokens: platform.gateway.tokens,
        secrets: parts.secrets,
        readers: [
          running.gateway.service,
          ...running.services.filter(({ name }) => signing.includes(name)).map(({ service }) => service.service),
        ],
        keys,
        alarms,
      });
    }
    const pair = recoveryPair(platform);
    if (pair !== undefined) {
      new RecoveryStack(this, 'Recovery', {
        ...shared,
        pair,
        vpc,
        keys,
        alarms,
        outputs,
        releases,
        cluster: tasks,
        databases: data.capabilities.databases,
        buckets: data.capabilities.buckets,
        endpoints: network.endpoints.reach,
      });
    }
    const edge =
      platform.edge === undefined || origin === undefined
        ? undefined
        : new EdgeStack(this, 'Edge', {
            ...shared,
            assets: named('edge.assets', data.capabilities.buckets, platform.edge.assets).bucket,
            origin: origin.vpcOrigin,
            egressAddresses: network.egressAddresses,
            databases: data.capabilities.databases,
            outputs,
          });
    const pages = platform.edge?.site;
    const released = pods ?? running.services.find(({ name }) => name === pages?.service)?.service.service;
    if (edge !== undefined && released !== undefined && pages !== undefined && pages.keepSeconds > 0) {
      new PagesStack(this, 'Pages', {
        ...shared,
        name: pages.service,
        released,
        distribution: edge.edge.distribution,
        keys,
        alarms,
      });
    }
    const search = platform.stage.logs?.search;
    if (search !== undefined) new LogsStack(this, 'Logs', { ...shared, search, vpc, keys, alarms, accessLogs });
    const walks = platform.stage.journeys;
    if (walks !== undefined) {
      for (const region of walks.from) {
        new JourneysStack(this, `Journeys-${pascalCase(region)}`, { ...shared, walks, region });
      }
    }
    const loads = platform.stage.loadTests;
    if (loads !== undefined && site.siteName === 'primary') {
      new LoadTestsStack(this, 'LoadTests', {
        ...shared,
        loads,
        vpc,
        endpoints: network.endpoints.reach,
        keys,
        accessLogs,
        alarms,
      });
    }
    const faults = platform.stage.experiments;
    if (faults !== undefined && Object.keys(platform.experiments).length > 0) {
      new ExperimentsStack(this, 'Experiments', {
        ...shared,
        faults,
        vpc,
        balancer: running.balancer,
        tasks: site.runtime === 'ecs' ? tasks : undefined,
        services: running.services,
        databases: data.capabilities.databases,
        keys,
        alarms,
      });
    }
    new ObservabilityStack(this, 'Observability', {
      ...shared,
      alarms,
      figures: platformFigures({ platform, ...running, edge, data, messaging, workflows, streams: brokers }),
      shown: looks && {
        grafana: looks.grafana,
        figures: looks.workspace,
        vpc,
        endpoints: network.endpoints.reach,
        logsKey: keys.logs,
      },
    });
    refuseTooManyRules(this, site.network.securityGroupRules);
  }
}
