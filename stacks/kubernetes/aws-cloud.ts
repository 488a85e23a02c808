import { masterUser } from '../../lib/platform/aws-values';
import { rdsRoot } from '../../lib/platform/rds-roots';
import { registryHost } from '../../lib/platform/aws-registry';
import type { Cloud, Outside, Reach } from '../../lib/kubernetes/cloud';
import { metricsUrlOnAws, serverOnAws, targetGroupOnAws, valueOnAws } from '../../lib/platform/aws-outputs';
import { awsPorts } from '../../lib/platform/aws-ports';
import { awsAuthentications, knownOnAws, toldToService } from '../../lib/platform/aws-values';
import type { Source } from '../../lib/platform/contract';
import { clusterApi, clusterNames } from '../../lib/platform/eks-nodes';
import { pageReleasesQueue, scopeNodesTag, secretEntry, secretsRole, secretsRolePath } from '../../lib/platform/names';
import type { EksSite } from '../../lib/platform/nouns/site';
import type { SiteOutputs } from '../../lib/platform/outputs';
import type { Platform, SiteName } from '../../lib/platform/platform';
import { kubeletPort } from '../../lib/platform/ports';
import { scopeOf, scopeOfWord } from '../../lib/platform/scopes';
import { scopeTier, subnetKey } from '../../lib/platform/subnets';
import { autoModeNodes } from './auto-mode-nodes';
import { internet } from './internet';

const { https } = awsPorts;

/** Where pods ask Pod Identity for the credentials of their role. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const identityAgent = { range: '169.254.170.23/32', port: 80 } as const;

/** A site on AWS whose services are pods. */
type Site = EksSite & { readonly siteName: SiteName };

