import { settlingDays, tokenKeyFields } from '../gateway/token-keys';
import { when, type Check } from './check';

const minutesADay = 1440;

/** The keys of tokens are all there, and no token outlives the key that signed it. */
export const tokenKeys: Check = ({ gateway, secrets }) => {
  if (gateway === undefined) return [];
  const { lifetimeMinutes, rotateDays, secret } = gateway.tokens;
  const spec = secrets[secret];
  const fields = tokenKeyFields(gateway);
  const longestMinutes = (rotateDays - settlingDays) * minutesADay;
  return [
    ...when(spec !== undefined && !sameWords(spec.fields, fields), () => ({
      path: `secrets.${secret}.fields`,
      got: spec?.fields,
      allowed: `absent for the keys of tokens, which has ${fields.join(', ')}`,
      remedy: 'remove it; another secret takes what else there is',
    })),
    ...when(spec?.rotateDays !== undefined, () => ({
      path: `secrets.${secret}.rotateDays`,
      got: spec?.rotateDays,
      allowed: 'absent for the keys of tokens, whose term is gateway.tokens.rotateDays',
      remedy: 'remove it, and write the days there',
    })),
    ...when(spec?.replicated === false, () => ({
      path: `secrets.${secret}.replicated`,
      got: false,
      allowed: 'true for the keys of tokens: what one site signed, the other must verify',
      remedy: 'remove it',
    })),
    ...when(lifetimeMinutes > longestMinutes, () => ({
      path: 'gateway.tokens.lifetimeMinutes',
      got: lifetimeMinutes,
      allowed: `at most ${longestMinutes}: rotateDays, less the day in which everything starts anew, since the key before is given up with the rotation after`,
      remedy: 'let tokens end sooner, or raise gateway.tokens.rotateDays',
    })),
  ];
};

const sameWords = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && others.every((word) => some.includes(word));
