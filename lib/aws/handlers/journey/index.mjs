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
 * How it signs in: where, and by which entry of Secrets Manager each field of the request is known.
 *
 * @typedef {object} SignIn
 * @property {string} path
 * @property {number} status
 * @property {string} token Field of the answer.
 * @property {number} milliseconds
 * @property {string} region Where the entries lie.
 * @property {Record<string, string>} entries
 *
 * @typedef {(region: string, entry: string) => Promise<string>} Read
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} text
 * @property {readonly string[]} cookies As `Set-Cookie` has them.
 *
 * @typedef {(url: string, request: { method: string, headers: Record<string, string>, body?: string, milliseconds: number }) => Promise<Answer>} Ask
 */

/**
 * Walks a journey: its steps in order, with the cookies of the steps before, and with a token where it signs in first. Fails with the
 * first step that fails. What it says is kept: it never holds an answer, a password or a token.
 *
 * @param {{ origin: string, steps: readonly Step[], ask: Ask, signIn?: SignIn, read?: Read }} journey
 */
export function createHandler({ ask, origin, read = readEntry, signIn, steps }) {
  return async () => {
    /** @type {Map<string, string>} */
    const cookies = new Map();
    const person = { ask, origin, cookies };
    const token = signIn === undefined ? undefined : await signedIn(signIn, person, read);
    for (const step of steps) await walk(step, { ...person, token });
    return `${steps.length} steps walked`;
  };
}

/**
 * The token of whoever signed in.
 *
 * @param {SignIn} signIn
 * @param {Person} person
 * @param {Read} read
 */
async function signedIn({ entries, milliseconds, path, region, status, token }, person, read) {
  const known = await Promise.all(
    Object.entries(entries).map(async ([field, entry]) => [field, await read(region, entry)]),
  ).catch((/** @type {unknown} */ error) => {
    throw new Error(`sign-in: the secret could not be read: ${error instanceof Error ? error.name : 'unknown'}`);
  });
  const body = Object.fromEntries(known);
  const text = await walk({ name: 'sign-in', method: 'POST', body, milliseconds, path, status }, person);
  const found = fieldOf(text, token);
  // What fetch says of a header that it refuses holds the header.
  if (typeof found !== 'string' || !/^[\x21-\x7e]+$/.test(found)) {
    throw new Error(`sign-in: the answer to POST ${path} has no text in its field ${token} that a header carries`);
  }
  return found;
}

/**
 * A field of an answer, if it is JSON. What the parser says of another would hold the answer.
 *
 * @param {string} text
 * @param {string} field
 * @returns {unknown}
 */
function fieldOf(text, field) {
  try {
    return /** @type {Record<string, unknown> | null} */ (JSON.parse(text))?.[field];
  } catch {
    return undefined;
  }
}

/**
 * @typedef {object} Person Who walks.
 * @property {string} origin
 * @property {Ask} ask
 * @property {Map<string, string>} cookies
 * @property {string | undefined} [token]
 */

/**
 * What was answered.
 *
 * @param {Step} step
 * @param {Person} person
 */
async function walk({ body, contains, method, milliseconds, name, path, status }, { ask, cookies, origin, token }) {
  const asked = `${method} ${path}`;
  const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const answer = await ask(`${origin}${path}`, {
    method,
    milliseconds,
    headers: {
      'user-agent': 'mainstay-journey',
      ...(cookie === '' ? {} : { cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
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
  return answer.text;
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @type {Ask} */
async function request(url, { milliseconds, ...rest }) {
  const response = await fetch(url, { ...rest, redirect: 'manual', signal: AbortSignal.timeout(milliseconds) });
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
}

/**
 * The SDK is that of the runtime, and is loaded where a journey signs in alone.
 *
 * @type {Read}
 */
async function readEntry(region, entry) {
  // @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
  // eslint-disable-next-line mainstay/import-direction -- The same.
  const { SecretsManager } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManager({ region }).getSecretValue({ SecretId: entry });
  return SecretString;
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { ORIGIN: origin = '', SIGN_IN, STEPS = '[]' } = process.env;

export const handler = createHandler({
  origin,
  steps: /** @type {Step[]} */ (JSON.parse(STEPS)),
  ask: request,
  ...(SIGN_IN === undefined ? {} : { signIn: /** @type {SignIn} */ (JSON.parse(SIGN_IN)) }),
});
