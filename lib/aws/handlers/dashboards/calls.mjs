// @ts-check
/* global fetch, AbortSignal -- Lambda runs this as it is, on Node.js. */

/**
 * A call of Grafana's API. What it answers besides what is well or expected fails.
 *
 * @typedef {(method: string, path: string, body?: object, expected?: readonly number[]) => Promise<Answer>} Call
 * @typedef {{ status: number, text: string }} Answer
 *
 * @typedef {object} Context How long there is, and how to wait.
 * @property {() => number} getRemainingTimeInMillis
 * @property {(milliseconds: number) => Promise<unknown>} pause
 */

/** A call that may go well when it is made again. */
class Passing extends Error {}

/** A workspace or a key that was just made is not known everywhere at once. */
const passing = [401, 429];

const pauseMilliseconds = 5000;

/** Left to take the key away and to tell CloudFormation, whatever happens. */
const reserveMilliseconds = 60_000;

const timeoutMilliseconds = 15_000;

/**
 * Calls a workspace by its key.
 *
 * @param {string} host
 * @param {string} key
 * @param {typeof fetch} request
 * @returns {Call}
 */
export const callerOf =
  (host, key, request) =>
  async (method, path, body, expected = []) => {
    const response = await request(`https://${host}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((/** @type {unknown} */ error) => {
      throw new Passing(`${method} ${path} was not answered: ${String(error)}`);
    });
    const { status } = response;
    const text = await response.text();
    if (response.ok || expected.includes(status)) return { status, text };
    const message = `${method} ${path} was answered ${status}: ${text.slice(0, 300)}`;
    throw status >= 500 || passing.includes(status) ? new Passing(message) : new Error(message);
  };

/**
 * Does a step until it goes well, as long as there is time and another try may help.
 *
 * @param {Context} context
 * @param {() => Promise<unknown>} step
 */
export async function patiently(context, step) {
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      const isTime = context.getRemainingTimeInMillis() > reserveMilliseconds + pauseMilliseconds + timeoutMilliseconds;
      if (!(error instanceof Passing) || !isTime) throw error;
      await context.pause(pauseMilliseconds);
    }
  }
}
