import { z } from 'zod';
import { dataClass, partName } from './scalars';

/** Name of a column: what BigQuery and Avro both take. */
const columnName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'lower-case words joined by underscores, beginning with a letter' })
  .max(64);

/** What a column holds. Timestamps and dates are written as ISO 8601 says, JSON as a text. */
const column = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'timestamp', 'date', 'json']),
  /** Whether every event has it. One without is written as Avro writes JSON: `null`, or `{"string": "…"}`. */
  required: z.boolean().default(true),
  /** What it means, for whoever asks the table. */
  description: z.string().min(5).max(200),
});
export type Column = z.output<typeof column>;

/** A table of events, with the topic that fills it: one row an event, never changed. */
export const warehouseTable = z.strictObject({
  columns: z.record(columnName, column).refine((columns) => Object.keys(columns).length > 0, {
    error: 'at least one column',
  }),
  /** Column by whose day the table is partitioned: a required timestamp. Whoever asks the table says which days. */
  partitionBy: columnName,
  /** Columns by which rows of a day lie together, the most asked for first; four at most. */
  clusterBy: z.array(columnName).max(4).readonly().default([]),
  /** Rows leave this long after their day, in days. */
  keepDays: z.int().min(1).max(3650).default(400),
});
export type WarehouseTable = z.output<typeof warehouseTable>;

/** Tables of events that people and dashboards ask, apart from every database that serves requests. */
export const warehouse = z.strictObject({
  tables: z.record(partName, warehouseTable).refine((tables) => Object.keys(tables).length > 0, {
    error: 'at least one table',
  }),
  /** An event that a table does not take is tried this often before it is a dead letter. BigQuery's side takes 5 to 100. */
  maxReceives: z.int().min(5).max(100).default(5),
  /** Events can be written again from this long ago, and dead letters wait this long, in days. At most 31. */
  replayDays: z.int().min(1).max(31).default(7),
  /** The oldest event that is in no table may be this old before somebody is called, in seconds. */
  maxAgeSeconds: z.int().min(60).default(600),
  dataClass: dataClass.default('confidential'),
});
export type Warehouse = z.output<typeof warehouse>;

/** Where a stage's warehouses stand: a project of Google Cloud that holds nothing else. */
export const google = z.strictObject({
  /** Id of the project. */
  project: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, { error: '6 to 30 lower-case letters, digits and hyphens' }),
  /** Number of the project, by which Google names its own accounts in it. */
  projectNumber: z.string().regex(/^[1-9]\d{5,13}$/, { error: '6 to 14 digits' }),
  /** Region of events at rest and on their way. */
  location: z.string(),
  billingAccount: z
    .string()
    .regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, { error: 'three times six hexadecimal digits, joined by hyphens' }),
  /** What the project may spend a month, in US dollars. */
  monthlyDollars: z.int().min(1),
});
export type Google = z.output<typeof google>;
