// @ts-check
/* global Buffer, process -- Lambda runs this as it is, on Node.js. */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { ECS } from '@aws-sdk/client-ecs';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { SecretsManager } from '@aws-sdk/client-secrets-manager';

/** Of a key of RSA; good beyond 2030 (NIST SP 800-57, part 1, table 2). */
const modulusLength = 3072;

/** What versions begin with that are no placeholders, as those do that people push. */
const pushed = 'pushed-';

/**
 * What the function uses.
 *
 * @typedef {object} Version
 * @property {string} [SecretString]
 * @property {string} [VersionId]
 * @property {Date} [CreatedDate]
 *
 * @typedef {object} Store
 * @property {(input: { SecretId: string, VersionId?: string, VersionStage?: string }) => Promise<Version>} getSecretValue
 * @property {(input: { SecretId: string, ClientRequestToken: string, SecretString: string, VersionStages?: string[] }) => Promise<unknown>} putSecretValue
 * @property {(input: { SecretId: string, VersionStage: string, MoveToVersionId: string, RemoveFromVersionId: string }) => Promise<unknown>} updateSecretVersionStage
 *
 * @typedef {object} Deployment
 * @property {string} [rolloutState]
 * @property {Date} [createdAt]
 *
 * @typedef {object} Services
 * @property {(input: { cluster: string, services: string[] }) => Promise<{ services?: readonly { deployments?: readonly Deployment[] }[] }>} describeServices
 * @property {(input: { cluster: string, service: string, forceNewDeployment: true }) => Promise<unknown>} updateService
 *
 * @typedef {object} Uses
 * @property {Store} store
 * @property {Services} services
 * @property {Readonly<Record<string, { privateKey: string, publicKey: string }>>} pairs The entries of each pair, in the order in which they sign.
 * @property {readonly { cluster: string, service: string }[]} readers Whose tasks read keys when they start.
 * @property {number} leastAgeMinutes A pair must have signed for so long.
 * @property {() => Date} now
 *
 * @typedef {object} Request What Secrets Manager asks.
 * @property {string} Step
 * @property {string} SecretId
 * @property {string} ClientRequestToken Id of the version that is to be used next.
 */

/**
 * Rotates which of three key pairs signs tokens, step by step as Secrets Manager asks. Every step can be asked again. The pair that is to sign was
 * known to all since the rotation before; the one that another is written over signed nothing that is still good.
 *
 * @param {Uses} uses
 */
export function createHandler(uses) {
  const steps = {
    createSecret: chooseNext,
    setSecret: writeSpare,
    testSecret: proveAll,
    finishSecret: signWithNext,
  };
  return async (/** @type {Request} */ request) => {
    const step = Object.entries(steps).find(([name]) => name === request.Step)?.[1];
    if (step === undefined) throw new Error(`a rotation has no step ${request.Step}`);
    await step(request, uses);
  };
}

/**
 * @param {string} id
 * @param {Pick<Uses, 'pairs'>} uses
 */
function after(id, { pairs }) {
  const ids = Object.keys(pairs);
  const at = ids.indexOf(id);
  // Never the value: until people write keys, it is one that nobody should see.
  if (at < 0) throw new Error(`the pair that signs must be one of ${ids.join(', ')}: write the keys first`);
  return /** @type {string} */ (ids[(at + 1) % ids.length]);
}

/**
 * A version that may not be there.
 *
 * @param {Promise<Version>} asked
 * @returns {Promise<Version | undefined>}
 */
