// @ts-check
/* global fetch, process, AbortSignal -- Synthetics runs this as it is, on Node.js. */

/**
 * One request, and what must be true of its answer.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} path
 * @property {'GET' | 'HEAD' | 'POST'} method
 * @property {Record<string, string>} [body]
 * @property {number} status
 * @property {string} [contains]
 * @property {number} milliseconds
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} text
 * @property {readonly string[]} cookies As `Set-Cookie` has them.
 *
 * @typedef {(url: string, request: { method: string, headers: Record<string, string>, body?: string, milliseconds: number }) => Promise<Answer>} Ask
 */

/**
 * Walks a journey: its steps in order, with the cookies of the steps before. Fails with the first step that fails.
 *
 * @param {{ origin: string, steps: readonly Step[], ask: Ask }} journey
 */
export function createHandler({ ask, origin, steps }) {
  return async () => {
    /** @type {Map<string, string>} */
    const cookies = new Map();
    for (const step of steps) await walk(step, { ask, origin, cookies });
    return `${steps.length} steps walked`;
  };
}

/**
 * @param {Step} step
 * @param {{ origin: string, ask: Ask, cookies: Map<string, string> }} person
 */
async function walk({ body, contains, method, milliseconds, name, path, status }, { ask, cookies, origin }) {
  const asked = `${method} ${path}`;
  const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const answer = await ask(`${origin}${path}`, {
    method,
    milliseconds,
    headers: {
      'user-agent': 'mainstay-journey',
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((/** @type {unknown} */ error) => {
    throw new Error(`${name}: ${asked} had no answer within ${milliseconds} ms: ${messageOf(error)}`);
  });
  if (answer.status !== status) throw new Error(`${name}: ${asked} answered ${answer.status}, not ${status}`);
  if (contains !== undefined && !answer.text.includes(contains)) {
    throw new Error(`${name}: the answer to ${asked} does not hold "${contains}"`);
  }
  for (const [, key = '', value = ''] of answer.cookies.map((each) => /^([^=;]+)=([^;]*)/.exec(each) ?? [])) {
    if (key !== '') cookies.set(key, value);
  }
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @type {Ask} */
async function request(url, { milliseconds, ...rest }) {
  const response = await fetch(url, { ...rest, redirect: 'manual', signal: AbortSignal.timeout(milliseconds) });
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { ORIGIN: origin = '', STEPS = '[]' } = process.env;

export const handler = createHandler({
  origin,
  steps: /** @type {Step[]} */ (JSON.parse(STEPS)),
  ask: request,
});
