// @ts-check
/* global process, setTimeout -- Lambda runs this as it is, on Node.js. */
// eslint-disable-next-line mainstay/restricted-syntax -- No synth runs it.
import { randomBytes } from 'node:crypto';
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { ECS } from '@aws-sdk/client-ecs';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { ElastiCache } from '@aws-sdk/client-elasticache';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { SecretsManager } from '@aws-sdk/client-secrets-manager';

/** Looks this often whether the user is settled, and pauses between: twice in a step, more than eight minutes within the ten of the function. */
const looks = 50;
const pauseMilliseconds = 5000;

/**
 * What the function uses.
 *
 * @typedef {object} Store
 * @property {(input: { SecretId: string, VersionId?: string, VersionStage: string }) => Promise<{ SecretString?: string, VersionId?: string }>} getSecretValue
 * @property {(input: { SecretId: string, ClientRequestToken: string, SecretString: string, VersionStages: string[] }) => Promise<unknown>} putSecretValue
 * @property {(input: { SecretId: string, VersionStage: string, MoveToVersionId: string, RemoveFromVersionId: string }) => Promise<unknown>} updateSecretVersionStage
 *
 * @typedef {object} Users
 * @property {(input: { UserId: string }) => Promise<{ Users?: readonly User[] }>} describeUsers
 * @property {(input: { UserId: string, AuthenticationMode: { Type: 'password', Passwords: string[] } }) => Promise<unknown>} modifyUser
 *
 * @typedef {object} User
 * @property {string} [Status]
 * @property {{ PasswordCount?: number }} [Authentication]
 *
 * @typedef {object} Services
 * @property {(input: { cluster: string, service: string, forceNewDeployment: true }) => Promise<unknown>} updateService
 *
 * @typedef {object} Uses
 * @property {Store} store
 * @property {Users} users
 * @property {Services} services
 * @property {string} userId The user of the caches.
 * @property {string} cluster
 * @property {string} service Whose tasks log in.
 * @property {() => string} password Makes a new one.
 * @property {() => Promise<void>} pause
 *
 * @typedef {object} Request What Secrets Manager asks.
 * @property {string} Step
 * @property {string} SecretId
 * @property {string} ClientRequestToken Id of the version that is to be used next.
 */

/**
 * Rotates the password of a user of ElastiCache, step by step as Secrets Manager asks. Every step can be asked again. The user has the
 * password before and the new one at once, so that tasks of before log in until tasks with the new one have replaced them; the one
 * before leaves with the next rotation.
 *
 * @param {Uses} uses
 */
export function createHandler(uses) {
  const steps = {
    createSecret: createPassword,
    setSecret: admitBoth,
    testSecret: expectBoth,
    finishSecret: useNew,
  };
  return async (/** @type {Request} */ request) => {
    const step = Object.entries(steps).find(([name]) => name === request.Step)?.[1];
    if (step === undefined) throw new Error(`a rotation has no step ${request.Step}`);
    await step(request, uses);
  };
}

/**
 * @param {Request} request
 * @param {Uses} uses
 */
async function createPassword({ ClientRequestToken, SecretId }, { password, store }) {
  const { SecretString = '' } = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  const made = await store.getSecretValue({ SecretId, VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' }).then(
    () => true,
    (/** @type {{ name?: string }} */ error) => {
      if (error.name === 'ResourceNotFoundException') return false;
      throw error;
    },
  );
  if (made) return;
  await store.putSecretValue({
    SecretId,
    ClientRequestToken,
    SecretString: JSON.stringify({ .../** @type {object} */ (JSON.parse(SecretString)), password: password() }),
    VersionStages: ['AWSPENDING'],
  });
}

/**
 * @param {Request} request
 * @param {Uses} uses
 */
async function admitBoth({ ClientRequestToken, SecretId }, uses) {
  const { store, userId, users } = uses;
  const current = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  if (current.VersionId === ClientRequestToken) return;
  const pending = await store.getSecretValue({
    SecretId,
    VersionId: ClientRequestToken,
    VersionStage: 'AWSPENDING',
  });
  // A user that changes takes no other change.
  await settled(uses);
  const Passwords = [current, pending].map(passwordOf);
  await users.modifyUser({ UserId: userId, AuthenticationMode: { Type: 'password', Passwords } });
  await settled(uses);
}

/**
 * @param {Request} _request
 * @param {Uses} uses
 */
async function expectBoth(_request, uses) {
  const { Authentication } = await settled(uses);
  if (Authentication?.PasswordCount === 2) return;
  throw new Error(`${uses.userId} has ${Authentication?.PasswordCount ?? 'no'} passwords, and must have two`);
}

/**
 * Tasks read the password when they start. Asked again, it lets them start anew again, since nobody knows whether they did.
 *
 * @param {Request} request
 * @param {Uses} uses
 */
async function useNew({ ClientRequestToken, SecretId }, { cluster, service, services, store }) {
  const { VersionId = '' } = await store.getSecretValue({ SecretId, VersionStage: 'AWSCURRENT' });
  if (VersionId !== ClientRequestToken) {
    await store.updateSecretVersionStage({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: ClientRequestToken,
      RemoveFromVersionId: VersionId,
    });
  }
  await services.updateService({ cluster, service, forceNewDeployment: true });
}

/** @param {{ SecretString?: string }} version */
function passwordOf({ SecretString = '' }) {
  const { password } = /** @type {{ password: string }} */ (JSON.parse(SecretString));
  return password;
}

/**
 * The user, once nothing changes it.
 *
 * @param {Uses} uses
 * @returns {Promise<User>}
 */
async function settled({ pause, userId, users }) {
  for (let look = 0; look < looks; look += 1) {
    const { Users: [user] = [] } = await users.describeUsers({ UserId: userId });
    if (user?.Status === 'active') return user;
    await pause();
  }
  throw new Error(`${userId} is not active`);
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { CLUSTER = '', SERVICE = '', USER_ID = '' } = process.env;

export const handler = createHandler({
  store: /** @type {Store} */ (new SecretsManager({})),
  users: /** @type {Users} */ (new ElastiCache({})),
  services: /** @type {Services} */ (new ECS({})),
  userId: USER_ID,
  cluster: CLUSTER,
  service: SERVICE,
  // eslint-disable-next-line mainstay/restricted-syntax -- The same.
  password: () => randomBytes(32).toString('hex'),
  pause: () =>
    new Promise((resolve) => {
      setTimeout(resolve, pauseMilliseconds);
    }),
});
