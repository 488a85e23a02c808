// @ts-check
/* global Buffer -- Lambda runs this as it is, on Node.js. */
import { isNamable } from './container.mjs';
import { isFrozen, markOf } from './copy.mjs';

/**
 * Where a comparison stands: after this key, with the copies of this page.
 *
 * @typedef {object} Position
 * @property {string} [after]
 * @property {string} [marker]
 *
 * @typedef {import('./copy.mjs').Way} Way
 */

/**
 * Compares a bucket with its container, side by side in the order of names, and tells the keys that differ. Nothing is changed: whoever is
 * told looks again. Where both clouds order names otherwise, which they do for some beyond the Basic Multilingual Plane, more is
 * told than differs.
 *
 * @param {Position} position
 * @param {Way} way
 * @param {{ differ: (key: string) => Promise<void>, isOver: () => boolean }} uses
 * @returns {Promise<Position | undefined>} where to go on if time was over
 */
export async function reconcile({ after = '', marker = '' }, { bucket, container, removes, s3 }, { differ, isOver }) {
  const objects = objectsOf(s3, bucket, after);
  const copies = copiesOf(container, marker, after);
  let object = await valueOf(objects);
  let copy = await valueOf(copies);
  let page = marker;
  let done = after;
  while (object !== undefined || copy !== undefined) {
    if (isOver()) return { after: done, marker: page };
    const order = compare(object?.key, copy?.key);
    if (order <= 0 && object !== undefined) {
      const theirs = order === 0 ? copy : undefined;
      const isForeign = theirs !== undefined && theirs.mark === undefined;
      if (!isForeign && theirs?.mark !== object.mark && !object.isFrozen) await differ(object.key);
      done = object.key;
    }
    if (order > 0 && copy !== undefined) {
      if (removes && copy.mark !== undefined) await differ(copy.key);
      done = copy.key;
    }
    if (order >= 0) {
      page = copy?.page ?? page;
      copy = await valueOf(copies);
    }
    if (order <= 0) object = await valueOf(objects);
  }
  return undefined;
}

/**
 * @template T
 * @param {AsyncGenerator<T, void>} of
 * @returns {Promise<T | undefined>}
 */
const valueOf = async (of) => (await of.next()).value ?? undefined;

/** As S3 orders names: by their bytes. What is not there comes last. @param {string | undefined} one @param {string | undefined} other */
function compare(one, other) {
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/**
 * @param {Way['s3']} s3
 * @param {string} Bucket
 * @param {string} after
 * @returns {AsyncGenerator<{ key: string, mark: string, isFrozen: boolean }, void>}
 */
async function* objectsOf(s3, Bucket, after) {
  let last = after;
  for (;;) {
    const { Contents = [], IsTruncated = false } = await s3.listObjectsV2({
      Bucket,
      ...(last === '' ? {} : { StartAfter: last }),
    });
    for (const summary of Contents) {
      last = summary.Key ?? last;
      // What cannot be named there was refused when it was written, and once is enough.
      if (isNamable(last)) yield { key: last, mark: markOf(summary), isFrozen: isFrozen(summary) };
    }
    if (!IsTruncated || Contents.length === 0) return;
  }
}

/**
 * @param {Way['container']} container
 * @param {string} marker
 * @param {string} after
 * @returns {AsyncGenerator<{ key: string, mark: string | undefined, page: string }, void>}
 */
async function* copiesOf(container, marker, after) {
  let page = marker;
  for (;;) {
    const { copies, next } = await container.list(page);
    for (const copy of copies) if (compare(copy.key, after) > 0) yield { ...copy, page };
    if (next === '') return;
    page = next;
  }
}
