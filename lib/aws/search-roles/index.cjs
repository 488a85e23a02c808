// @ts-check
/* eslint-disable mainstay/import-direction, @typescript-eslint/no-require-imports -- Lambda runs this file as it is, on Node.js alone */
const { setTimeout: sleep } = require('node:timers/promises');
const { send, signed } = require('./request.cjs');

/**
 * A custom resource of CloudFormation that writes objects into the security configuration of an OpenSearch domain, as
 * the role of this function, which is the domain's master user.
 *
 * @typedef {object} Properties
 * @property {string} Endpoint Host name of the domain.
 * @property {{ readonly Path: string, readonly Body: string }[]} Objects What to write, in order.
 *
 * @typedef {object} Event
 * @property {'Create' | 'Update' | 'Delete'} RequestType
 * @property {string} ResponseURL
 * @property {string} StackId
 * @property {string} RequestId
 * @property {string} LogicalResourceId
 * @property {Properties} ResourceProperties
 */

/** A domain that was just made may take this long until it answers. */
const pauseMilliseconds = 10_000;

/** Left to tell CloudFormation, whatever happens. */
const reserveMilliseconds = 30_000;

/**
 * @param {Event} event
 * @param {{ getRemainingTimeInMillis(): number }} context
 */
exports.handler = async (event, context) => {
  const { Endpoint, Objects } = event.ResourceProperties;
  const outcome = { Status: 'SUCCESS', Reason: 'written' };
  try {
    // A domain that goes takes its security configuration along.
    if (event.RequestType !== 'Delete') {
      for (const { Path, Body } of Objects) await write(new URL(Path, `https://${Endpoint}`), Body, context);
    }
  } catch (error) {
    Object.assign(outcome, { Status: 'FAILED', Reason: String(error) });
  }
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ ...outcome, PhysicalResourceId: Endpoint, StackId, RequestId, LogicalResourceId });
  await send({ method: 'PUT', url: new URL(event.ResponseURL), headers: { 'content-type': '' }, body });
};

/**
 * Writes until the domain takes it: one that starts cannot be reached, or says that it is not yet secured.
 *
 * @param {URL} url
 * @param {string} body
 * @param {{ getRemainingTimeInMillis(): number }} context
 */
async function write(url, body, context) {
  for (;;) {
    const answer = await put(url, body).catch((error) => ({ status: 503, text: String(error) }));
    if (answer.status < 300) return;
    const again = answer.status >= 500 && context.getRemainingTimeInMillis() > reserveMilliseconds + pauseMilliseconds;
    if (!again) throw new Error(`${url.pathname} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    await sleep(pauseMilliseconds);
  }
}

/** What the domain replaces only for somebody who says what is there. */
const versioned = '/_plugins/_ism/policies/';

/**
 * @param {URL} url
 * @param {string} body
 */
async function put(url, body) {
  if (url.pathname.startsWith(versioned)) {
    const there = await send(signed({ method: 'GET', url, headers: {}, body: '' }));
    if (there.status === 200) {
      const { _primary_term, _seq_no } = JSON.parse(there.text);
      url.search = `?if_primary_term=${_primary_term}&if_seq_no=${_seq_no}`;
    }
  }
  return send(signed({ method: 'PUT', url, headers: {}, body }));
}
