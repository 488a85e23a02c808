// @ts-check
/* global AbortSignal, fetch -- Lambda runs this as it is, on Node.js. */
import { converge } from './copy.mjs';
import { reconcile } from './reconcile.mjs';

/**
 * A bucket, and where its copies go.
 *
 * @typedef {object} Copies
 * @property {string} bucket
 * @property {string} container Address of the container.
 * @property {boolean} removes
 *
 * What is used of SQS.
 * @typedef {object} Queue
 * @property {(input: { QueueUrl: string, Entries: { Id: string, MessageBody: string }[] }) => Promise<{ Failed?: { Message?: string }[] }>} sendMessageBatch
 * @property {(input: { QueueUrl: string, ReceiptHandle: string, VisibilityTimeout: number }) => Promise<unknown>} changeMessageVisibility
 *
 * @typedef {object} Uses
 * @property {readonly Copies[]} copies
 * @property {import('./copy.mjs').S3} s3
 * @property {(url: string) => import('./container.mjs').Container} containerOf
 * @property {Queue} sqs
 * @property {string} queueUrl
 * @property {() => Promise<boolean>} leads Whether the primary is the site that leads.
 * @property {(line: object) => void} log
 * @property {() => number} now Milliseconds.
 *
 * @typedef {object} Record
 * @property {string} messageId
 * @property {string} receiptHandle
 * @property {string} body
 * @property {{ ApproximateReceiveCount: string }} attributes
 *
 * What a message asks for: to look at an object, of which an event told, or to compare a bucket, from where it stands or from its beginning,
 * or all of them.
 * @typedef {object} Message
 * @property {{ bucket: { name: string }, object: { key: string } }} [detail]
 * @property {{ bucket?: string, after?: string, marker?: string }} [reconcile]
 */

/** A comparison goes on in a message of its own after so long, so that none looks old. */
const sliceMilliseconds = 60_000;

/** SQS takes so many messages at once. */
const batchSize = 10;

/** A message that failed is tried again after so many seconds, then twice as many, and so on. */
const firstDelaySeconds = 15;
const longestDelaySeconds = 300;

/** @param {number} receives */
export const delayOf = (receives) => Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** Math.max(0, receives - 1));

/**
 * The function, with what it uses: answers which messages failed, and only these come again.
 *
 * @param {Uses} uses
 */
export function createHandler(uses) {
  const { leads, log, queueUrl, sqs } = uses;
  return async (
    /** @type {{ Records: readonly Record[] }} */ { Records },
    /** @type {{ getRemainingTimeInMillis: () => number }} */ context,
  ) => {
    // Asked once for all of them.
    const leading = leads();
    const failed = await Promise.all(
      Records.map(async ({ attributes, body, messageId, receiptHandle }) => {
        try {
          if (await leading) await work(parse(body), uses, () => context.getRemainingTimeInMillis());
          // What was not done is found by comparing, once the primary leads again.
          else log({ left: messageId, why: 'the recovery site leads' });
          return [];
        } catch (error) {
          log({ failed: messageId, body, error: error instanceof Error ? error.message : String(error) });
          await sqs
            .changeMessageVisibility({
              QueueUrl: queueUrl,
              ReceiptHandle: receiptHandle,
              VisibilityTimeout: delayOf(Number(attributes.ApproximateReceiveCount)),
            })
            // It then comes again when its time is over.
            .catch((/** @type {unknown} */ reason) => log({ failed: messageId, error: String(reason) }));
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };
}

/**
 * @param {string} body
 * @returns {Message}
 */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('the message is no JSON');
  }
}

/**
 * @param {Message} message
 * @param {Uses} uses
 * @param {() => number} remaining
 */
async function work({ detail, reconcile: asked }, uses, remaining) {
  if (detail !== undefined) {
    const { bucket, object } = detail;
    uses.log({
      bucket: bucket.name,
      key: object.key,
      outcome: await converge(object.key, wayOf(bucket.name, uses), remaining),
    });
  } else if (asked?.bucket !== undefined) {
    await compare(asked.bucket, asked, uses);
  } else if (asked !== undefined) {
    await send(
      uses,
      uses.copies.map(({ bucket }) => ({ reconcile: { bucket } })),
    );
  } else {
    throw new Error('the message asks for nothing that is known here');
  }
}

/**
 * @param {string} name
 * @param {Uses} uses
 * @returns {import('./copy.mjs').Way}
 */
function wayOf(name, { containerOf, copies, s3 }) {
  const copied = copies.find(({ bucket }) => bucket === name);
  if (copied === undefined) throw new Error(`no objects of ${name} are copied`);
  return { s3, bucket: name, container: containerOf(copied.container), removes: copied.removes };
}

/**
 * @param {string} bucket
 * @param {import('./reconcile.mjs').Position} position
 * @param {Uses} uses
 */
async function compare(bucket, position, uses) {
  const { log, now } = uses;
  const end = now() + sliceMilliseconds;
  let differences = 0;
  /** @type {Message[]} */
  let waiting = [];
  const flush = async () => {
    const ready = waiting;
    waiting = [];
    await send(uses, ready);
  };
  const next = await reconcile(position, wayOf(bucket, uses), {
    isOver: () => now() >= end,
    differ: async (key) => {
      differences += 1;
      waiting.push({ detail: { bucket: { name: bucket }, object: { key } } });
      if (waiting.length === batchSize) await flush();
    },
  });
  if (next !== undefined) waiting.push({ reconcile: { bucket, ...next } });
  await flush();
  log({ bucket, differences, ...(next === undefined ? { compared: true } : next) });
}

/**
 * @param {Pick<Uses, 'queueUrl' | 'sqs'>} uses
 * @param {readonly Message[]} messages
 */
async function send({ queueUrl, sqs }, messages) {
  for (let from = 0; from < messages.length; from += batchSize) {
    const { Failed = [] } = await sqs.sendMessageBatch({
      QueueUrl: queueUrl,
      Entries: messages
        .slice(from, from + batchSize)
        .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
    });
    if (Failed.length > 0) throw new Error(`SQS took ${Failed.length} messages less: ${Failed[0]?.Message ?? ''}`);
  }
}

/**
 * Whether a site leads, by the latch. Where there is none yet, nothing ever failed over. Everybody may read it, without a token.
 *
 * @param {string} latch Empty if the platform has none.
 * @param {string} site
 */
export async function leadsBy(latch, site) {
  if (latch === '') return true;
  const response = await fetch(latch, { signal: AbortSignal.timeout(10_000) });
  if (response.status === 404) return true;
  if (!response.ok) throw new Error(`the latch answered ${response.status}`);
  return /** @type {{ leader?: string }} */ (await response.json()).leader === site;
}
