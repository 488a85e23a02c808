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
 */

/**
 * Tells how old the value of each secret is that services read now, in days: of its fields, the oldest. CloudWatch reads the line as
 * a metric.
 *
 * @param {{ store: Store, secrets: readonly Watched[], stage: string, now: () => number, tell: (line: string) => void }} uses
 */
export function createHandler({ now, secrets, stage, store, tell }) {
  return async () => {
    for (const { entries, name } of secrets) {
      const written = await Promise.all(entries.map((entry) => writtenAt(entry, store)));
      const AgeDays = (now() - Math.min(...written)) / dayMilliseconds;
      tell(
        JSON.stringify({
          _aws: {
            Timestamp: now(),
            CloudWatchMetrics: [
              {
                Namespace: 'Mainstay/Secrets',
                Dimensions: [['Stage', 'Secret']],
                Metrics: [{ Name: 'AgeDays', Unit: 'Count' }],
              },
            ],
          },
          Stage: stage,
          Secret: name,
          AgeDays,
        }),
      );
    }
  };
}

/**
 * @param {string} SecretId
 * @param {Store} store
 */
async function writtenAt(SecretId, store) {
  const { Versions = [] } = await store.listSecretVersionIds({ SecretId });
  const current = Versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'));
  if (current?.CreatedDate === undefined) throw new Error(`${SecretId} has no value that services read`);
  return current.CreatedDate.getTime();
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
