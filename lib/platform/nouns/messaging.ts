import { z } from 'zod';
import { dataClass, partName } from './scalars';

/** A queue with a dead-letter queue behind it. */
export const queue = z.strictObject({
  /** A message is given to consumers this often before it goes to the dead letters. */
  maxReceives: z.int().min(1).max(1000).default(5),
  /** How long a received message stays hidden from other consumers, in seconds. At most 12 h, on Azure 5 min. */
  visibilitySeconds: z.int().min(1).max(43_200).default(60),
  /** How long an unread message is kept, in hours. At most 14 days. */
  retentionHours: z.int().min(1).max(336).default(96),
  /** In order and without duplicates, per message group. */
  fifo: z.boolean().default(false),
  /** The oldest message may be this old before somebody is called, in seconds. */
  maxAgeSeconds: z.int().min(60).default(900),
  dataClass: dataClass.default('confidential'),
});
export type Queue = z.output<typeof queue>;

/** A topic: every message goes to every subscribed queue. */
export const topic = z.strictObject({
  /** Queues that receive each message. */
  subscribers: z.array(partName).min(1).readonly(),
  /** In order and without duplicates; its subscribers must be so as well. */
  fifo: z.boolean().default(false),
  dataClass: dataClass.default('confidential'),
});
export type Topic = z.output<typeof topic>;
