// @ts-check
/* global console, process -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { SecretsManager } from '@aws-sdk/client-secrets-manager';

const dayMilliseconds = 86_400_000;

/**
 * What the function uses of Secrets Manager. It is never given a value.
 *
 * @typedef {object} Store
 * @property {(input: { SecretId: string }) => Promise<{ Versions?: readonly { VersionStages?: readonly string[], CreatedDate?: Date }[] }>} listSecretVersionIds
 *
 * @typedef {object} Watched A secret: its name, and the entry of each of its fields by ARN.
 * @property {string} name
 * @property {readonly string[]} entries
 * @property {1 | 2} [writes] How many of an entry's latest writes must be young: 2 where it holds two values that are written one after the other.
 */

/**
 * Tells how old the value of each secret is that services read now, in days: of its fields, the oldest. CloudWatch reads the line as
 * a metric. Fails for secrets of which it cannot be known, after it told of all others: whoever is called is called for those alone.
 *
 * @param {{ store: Store, secrets: readonly Watched[], stage: string, now: () => number, tell: (line: string) => void }} uses
 */
export function createHandler({ now, secrets, stage, store, tell }) {
  return async () => {
    const ages = await Promise.allSettled(secrets.map((secret) => ageOf(secret, store, now())));
    for (const age of ages) if (age.status === 'fulfilled') tell(lineOf(age.value, stage, now()));
    const unknown = ages.flatMap((age) => (age.status === 'rejected' ? [messageOf(age.reason)] : []));
    if (unknown.length > 0) throw new Error(unknown.join('; '));
  };
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * @param {Watched} secret
 * @param {Store} store
 * @param {number} now
 */
async function ageOf({ entries, name, writes = 1 }, store, now) {
  const written = await Promise.all(entries.map((entry) => writtenAt(entry, writes, store)));
  return { name, days: (now - Math.min(...written)) / dayMilliseconds };
}

/**
 * @param {{ name: string, days: number }} age
 * @param {string} Stage
 * @param {number} Timestamp
 */
const lineOf = ({ days, name }, Stage, Timestamp) =>
  JSON.stringify({
    _aws: {
      Timestamp,
      CloudWatchMetrics: [
        {
          Namespace: 'Mainstay/Secrets',
          Dimensions: [['Stage', 'Secret']],
          Metrics: [{ Name: 'AgeDays', Unit: 'Count' }],
        },
      ],
    },
    Stage,
    Secret: name,
    AgeDays: days,
  });

/**
 * When the oldest of an entry's latest writes was. What was written but once since it was made is as old as it is itself.
 *
 * @param {string} SecretId
 * @param {1 | 2} writes
 * @param {Store} store
 */
async function writtenAt(SecretId, writes, store) {
  const { Versions = [] } = await store.listSecretVersionIds({ SecretId });
  const [current, previous] = ['AWSCURRENT', 'AWSPREVIOUS'].map((stage) =>
    Versions.find(({ VersionStages = [] }) => VersionStages.includes(stage))?.CreatedDate?.getTime(),
  );
  if (current === undefined) throw new Error(`${SecretId} has no value that services read`);
  return writes === 1 || previous === undefined ? current : Math.min(current, previous);
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { SECRETS = '[]', STAGE = '' } = process.env;

export const handler = createHandler({
  store: /** @type {Store} */ (new SecretsManager({})),
  secrets: /** @type {Watched[]} */ (JSON.parse(SECRETS)),
  stage: STAGE,
  // eslint-disable-next-line mainstay/restricted-syntax -- No synth runs it.
  now: () => Date.now(),
  tell: (line) => {
    // eslint-disable-next-line no-console -- CloudWatch takes the line for a metric.
    console.log(line);
  },
});
