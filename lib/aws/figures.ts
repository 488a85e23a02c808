import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from '../platform/nouns/messaging';
import type { Service } from '../platform/nouns/service';
import type { GroupDimensions } from './release-alarms';

/*
 * What a dashboard needs to know of the platform's parts: names by which CloudWatch knows them, and bounds to draw. The
 * parts' stacks are referred to, and never refer back.
 */

/** Requests that a load balancer sends to a service. */
export interface TrafficFigures {
  /** The target groups between which releases move, one or two. */
  readonly groups: readonly GroupDimensions[];
  /**
   * Full name of the load balancer, where every request that it turned away itself was meant for this service, directly
   * or through it: only so for the gateway. @default - what the load balancer turns away is not counted
   */
  readonly refusedBy?: string;
}

/** A service on ECS. */
export interface ServiceFigures {
  readonly name: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly logGroupName: string;
  readonly scale: Pick<Service['scale'], 'min' | 'max' | 'cpuPercent'>;
  /** @default - the service has no routes */
  readonly traffic?: TrafficFigures;
}

/** The edge. Its metrics are in us-east-1. */
export interface EdgeFigures {
  readonly distributionId: string;
  /** Name of the firewall's metrics. */
  readonly firewall: string;
}

/** A database, which knows the metrics of its own topology. */
export interface DatabaseFigures {
  readonly name: string;
  /** The highest, or lowest, value among its instances. */
  worst(metricName: string, statistic: 'Maximum' | 'Minimum'): cloudwatch.IMetric;
  /** How far the slowest reader is behind; absent without readers. */
  readonly lag?: { readonly metric: cloudwatch.IMetric; readonly threshold: number } | undefined;
}

/** A cache and its nodes. */
export interface CacheFigures {
  readonly name: string;
  readonly replicationGroupId: string;
  /** What follows the group's id in the nodes' ids, after a hyphen. */
  readonly nodes: readonly string[];
}

/** A search domain. */
export interface SearchFigures {
  readonly name: string;
  readonly domainName: string;
  readonly account: string;
}

/** The brokers of all streams. */
export interface StreamsFigures {
  readonly clusterName: string;
  /** How many brokers there are; they are numbered from 1. */
  readonly brokers: number;
  /** Who follows what, and how far behind each may be, in seconds. */
  readonly followers: readonly { readonly stream: string; readonly service: string; readonly maxLagSeconds: number }[];
}

/** A queue and the queue of its dead letters. */
export interface QueueFigures {
  readonly name: string;
  readonly queueName: string;
  readonly deadLettersName: string;
  readonly maxAgeSeconds: Queue['maxAgeSeconds'];
}

/** A workflow on Step Functions. */
export interface WorkflowFigures {
  readonly name: string;
  readonly machineArn: string;
}

/** Messages to people. */
export interface MessagesFigures {
  readonly name: string;
  /** Name of what its e-mail is sent by. @default - it sends none */
  readonly configurationSetName?: string | undefined;
  /** What its SMS may cost a month, in US dollars. @default - it sends none */
  readonly monthlyDollars?: number | undefined;
}

/** Parts of a platform that hold or carry data. */
export interface PartFigures {
  readonly databases: readonly DatabaseFigures[];
  readonly caches: readonly CacheFigures[];
  readonly searches: readonly SearchFigures[];
  readonly queues: readonly QueueFigures[];
  readonly workflows: readonly WorkflowFigures[];
  readonly messages: readonly MessagesFigures[];
  /** @default - there are no streams */
  readonly streams?: StreamsFigures | undefined;
}