const orNone = (asked) =>
  asked.catch((/** @type {{ name?: string }} */ error) => {
    if (error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  });

/**
 * Before anything is written, whatever reads keys must have started anew since the rotation before.
 *
 * @param {Request} request
 * @param {Uses} uses
 */
async function chooseNext({ ClientRequestToken, SecretId }, uses) {
  const { store } = uses;
  const current = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  if (current.VersionId === ClientRequestToken) return;
  const next = after(current.SecretString ?? '', uses);
  const pending = { SecretId, VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' };
  if ((await orNone(store.getSecretValue(pending))) !== undefined) return;
  await expectSettled(current.CreatedDate ?? uses.now(), uses);
  await store.putSecretValue({ SecretId, ClientRequestToken, SecretString: next, VersionStages: ['AWSPENDING'] });
}

/**
 * @param {Date} since When the pair that signs began to.
 * @param {Uses} uses
 */
async function expectSettled(since, { leastAgeMinutes, now, readers, services }) {
  const minutes = Math.floor((now().getTime() - since.getTime()) / 60_000);
  if (minutes < leastAgeMinutes) {
    throw new Error(
      `the pair that signs must have done so for ${leastAgeMinutes} minutes, got ${minutes}: tokens of the one before may still be good`,
    );
  }
  for (const { cluster, service } of readers) {
    const { services: [told] = [] } = await services.describeServices({ cluster, services: [service] });
    const [deployment, ...more] = told?.deployments ?? [];
    if (deployment === undefined) throw new Error(`${service} has no deployment`);
    if (more.length > 0 || deployment.rolloutState !== 'COMPLETED') {
      throw new Error(`${service} is being deployed: rotate when that has ended`);
    }
    if ((deployment.createdAt ?? since) < since) {
      throw new Error(`${service} has not started anew since the rotation before: let it, then rotate`);
    }
  }
}

/**
 * Another pair in place of the one that signs again when the next one has. The private half first: from it the public one can be had again.
 *
 * @param {Request} request
 * @param {Uses} uses
 */
async function writeSpare({ ClientRequestToken, SecretId }, uses) {
  const { pairs, store } = uses;
  const current = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  if (current.VersionId === ClientRequestToken) return;
  const next = await store.getSecretValue({ SecretId, VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' });
  const spare = pairs[after(next.SecretString ?? '', uses)];
  if (spare === undefined) throw new Error('there is no pair to write');
  const { privateKey, publicKey } = spare;
  const version = `${pushed}${ClientRequestToken}`;
  const made = await orNone(store.getSecretValue({ SecretId: privateKey, VersionId: version }));
  const pem = made?.SecretString ?? newKey();
  const written = { ClientRequestToken: version };
  if (made === undefined) await store.putSecretValue({ ...written, SecretId: privateKey, SecretString: pem });
  await store.putSecretValue({ ...written, SecretId: publicKey, SecretString: publicOf(pem) });
}

const newKey = () =>
  String(generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** @param {string} pem */
const publicOf = (pem) => String(createPublicKey(pem).export({ type: 'spki', format: 'pem' }));

/**
 * What each pair signs, it verifies. Asked once before there is anything to rotate, too: when the schedule is made.
 *
 * @param {Request} _request
 * @param {Uses} uses
 */
async function proveAll(_request, { pairs, store }) {
  const token = Buffer.from('token');
  for (const [id, { privateKey, publicKey }] of Object.entries(pairs)) {
    const [{ SecretString: privatePem = '' }, { SecretString: publicPem = '' }] = await Promise.all([
      store.getSecretValue({ SecretId: privateKey }),
      store.getSecretValue({ SecretId: publicKey }),
    ]);
    if (!verifies(token, privatePem, publicPem))
      throw new Error(`what the pair ${id} signs, it must verify: write the keys anew`);
  }
}

/**
 * No error of the library is passed on, which might show what it read.
 *
 * @param {Buffer} token
 * @param {string} privatePem
 * @param {string} publicPem
 */
function verifies(token, privatePem, publicPem) {
  try {
    return verify('RSA-SHA256', token, publicPem, sign('RSA-SHA256', token, privatePem));
  } catch {
    return false;
  }
}

/**
 * Tasks read keys when they start. Asked again, it lets them start anew again, since nobody knows whether they did.
 *
 * @param {Request} request
 * @param {Uses} uses
 */
async function signWithNext({ ClientRequestToken, SecretId }, { readers, services, store }) {
  const { VersionId = '' } = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  if (VersionId !== ClientRequestToken) {
    await store.updateSecretVersionStage({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: ClientRequestToken,
      RemoveFromVersionId: VersionId,
    });
  }
  for (const { cluster, service } of readers) {
    await services.updateService({ cluster, service, forceNewDeployment: true });
  }
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { LEAST_AGE_MINUTES = '0', PAIRS = '{}', READERS = '[]' } = process.env;

export const handler = createHandler({
  store: /** @type {Store} */ (new SecretsManager({})),
  services: /** @type {Services} */ (new ECS({})),
  pairs: /** @type {Uses['pairs']} */ (JSON.parse(PAIRS)),
  readers: /** @type {Uses['readers']} */ (JSON.parse(READERS)),
  leastAgeMinutes: Number(LEAST_AGE_MINUTES),
  // eslint-disable-next-line mainstay/restricted-syntax -- The same.
  now: () => new Date(),
});
