// @ts-check
/* global AbortSignal, fetch, URLSearchParams -- Lambda runs this as it is, on Node.js. */

/**
 * What is used of STS.
 *
 * @typedef {object} Sts
 * @property {(input: { Audience: string[], DurationSeconds: number, SigningAlgorithm: 'RS256' }) => Promise<{ WebIdentityToken?: string }>} getWebIdentityToken
 *
 * @typedef {object} Uses
 * @property {Sts} sts
 * @property {string} tenant Tenant of Entra ID.
 * @property {string} client Client id of the identity.
 * @property {string} [authority] Where Entra ID answers.
 * @property {() => number} now Milliseconds.
 */

/** For whom AWS signs: Entra ID takes no other. */
const audience = 'api://AzureADTokenExchange';

/** Our own proof is needed once, at once. */
const proofSeconds = 300;

/** A token is changed for another while it still holds for so long. */
const marginMilliseconds = 300_000;

const answerMilliseconds = 10_000;

/**
 * Tokens for Blob Storage of an identity on Azure, which AWS proves us to be: each holds for about an hour, and none is kept anywhere.
 *
 * @param {Uses} uses
 * @returns {() => Promise<string>}
 */
export function createTokens(uses) {
  const { now } = uses;
  /** @type {{ answer: Promise<{ token: string, seconds: number }>, until: number } | undefined} */
  let known;
  return async () => {
    if (known === undefined || now() >= known.until) {
      const asked = { answer: ask(uses), until: Infinity };
      known = asked;
      asked.answer.then(
        ({ seconds }) => (asked.until = now() + seconds * 1000 - marginMilliseconds),
        () => (known = undefined),
      );
    }
    return (await known.answer).token;
  };
}

/** @param {Uses} uses */
async function ask({ authority = 'https://login.microsoftonline.com', client, sts, tenant }) {
  const { WebIdentityToken } = await sts.getWebIdentityToken({
    Audience: [audience],
    DurationSeconds: proofSeconds,
    SigningAlgorithm: 'RS256',
  });
  if (WebIdentityToken === undefined) throw new Error('STS gave no token');
  const response = await fetch(`${authority}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      scope: 'https://storage.azure.com/.default',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: WebIdentityToken,
    }),
    signal: AbortSignal.timeout(answerMilliseconds),
  });
  const answer =
    /** @type {{ access_token?: string, expires_in?: number, error?: string, error_description?: string }} */ (
      await response.json()
    );
  const { access_token: token, error, error_description: description = '', expires_in: seconds = 0 } = answer;
  if (!response.ok || token === undefined) {
    throw new Error(`Entra ID gave no token: ${response.status} ${error ?? ''} ${description.split('\n')[0]}`.trim());
  }
  return { token, seconds };
}
