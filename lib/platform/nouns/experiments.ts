import { z } from 'zod';
import { partName, percent, reason } from './scalars';

/** What is expected to happen, for whoever starts it: the platform passes if this comes true. */
const expects = z.string().min(20).max(300);

/** A share of the tasks of a service is stopped at once. On ECS alone; on Kubernetes people delete pods, as the runbook says. */
const stopTasks = z.strictObject({
  kind: z.literal('stop-tasks'),
  expects,
  service: partName,
  /** Share of its tasks, in percent. */
  percent: percent.default(50),
});

/** What services run on in one zone reaches nothing in the others, nor is reached from there. */
const networkPartition = z.strictObject({
  kind: z.literal('network-partition'),
  expects,
  /** Which of the site's zones is cut off, from 1. */
  zone: z.int().min(1).max(3).default(1),
  minutes: z.int().min(1).max(60).default(5),
});

/** The server of a database that takes writes fails over to another. */
const databaseFailover = z.strictObject({
  kind: z.literal('database-failover'),
  expects,
  database: partName,
});

/** A fault that people put into a running stage to see whether the platform bears it. Where it may be started is a stage's own. */
export const experiment = z.discriminatedUnion('kind', [stopTasks, networkPartition, databaseFailover]);
export type Experiment = z.output<typeof experiment>;

/** That faults may be put into a stage. */
export const faults = z.strictObject({
  /** Why this stage may be broken on purpose, and when; production only with a reason that says so. */
  reason,
  /** A running experiment is stopped when more of all requests fail, in percent of a minute. */
  stopErrorPercent: percent.default(5),
});
export type Faults = z.output<typeof faults>;
