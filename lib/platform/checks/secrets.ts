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
