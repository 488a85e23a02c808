// @ts-check
/* eslint-disable mainstay/import-direction, @typescript-eslint/no-require-imports -- Lambda runs this file as it is, on Node.js alone */
const { Buffer } = require('node:buffer');
const process = require('node:process');
const { gunzipSync } = require('node:zlib');
const { send, signed } = require('./request.cjs');

/**
 * What CloudWatch Logs sends: lines of one stream.
 *
 * @typedef {object} Batch
 * @property {'DATA_MESSAGE' | 'CONTROL_MESSAGE'} messageType
 * @property {string} logGroup
 * @property {string} logStream
 * @property {readonly { readonly id: string, readonly timestamp: number, readonly message: string }[]} logEvents
 */

/**
 * Writes lines of logs into the domain, each a document of the day on which it was written, under the id that it has: a line that is
 * sent again is there once. Fails when the domain does not take all of them, so that the batch comes again, and is kept in the end.
 *
 * @param {{ readonly awslogs: { readonly data: string } }} event
 */
exports.handler = async ({ awslogs }) => {
  /** @type {Batch} */
  const batch = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8'));
  if (batch.messageType !== 'DATA_MESSAGE' || batch.logEvents.length === 0) return;
  const url = new URL('/_bulk', `https://${process.env.ENDPOINT ?? ''}`);
  const { status, text } = await send(signed({ method: 'POST', url, headers: {}, body: linesOf(batch) }));
  if (status >= 300) throw new Error(`the domain answered ${status}: ${text.slice(0, 300)}`);
  /** @type {{ errors: boolean, items: readonly { index: { error?: { reason?: string } } }[] }} */
  const answer = JSON.parse(text);
  if (!answer.errors) return;
  const refused = answer.items.flatMap(({ index }) => (index.error === undefined ? [] : [index.error.reason]));
  throw new Error(`${refused.length} of ${answer.items.length} lines were refused: ${refused[0]}`);
};

/**
 * As the domain takes them: what to do in one line, and the document in the next.
 *
 * @param {Batch} batch
 */
const linesOf = ({ logEvents, logGroup, logStream }) =>
  logEvents
    .flatMap(({ id, message, timestamp }) => {
      const time = new Date(timestamp).toISOString();
      const index = { _index: `logs-${time.slice(0, 10)}`, _id: id };
      return [{ index }, { '@timestamp': time, logGroup, logStream, message, ...fieldsOf(message) }];
    })
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

/**
 * What a line says field by field, if it is JSON.
 *
 * @param {string} message
 */
function fieldsOf(message) {
  if (!message.startsWith('{')) return {};
  try {
    return { fields: JSON.parse(message) };
  } catch {
    return {}; // a line that only begins like JSON
  }
}
