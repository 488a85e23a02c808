// @ts-check
/* global AbortSignal, fetch, Response -- Lambda runs this as it is, on Node.js. */
import { createHash } from 'node:crypto';

/**
 * A copy, as far as it is looked at.
 *
 * @typedef {object} Copy
 * @property {string} etag
 * @property {string | undefined} mark Of what it is a copy. Nothing if somebody else wrote it.
 *
 * What a copy must be for it to be changed: the one that was seen, or none.
 * @typedef {{ 'if-match': string } | { 'if-none-match': '*' }} Condition
 *
 * @typedef {object} Listed
 * @property {{ key: string, mark: string | undefined }[]} copies In their order.
 * @property {string} next Where the next page begins; empty after the last.
 *
 * @typedef {ReturnType<typeof createContainer>} Container
 */

/** Version of the protocol, by which its answers are spelled. */
const version = '2025-11-05';

/** Metadata by which a copy says of what it is one. */
export const markName = 'mainstay_source';

/** What Azure says when a copy is not what it was thought to be. */
const conflicts = new Set(['BlobAlreadyExists', 'BlobNotFound', 'ConditionNotMet', 'InvalidBlockList']);

/** Time for an answer, with the bytes of a block on their way. */
const answerMilliseconds = 60_000;

/** Blob Storage said no. */
export class Refusal extends Error {
  /**
   * @param {string} what
   * @param {number} status
   * @param {string} code
   */
  constructor(what, status, code) {
    super(`${what} was refused: ${status} ${code}`.trimEnd());
    this.status = status;
    this.conflict = conflicts.has(code);
  }
}

/**
 * The name as a path. Segments of one or two dots mean something else in a path, however they are written.
 *
 * @param {string} key
 */
const pathOf = (key) => key.split('/').map(encodeURIComponent).join('/');

/**
 * Whether an object can have its name on Azure: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
 *
 * @param {string} key
 */
export const isNamable = (key) =>
  key.length <= 1024 && !/(^|\/)\.{1,2}(\/|$)/.test(key) && !/[./]$/.test(key) && key.split('/').length <= 254;

/**
 * A container of Blob Storage, by its protocol: https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
 *
 * @param {{ url: string, token: () => Promise<string> }} uses
 */
export function createContainer({ token, url }) {
  /**
   * @param {string} method
   * @param {string} at
   * @param {{ headers?: Record<string, string>, body?: Uint8Array | string }} [said]
   * @returns {Promise<Response>}
   */
  async function ask(method, at, { body, headers = {} } = {}) {
    const response = await fetch(`${url}${at}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, 'x-ms-version': version, ...headers },
      signal: AbortSignal.timeout(answerMilliseconds),
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new Refusal(`${method} ${url}${at}`, response.status, response.headers.get('x-ms-error-code') ?? '');
  }

  return {
    /**
     * @param {string} key
     * @returns {Promise<Copy | undefined>} nothing if there is no copy
     */
    async look(key) {
      try {
        const { headers } = await ask('HEAD', `/${pathOf(key)}`);
        return { etag: headers.get('etag') ?? '', mark: headers.get(`x-ms-meta-${markName}`) ?? undefined };
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return undefined;
        throw error;
      }
    },

    /**
     * Writes a copy at once.
     *
     * @param {string} key
     * @param {Uint8Array} bytes
     * @param {Record<string, string>} headers
     * @param {Condition} condition
     */
    async write(key, bytes, headers, condition) {
      await ask('PUT', `/${pathOf(key)}`, {
        headers: { 'x-ms-blob-type': 'BlockBlob', 'content-md5': md5(bytes), ...headers, ...condition },
        body: bytes,
      });
    },

    /**
     * Blocks that were sent and belong to no copy yet. Azure keeps them for a week.
     *
     * @param {string} key
     * @returns {Promise<ReadonlySet<string>>}
     */
    async sent(key) {
      try {
        const answer = await ask('GET', `/${pathOf(key)}?comp=blocklist&blocklisttype=uncommitted`);
        return new Set([...(await answer.text()).matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name = '']) => name));
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return new Set();
        throw error;
      }
    },

    /**
     * Sends a block.
     *
     * @param {string} key
     * @param {string} block
     * @param {Uint8Array} bytes
     */
    async send(key, block, bytes) {
      await ask('PUT', `/${pathOf(key)}?comp=block&blockid=${encodeURIComponent(block)}`, {
        headers: { 'content-md5': md5(bytes) },
        body: bytes,
      });
    },

    /**
     * Makes a copy of blocks that were sent.
     *
     * @param {string} key
     * @param {readonly string[]} blocks
     * @param {Record<string, string>} headers
     * @param {Condition} condition
     */
    async join(key, blocks, headers, condition) {
      const list = blocks.map((block) => `<Uncommitted>${block}</Uncommitted>`).join('');
      await ask('PUT', `/${pathOf(key)}?comp=blocklist`, {
        headers: { 'content-type': 'application/xml', ...headers, ...condition },
        body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`,
      });
    },

    /**
     * Deletes a copy. Azure keeps it as a version.
     *
     * @param {string} key
     * @param {Condition} condition
     */
    async remove(key, condition) {
      await ask('DELETE', `/${pathOf(key)}`, { headers: condition });
    },

    /**
     * A page of the copies.
     *
     * @param {string} marker Where it begins; empty for the first.
     * @returns {Promise<Listed>}
     */
    async list(marker) {
      const from = marker === '' ? '' : `&marker=${encodeURIComponent(marker)}`;
      const answer = await ask('GET', `?restype=container&comp=list&include=metadata${from}`);
      const text = await answer.text();
      const copies = [...text.matchAll(/<Blob>.*?<\/Blob>/gs)].map(([blob]) => {
        const [, encoded, name = ''] = /<Name( Encoded="true")?>([^<]*)<\/Name>/.exec(blob) ?? [];
        const [, mark] = new RegExp(`<${markName}>([^<]*)</${markName}>`).exec(blob) ?? [];
        return {
          key: encoded === undefined ? unescapeXml(name) : decodeURIComponent(name),
          mark: mark === undefined ? undefined : unescapeXml(mark),
        };
      });
      return { copies, next: unescapeXml(/<NextMarker>([^<]*)<\/NextMarker>/.exec(text)?.[1] ?? '') };
    },
  };
}

/** @param {Uint8Array} bytes */
const md5 = (bytes) => createHash('md5').update(bytes).digest('base64');

/** @type {Record<string, string>} */
const entities = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/** @param {string} text */
const unescapeXml = (text) =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
