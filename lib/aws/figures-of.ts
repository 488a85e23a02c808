import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { Cache as CacheSpec } from '../platform/nouns/cache';
import type { Messages as MessagesSpec } from '../platform/nouns/messages';
import type { Queue as QueueSpec } from '../platform/nouns/messaging';
import type { Gateway as GatewaySpec } from '../platform/nouns/gateway';
import type { Service as ServiceSpec } from '../platform/nouns/service';
import { followersOf, type Platform } from '../platform/platform';
import type { Cache } from './cache';
import { cacheNodeNames } from './cache-alarms';
import type { Database } from './database';
import type {
  CacheFigures,
  DatabaseFigures,
  EdgeFigures,
  MessagesFigures,
  QueueFigures,
  SearchFigures,
  ServiceFigures,
  StreamsFigures,
  WorkflowFigures,
} from './figures';
import type { Gateway } from './gateway';
import type { Messages } from './messages';
import type { Queue } from './queue';
import type { Service } from './service';
import type { Streams } from './streams';
import type { Workflow } from './workflow';

/** What dashboards need of a service. */
export const serviceFigures = (
  name: string,
  { scale }: Pick<ServiceSpec, 'scale'>,
  { logGroup, service, traffic }: Pick<Service, 'logGroup' | 'service' | 'traffic'>,
): ServiceFigures => ({
  name,
  clusterName: service.cluster.clusterName,
  serviceName: service.serviceName,
  logGroupName: logGroup.logGroupName,
  scale,
  ...(traffic === undefined ? {} : { traffic: { groups: traffic.dimensions } }),
});

/** What dashboards need of the gateway. Whatever the load balancer turns away was on its way to it. */
export const gatewayFigures = (
  { scale }: Pick<GatewaySpec, 'scale'>,
  { dimensions, logGroup, service }: Pick<Gateway, 'dimensions' | 'logGroup' | 'service'>,
): ServiceFigures => ({
  name: 'gateway',
  clusterName: service.cluster.clusterName,
  serviceName: service.serviceName,
  logGroupName: logGroup.logGroupName,
  scale,
  traffic: { groups: [dimensions], refusedBy: dimensions.LoadBalancer },
});

/** What dashboards need of the edge. `firewall` is the name of the firewall's metrics. */
export const edgeFigures = (
  { distributionId }: Pick<cloudfront.IDistribution, 'distributionId'>,
  firewall: string,
): EdgeFigures => ({ distributionId, firewall });

/** What dashboards need of a database. */
export const databaseFigures = ({ name, server }: Pick<Database, 'name' | 'server'>): DatabaseFigures => ({
  name,
  lag: server.lag,
  worst: (metricName, statistic) => server.worst(metricName, statistic),
});

/** What dashboards need of a cache. */
export const cacheFigures = (
  name: string,
  spec: Pick<CacheSpec, 'shards' | 'replicas'>,
  { group }: Pick<Cache, 'group'>,
): CacheFigures => ({ name, replicationGroupId: group.ref, nodes: cacheNodeNames(spec) });

/** What dashboards need of a search domain. */
export const searchFigures = (
  name: string,
  { domain }: { readonly domain: Pick<opensearch.IDomain, 'domainName' | 'env'> },
): SearchFigures => ({ name, domainName: domain.domainName, account: domain.env.account });

/** What dashboards need of a queue. */
export const queueFigures = (
  name: string,
  { maxAgeSeconds }: Pick<QueueSpec, 'maxAgeSeconds'>,
  { deadLetters, queue }: Pick<Queue, 'deadLetters' | 'queue'>,
): QueueFigures => ({
  name,
  queueName: queue.queueName,
  deadLettersName: deadLetters.queueName,
  maxAgeSeconds,
});

/** What dashboards need of a workflow. */
export const workflowFigures = (name: string, { machine }: Pick<Workflow, 'machine'>): WorkflowFigures => ({
  name,
  machineArn: machine.ref,
});

/** What dashboards need of messages to people. */
export const messagesFigures = (
  name: string,
  { sms }: Pick<MessagesSpec, 'sms'>,
  { email }: Pick<Messages, 'email'>,
): MessagesFigures => ({
  name,
  configurationSetName: email?.configurationSet.configurationSetName,
  monthlyDollars: sms?.monthlyDollars,
});

/** What dashboards need of the brokers. */
export const streamsFigures = (
  platform: Pick<Platform, 'services' | 'streams'>,
  { brokers, clusterName }: Pick<Streams, 'brokers' | 'clusterName'>,
): StreamsFigures => ({
  clusterName,
  brokers,
  followers: Object.entries(platform.streams).flatMap(([stream, { maxLagSeconds }]) =>
    followersOf(platform, stream).map((service) => ({ stream, service, maxLagSeconds })),
  ),
});
