import type { ServicebusQueueConfig } from '@cdktf/provider-azurerm/lib/servicebus-queue';
import type { Queue } from '../platform/nouns/messaging';
import type { Service } from '../platform/nouns/service';
import { isoDuration } from './duration';

/** For so long a message that was sent before is known, in seconds: twice what SQS does. */
export const duplicateSeconds = 600;

/** All that a queue may hold, in MB: what waits is bounded by its time, not by its room. */
export const largestMb = 81_920;

/**
 * A queue of the model in the terms of Service Bus. What nobody took in its time goes to the dead letters, as does what was
 * taken too often; these stay until somebody looks. An ordered queue hands each group of messages to one consumer at a time,
 * and drops what was sent twice by the id that the sender gave.
 */
export const queueSettings = ({
  fifo,
  maxReceives,
  retentionHours,
  visibilitySeconds,
}: Queue): Omit<ServicebusQueueConfig, 'name' | 'namespaceId'> => ({
  lockDuration: isoDuration(visibilitySeconds),
  maxDeliveryCount: maxReceives,
  defaultMessageTtl: isoDuration(retentionHours * 3600),
  deadLetteringOnMessageExpiration: true,
  maxSizeInMegabytes: largestMb,
  requiresSession: fifo,
  requiresDuplicateDetection: fifo,
  ...(fifo ? { duplicateDetectionHistoryTimeWindow: isoDuration(duplicateSeconds) } : {}),
});

/** Messages that may wait in a queue which nobody receives from. */
const unreadLimit = 100;

/** Messages that wait when all tasks of all consumers have as many before them as adds another task, and none is left. */
export const backlogLimit = (consumers: readonly Pick<Service, 'scale'>[]): number =>
  consumers.length === 0
    ? unreadLimit
    : consumers.reduce((sum, { scale }) => sum + scale.max * scale.backlogPerTask, 0);

/** Minutes over which Azure looks at a metric. */
const windows = [60, 30, 15, 5, 1] as const;

/** The longest window that is not longer than the oldest message may be old. */
export const ageWindow = (maxAgeSeconds: number): (typeof windows)[number] =>
  windows.find((minutes) => minutes * 60 <= maxAgeSeconds) ?? 1;
