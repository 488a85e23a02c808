import { when, type Check } from './check';

/** Whatever people gave is changed by people in a term, and somebody is called when it was not. The gateway says the term of its keys. */
export const secretAges: Check = ({ gateway, secrets }) =>
  Object.entries(secrets).flatMap(([name, { rotateDays }]) =>
    when(rotateDays === undefined && name !== gateway?.tokens.secret, () => ({
      path: `secrets.${name}.rotateDays`,
      got: rotateDays,
      allowed: '7 to 730, for every secret but the keys of tokens',
      remedy: 'write in how many days people change it: somebody is called when they did not',
    })),
  );
