import { sitesOf } from '../platform';
import { when, type Check } from './check';

/** A secret consists of something. */
export const secretFields: Check = ({ secrets }) =>
  Object.entries(secrets).flatMap(([name, { fields }]) =>
    when(fields.length === 0, () => ({
      path: `secrets.${name}.fields`,
      got: fields,
      allowed: 'at least one camelCase word, except for the secret of gateway.tokens',
      remedy: 'name what the secret consists of',
    })),
  );

/** The age of a secret is looked at where something looks. */
export const secretAges: Check = (platform) =>
  Object.entries(platform.secrets).flatMap(([name, { rotateDays }]) =>
    when(rotateDays !== undefined && sitesOf(platform).every(({ cloud }) => cloud !== 'aws'), () => ({
      path: `secrets.${name}.rotateDays`,
      got: rotateDays,
      allowed: 'given where a site is on aws; nobody looks at the age of secrets on azure yet',
      remedy: 'remove it, and give the secret in the vault an expiration date when you write its value',
    })),
  );
