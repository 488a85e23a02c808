// @ts-check
/* global Buffer -- Lambda runs this as it is, on Node.js. */
import { createHash } from 'node:crypto';
import { Refusal, isNamable, markName } from './container.mjs';

/**
 * What is used of S3.
 *
 * @typedef {object} S3
 * @property {(input: { Bucket: string, Key: string }) => Promise<Head>} headObject
 * @property {(input: { Bucket: string, Key: string, IfMatch: string, Range?: string }) => Promise<{ Body?: { transformToByteArray: () => Promise<Uint8Array> } }>} getObject
 * @property {(input: { Bucket: string, StartAfter?: string }) => Promise<{ Contents?: Summary[], IsTruncated?: boolean }>} listObjectsV2
 *
 * @typedef {object} Summary
 * @property {string} [Key]
 * @property {string} [ETag]
 * @property {Date} [LastModified]
 * @property {string} [StorageClass]
 *
 * @typedef {object} Head
 * @property {string} [ETag]
 * @property {Date} [LastModified]
 * @property {number} [ContentLength]
 * @property {string} [CacheControl]
 * @property {string} [ContentDisposition]
 * @property {string} [ContentEncoding]
 * @property {string} [ContentLanguage]
 * @property {string} [ContentType]
 * @property {Record<string, string>} [Metadata]
 * @property {string} [StorageClass]
 *
 * @typedef {import('./container.mjs').Container} Container
 * @typedef {import('./container.mjs').Copy} Copy
 *
 * Where objects come from and where copies go.
 * @typedef {object} Way
 * @property {S3} s3
 * @property {string} bucket
 * @property {Container} container
 * @property {boolean} removes Whether what is deleted there is deleted here.
 *
 * @typedef {'absent' | 'copied' | 'foreign' | 'frozen' | 'kept' | 'removed' | 'same'} Outcome
 */

/** An object is sent in blocks of so many bytes, of which one at a time is in memory. */
export const blockBytes = 8 * 1024 * 1024;

/** So many blocks make a copy at most. https://learn.microsoft.com/rest/api/storageservices/put-block-list */
const mostBlocks = 50_000;

/** How often a copy is begun anew because the object, or the copy, has changed meanwhile. */
const attempts = 5;

/** Nothing is begun when there is less time than this. */
const reserveMilliseconds = 90_000;

/** Classes of which no object can be read before people ask for it. */
const frozenClasses = new Set(['DEEP_ARCHIVE', 'GLACIER']);

/** @param {{ StorageClass?: string }} object */
export const isFrozen = ({ StorageClass = '' }) => frozenClasses.has(StorageClass);

/**
 * Which state of which object it is. S3 tells the second alone where it tells of one object.
 *
 * @param {{ ETag?: string, LastModified?: Date }} object
 */
export const markOf = ({ ETag = '', LastModified }) =>
  `${ETag.replaceAll('"', '')}@${Math.floor((LastModified?.getTime() ?? 0) / 1000)}`;

/**
 * Makes a copy what its object is now, whatever event asked for it: events come late, twice and in any order. A copy is changed only
 * as it was seen before the object was, and both are looked at again afterwards. So whoever is last has seen the last state of the object,
 * and none that is older is written over a newer one.
 *
 * A copy that bears no mark was written by the other site while that one led. It is left alone.
 *
 * @param {string} key
 * @param {Way} way
 * @param {() => number} remaining Milliseconds until the function is stopped.
 * @returns {Promise<Outcome>}
 */