/** The cloud of a platform's site on AWS whose services are pods. */
export function awsCloud(platform: Platform, site: Site, outputs: SiteOutputs): Cloud {
  const { account, kubernetes, network, region, siteName, zones } = site;
  const told = outputs.aws;
  const rangesOf = (tier: string): readonly string[] =>
    zones.map((zone) => {
      const range = platform.allocations.addresses[subnetKey(siteName, tier, zone)];
      if (range === undefined) throw new Error(`the allocation lock has no subnet ${siteName}/${tier}/${zone}`);
      return range;
    });
  const [inApp, inData] = [rangesOf('app'), rangesOf('data')];
  /** A database of a scope stands in its subnets. */
  const inDatabase = (name: string): readonly string[] => {
    const scope = scopeOf(platform, 'databases', name);
    return scope === undefined ? inData : rangesOf(scopeTier(scope, 'databases'));
  };
  const value = (source: Source, service: string): string => valueTo(platform, site, outputs, source, service);
  /** By private endpoints in the subnets of services, or by the internet where the site has none. */
  const reach: readonly Reach[] = network.interfaceEndpoints
    ? [{ ranges: inApp, ports: [https] }]
    : [internet([https])];
  const api = (...names: readonly string[]): Outside => ({
    reach,
    hosts: names.map((name) => ({ host: `${name}.${region}.amazonaws.com`, port: https, protocol: 'tls' })),
  });
  const servers = (sources: readonly Source[], service: string, port: number, ranges = inData): Outside => ({
    reach: [{ ranges, ports: [port] }],
    hosts: [...new Set(sources.map((source) => value(source, service)))].map((host) => ({
      host,
      port,
      protocol: 'tcp',
    })),
  });
  const byUrl = (sources: readonly Source[], service: string, ways: readonly Reach[]): Outside => ({
    reach: ways,
    hosts: sources.map((source) => ({ host: new URL(value(source, service)).host, port: https, protocol: 'tls' })),
  });
  /** Whoever asks one of them is told of all, and goes to each by its own name. */
  const brokers = (told: string): Outside => ({
    reach: [{ ranges: inData, ports: [awsPorts.streams] }],
    hosts: told.split(',').map((broker) => ({
      host: broker.split(':')[0] ?? broker,
      port: awsPorts.streams,
      protocol: 'tcp',
    })),
  });
  return {
    name: 'aws',
    authentications: awsAuthentications,
    value,
    account: () => ({
      annotations: {},
      podLabels: {},
      // What answers there belongs to the node, and speaks no TLS.
      podAnnotations: { 'traffic.sidecar.istio.io/excludeOutboundIPRanges': identityAgent.range },
    }),
    identity: (word) => {
      throw new Error(`${word} must exchange tokens of the cluster on azure, got aws: its pods have roles there`);
    },
    tokens: { reach: [{ ranges: [identityAgent.range], ports: [identityAgent.port] }], hosts: [] },
    outside: ({ name, noun }, service = '') => {
      switch (noun) {
        case 'databases': {
          const spec = platform.databases[name];
          const readers = spec?.engine === 'postgres' && spec.readReplicas > 0 ? ['readerHost'] : [];
          const sources = ['host', ...readers].map((field) => ({ noun, name, field }));
          return servers(sources, service, awsPorts.databases, inDatabase(name));
        }
        case 'caches':
          return servers([{ noun, name, field: 'host' }], service, awsPorts.caches);
        case 'searches':
          return byUrl([{ noun, name, field: 'url' }], service, [{ ranges: inData, ports: [https] }]);
        case 'buckets':
          // By an endpoint of the network whose addresses are public ones.
          return byUrl([{ noun, name, field: 'url' }], service, [internet([https])]);
        case 'queues':
          return api('sqs');
        case 'topics':
          return api('sns');
        case 'streams':
          return brokers(value({ noun, name, field: 'brokers' }, service));
        case 'flags':
          return api('appconfigdata');
        case 'messages': {
          const { email, sms } = platform.messages[name] ?? {};
          const channels = { emailEndpoint: email, smsEndpoint: sms };
          const hosts = Object.entries(channels).flatMap(([field, channel]) =>
            channel === undefined
              ? []
              : byUrl([{ noun, name, field }], service, reach).hosts.map((host) => ({
                  ...host,
                  timeoutMilliseconds: channel.timeoutMilliseconds,
                })),
          );
          return { reach, hosts };
        }
        case 'workflows':
          return api('states', 'sqs');
        default:
          return { reach: [], hosts: [] };
      }
    },
    administration: (database) => {
      const { host, login } = serverOnAws(told, site, database);
      return {
        host,
        port: awsPorts.databases,
        user: masterUser,
        login: { by: 'password', entry: login, field: 'password' },
        root: rdsRoot(region),
        dialect: 'aws',
        reach: [{ ranges: inDatabase(database), ports: [awsPorts.databases] }],
      };
    },
    // To PostgreSQL on AWS, the user alone says who somebody is.
    principal: () => '',
    balancer: () => ({
      made: { by: 'cloud', targetGroup: targetGroupOnAws(told, site) },
      clients: inApp,
      proxies: [network.cidr],
    }),
    telemetry: () => {
      const url = metricsUrlOnAws(told);
      return {
        metrics: { url, sigv4: { region } },
        collector: {
          extensions: { sigv4auth: { region, service: 'aps' } },
          exporters: {
            awsxray: { region, local_mode: true },
            prometheusremotewrite: {
              endpoint: url,
              auth: { authenticator: 'sigv4auth' },
              // As beside a task: of which pod a figure is, or two pods would be one.
              resource_to_telemetry_conversion: { enabled: true },
            },
          },
          signals: { metrics: ['prometheusremotewrite'], traces: ['awsxray'] },
        },
        environment: { AWS_REGION: region },
        reach,
      };
    },
    registry: registryHost(site),
    store: (word) => ({
      aws: {
        service: 'SecretsManager',
        region,
        role: `arn:aws:iam::${account}:role${secretsRolePath(platform)}${secretsRole(platform, word)}`,
      },
    }),
    // The balancer encrypts, and asks nobody who they are.
    gatewayCertificate: { from: 'cluster' },
    vaultReach: reach,
    queueFigures: reach,
    apiServer: { ranges: [...inApp, `${clusterApi(kubernetes.services)}/32`], ports: [https] },
    nameServers: [`${clusterNames(kubernetes.services)}/32`],
    stateMetrics: {
      namespace: 'kube-state-metrics',
      labels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
      port: 8080,
    },
    kubelets: {
      ranges: [...inApp, ...Object.keys(platform.scopes).flatMap((scope) => rangesOf(scopeTier(scope, 'services')))],
      ports: [kubeletPort],
    },
    // Without it, nodes apply no policy of the network. https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
    agents: [
      { name: 'amazon-vpc-cni', namespace: 'kube-system', data: { 'enable-network-policy-controller': 'true' } },
    ],
    nodes: autoModeNodes(platform, site),
    nodesApart: (word) => {
      const scope = scopeOfWord(platform, word);
      return scope === undefined ? undefined : { [scopeNodesTag]: scope };
    },
    internet,
    // A pool of EKS's own, where Amazon puts add-ons.
    systemNodes: {
      labels: { 'karpenter.sh/nodepool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
    },
    queueLength: (source, service, perPod) => ({
      type: 'aws-sqs-queue',
      metadata: { queueURL: value(source, service), queueLength: String(perPod), awsRegion: region },
    }),
    scaler: { provider: 'aws', identityOwner: 'keda' },
    secretKey: (secret, field) => secretEntry(platform, secret, field),
    ...pageNews(platform, region, reach),
    architecture: 'arm64',
    region,
  };
}

/** Releases of the service that makes pages are told to a queue, where the edge keeps pages. */
function pageNews(
  { edge, ...platform }: Pick<Platform, 'edge' | 'name' | 'stageName'>,
  region: string,
  reach: readonly Reach[],
): Pick<Cloud, 'releaseNews'> {
  const site = edge?.site;
  if (site === undefined || site.keepSeconds === 0) return {};
  const settings = { region, queue: pageReleasesQueue(platform) };
  return { releaseNews: { service: site.service, by: { kind: 'awssqs', settings }, reach } };
}

/** What a service receives: what the definition says, or what AWS told. */
function valueTo(
  platform: Platform,
  site: Site,
  { aws }: SiteOutputs,
  { field, name, noun }: Source,
  service: string,
): string {
  const known = knownOnAws(platform, { field, name, noun }, service);
  if (known !== undefined) return known;
  const entry = toldToService(platform, site.siteName, service).find(
    ({ source }) => source.noun === noun && source.name === name && source.field === field,
  );
  if (entry === undefined) throw new Error(`${noun}.${name} must be used by ${service} to be told to it on aws`);
  return valueOnAws(aws, site, service, entry);
}
