import { z } from 'zod';

/**
 * Use that is paid for ahead, for a year or more, at a lower price: tasks and functions by a savings plan, servers of databases, caches
 * and search by reserved nodes. People buy it; they are told when they bought too little, and when they bought too much.
 */
const commitments = z.strictObject({
  /** Share of what could be paid for ahead that is, in percent: people are told below it. */
  coveredPercent: z.int().min(1).max(100),
  /** Share of what was paid for ahead that is used, in percent: people are told below it. */
  usedPercent: z.int().min(1).max(100),
});
export type Commitments = z.output<typeof commitments>;

/** What the platform promises. Checks compute from the output whether it can be held. */
export const goals = z.strictObject({
  /** Share of time in which the platform serves, in percent of a month. */
  availabilityPercent: z.number().min(90).max(99.999),
  /** 95th percentile of the response time at the edge, in milliseconds. */
  p95Milliseconds: z.int().min(1).max(60_000),
  /**
   * Share of the calls through the gateway that are answered within a time, in percent of 30 days, beside the 95% of `p95Milliseconds`: an
   * objective with an error budget of its own, measured at the load balancer of tasks, and by the gateway itself where pods serve. There
   * the time is one of the bounds by which Kong counts: 25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000 or 60000
   * milliseconds. A site without a gateway measures nothing, which `review.out/goals.md` says. @default - no such goal
   */
  serviceLevel: z
    .strictObject({ percent: z.number().min(90).max(99.999), milliseconds: z.int().min(1).max(60_000) })
    .optional(),
  /** Share of requests that may fail, in percent. */
  errorPercent: z.number().positive().max(10),
  /** Share of the requests for files that the edge answers from its cache, in percent. @default - no goal, and no alarm */
  cacheHitPercent: z.number().min(1).max(100).optional(),
  /** Users at the same time, at the peak. */
  concurrentUsers: z.int().min(1),
  /**
   * Requests that each of them makes a minute and the edge does not answer. Together, and as many times as a load test has them, they
   * must fit into what gateway and services of every site stand at their maximum, which is computed from the output; a service
   * without `scale.requestsPerTask` counts nothing. @default - no figure: `review.out/goals.md` says that nothing is held
   * to `concurrentUsers`
   */
  requestsPerUser: z.number().positive().max(600).optional(),
  /**
   * How many times the users of a usual day `concurrentUsers` are. As few tasks as there may be must stand the usual day, and as many the
   * peak, at `requestsPerUser` each; computed from the output of the primary. @default - no promise of a usual day
   */
  spikeTimes: z.number().min(1).max(1000).optional(),
  /**
   * So many times `concurrentUsers` come in so many years. What Azure sells at its most must stand them at `requestsPerUser` each, so that
   * numbers of the definition grow and no part is made anew; computed from the output. @default - no promise of growth
   */
  growth: z.strictObject({ times: z.number().min(1).max(100), years: z.int().min(1).max(20) }).optional(),
  /**
   * From the loss of the server that takes writes to the next one taking them, in seconds, on every site; the published
   * figure of each database's topology must be within it. Stages that are not protected may do without.
   * @default - no goal
   */
  databaseFailoverSeconds: z.int().min(1).max(3600).optional(),
  /**
   * How busy the processors of each service are on a usual day, in percent: somebody is called when a service is busier for a whole day on
   * the average, so that it has room to grow before scaling sees a reason. Below `scale.cpuPercent` of every service, which is what is
   * followed while load rises. Measured of tasks, and of what pods asked for. @default - no such goal
   */
  steadyCpuPercent: z.int().min(5).max(90).optional(),
  /**
   * 95th percentile of what a query of a database takes, in milliseconds, of each service that uses one: with the network and the pool, as
   * the service itself counts it by OpenTelemetry (`db.client.operation.duration`), with a bound of its histogram here. Somebody is called
   * when it takes longer, and when a service does not count. Measured where `telemetry` keeps figures, on AWS. @default - no such goal
   */
  queryMilliseconds: z.int().min(1).max(60_000).optional(),
  /** Recovery on the other site. Platforms with one site have none. */
  recovery: z
    .strictObject({
      /** From the loss of the primary to service on the recovery site, in minutes. */
      timeMinutes: z.int().min(1),
      /** Acknowledged database writes that may be lost, in minutes. */
      databasePointMinutes: z.number().positive(),
      /** Objects that may be lost, in minutes. @default - no goal: the recovery site waives `objects` */
      objectsPointMinutes: z.number().positive().optional(),
      /** Within what time somebody on call agrees that the other site opens for writing, in minutes. A part of the recovery time. */
      approvalMinutes: z.int().min(0).max(240).default(10),
    })
    .optional(),
  /**
   * Mean time to repair, in minutes. What repairs itself is held to it in stages that are protected: a release that is measured, from its
   * first bad minute to the version before it, and a database whose writer is lost. Computed from the output. @default - no promise
   */
  repairMinutes: z.int().min(1).optional(),
  /**
   * From the decision to take a release back, by its measurements or by a person, to every request on the version before it, in
   * minutes, for every service. Computed from the output, which is refused where it takes longer. @default - no promise
   */
  rollbackMinutes: z.number().positive().max(60).optional(),
  /**
   * Releases a week, of all services together. Steps, bake times and `delivery.releaseHours` of the output must leave room for as many in stages
   * that are protected. @default - no promise
   */
  releasesPerWeek: z.int().min(1).optional(),
  /** Spend a month in US dollars. */
  monthlyDollars: z.int().min(1).optional(),
  /** What of a month's use is paid for ahead. On AWS alone. @default - nothing is meant to be, and nobody looks */
  commitments: commitments.optional(),
});
export type Goals = z.output<typeof goals>;