export async function converge(key, way, remaining) {
  if (!isNamable(key)) throw new Error(`Azure takes no blob of the name ${JSON.stringify(key)}`);
  /** @type {Outcome | undefined} */
  let done;
  for (let attempt = 0; attempt <= attempts; attempt += 1) {
    const copy = await way.container.look(key);
    const object = await head(key, way);
    const next = nextOf(copy, object, way.removes);
    if (next !== 'copy' && next !== 'remove') return done ?? next;
    try {
      await (next === 'copy'
        ? write(key, /** @type {Head} */ (object), copy, way, remaining)
        : way.container.remove(key, { 'if-match': /** @type {Copy} */ (copy).etag }));
      done = next === 'copy' ? 'copied' : 'removed';
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
  throw new Error(`${way.bucket}/${key} changes faster than it is copied`);
}

/**
 * @param {Copy | undefined} copy
 * @param {Head | undefined} object
 * @param {boolean} removes
 * @returns {'copy' | 'remove' | 'absent' | 'foreign' | 'frozen' | 'kept' | 'same'}
 */
function nextOf(copy, object, removes) {
  if (copy !== undefined && copy.mark === undefined) return 'foreign';
  if (object === undefined) {
    if (copy === undefined) return 'absent';
    return removes ? 'remove' : 'kept';
  }
  if (copy?.mark === markOf(object)) return 'same';
  return isFrozen(object) ? 'frozen' : 'copy';
}

/**
 * @param {string} key
 * @param {Way} way
 * @returns {Promise<Head | undefined>}
 */
async function head(key, { bucket, s3 }) {
  try {
    return await s3.headObject({ Bucket: bucket, Key: key });
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** @param {unknown} error */
const statusOf = (error) =>
  /** @type {{ $metadata?: { httpStatusCode?: number } }} */ (error).$metadata?.httpStatusCode;

/** Whether the object or the copy is no longer what was looked at. @param {unknown} error */
const isConflict = (error) => (error instanceof Refusal ? error.conflict : [404, 412].includes(statusOf(error) ?? 0));

/**
 * @param {string} key
 * @param {Head} object
 * @param {Copy | undefined} copy
 * @param {Way} way
 * @param {() => number} remaining
 */
async function write(key, object, copy, way, remaining) {
  /** @type {import('./container.mjs').Condition} */
  const condition = copy === undefined ? { 'if-none-match': '*' } : { 'if-match': copy.etag };
  const { ContentLength: size = 0 } = object;
  if (size <= blockBytes) {
    const bytes = size === 0 ? new Uint8Array() : await read(key, object, way, 0, size);
    await way.container.write(key, bytes, headersOf(object), condition);
    return;
  }
  const count = Math.ceil(size / blockBytes);
  if (count > mostBlocks) {
    throw new Error(`${way.bucket}/${key} has ${size} bytes, and a copy holds ${mostBlocks * blockBytes} at most`);
  }
  const sent = await way.container.sent(key);
  const blocks = Array.from({ length: count }, (_, index) => blockOf(object, index));
  for (const [index, block] of blocks.entries()) {
    // An earlier run has sent it before its time was over.
    if (sent.has(block)) continue;
    if (remaining() < reserveMilliseconds)
      throw new Error(`${way.bucket}/${key} goes on at block ${index} of ${count}`);
    const from = index * blockBytes;
    await way.container.send(key, block, await read(key, object, way, from, Math.min(blockBytes, size - from)));
  }
  await way.container.join(key, blocks, headersOf(object), condition);
}

/**
 * @param {string} key
 * @param {Head} object
 * @param {Way} way
 * @param {number} from
 * @param {number} length
 */
async function read(key, { ETag = '' }, { bucket, s3 }, from, length) {
  const { Body } = await s3.getObject({
    Bucket: bucket,
    Key: key,
    IfMatch: ETag,
    Range: `bytes=${from}-${from + length - 1}`,
  });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  if (bytes.length !== length) throw new Error(`${bucket}/${key} gave ${bytes.length} bytes of ${length}`);
  return bytes;
}

/** Name of a block: of one state of the object, and as long as every other. @param {Head} object @param {number} index */
const blockOf = (object, index) =>
  Buffer.from(
    `${createHash('sha256').update(markOf(object)).digest('hex').slice(0, 16)}${String(index).padStart(6, '0')}`,
  ).toString('base64');

/**
 * What a copy says of itself: as the object, and of what it is a copy. Names of metadata on Azure are those of variables.
 *
 * @param {Head} object
 * @returns {Record<string, string>}
 */
function headersOf(object) {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Metadata = {} } = object;
  const given = {
    'x-ms-blob-cache-control': CacheControl,
    'x-ms-blob-content-disposition': ContentDisposition,
    'x-ms-blob-content-encoding': ContentEncoding,
    'x-ms-blob-content-language': ContentLanguage,
    'x-ms-blob-content-type': ContentType,
  };
  return {
    .../** @type {Record<string, string>} */ (
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    ),
    ...Object.fromEntries(
      Object.entries(Metadata).map(([name, value]) => [
        `x-ms-meta-${name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_')}`,
        value,
      ]),
    ),
    [`x-ms-meta-${markName}`]: markOf(object),
  };
}
