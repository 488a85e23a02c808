/** A figure that stands in no output, and where it is from. */
export interface Figure {
  readonly seconds: number;
  readonly source: string;
}

/** Figures that vendors publish. */
export const published = {
  /** How long a resolver keeps an alias of Route 53: as long as what it stands for, which is a minute for CloudFront. */
  aliasTtl: {
    seconds: 60,
    source:
      'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html',
  },
  /** Until all servers of Route 53 know a changed record. */
  recordChange: {
    seconds: 60,
    source: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-editing.html',
  },
} as const satisfies Readonly<Record<string, Figure>>;

/** What the drill measured at worst: a test holds that its guide says no more. */
export const measured = {
  /** From the loss to the first write on the other site, but for the wait for a fence. */
  promotion: { seconds: 7, source: 'docs/guides/drill.md, "back on the platform" less the wait for a fence' },
  /** Age of the oldest acknowledged write that was lost. */
  databasePoint: { seconds: 2.1, source: 'docs/guides/drill.md, "recovery point"' },
} as const satisfies Readonly<Record<string, Figure>>;

/** What nobody publishes and nothing has measured yet: ours, to be replaced by the first exercise on real sites. */
export const assumed = {
  /** Until a replica of PostgreSQL takes writes under the name of its writer, and messages are taken in their other region. */
  replicaPromotion: {
    seconds: 300,
    source:
      'assumed: the vendor says minutes of both and promises none (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-geo-replication#promotion-flow), and no exercise has measured it',
  },
  /** Until nodes that were asked for have joined the cluster, all of them. They are asked for when the failover begins. */
  nodes: { seconds: 600, source: 'assumed: no vendor publishes it, and no exercise on real sites has measured it' },
} as const satisfies Readonly<Record<string, Figure>>;
