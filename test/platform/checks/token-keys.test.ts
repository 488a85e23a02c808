import { keyAfter, keyIds, keyReaders, rotatesByItself } from '../../../lib/platform/gateway/token-keys';
import { testFaults, testVariations } from '../../support/faults';
import { resolved, retailflowWith } from '../../support/platform';
import techflowSolutions from '../../../platforms/techflow-solutions';
import retailflowAzure from '../../../platforms/retailflow-azure';

const at = 'secrets.token-keys';

describe('the keys of tokens', () => {
  testFaults([
    {
      when: 'other fields are named',
      patch: { secrets: { 'token-keys': { fields: ['privateKey', 'publicKey'] } } },
      answers: [
        {
          path: `${at}.fields`,
          got: ['privateKey', 'publicKey'],
          allowed: 'current, privateKeyA, privateKeyB, privateKeyC, publicKeyA, publicKeyB, publicKeyC',
          remedy: 'remove it',
        },
      ],
    },
    {
      when: 'their age is to be that of a secret of people',
      patch: { secrets: { 'token-keys': { rotateDays: 90 } } },
      answers: [{ path: `${at}.rotateDays`, got: 90, allowed: 'gateway.tokens.rotateDays', remedy: 'remove it' }],
    },
    {
      when: 'each site is to have its own',
      patch: { secrets: { 'token-keys': { replicated: false } } },
      answers: [{ path: `${at}.replicated`, got: false, allowed: 'the other must verify', remedy: 'remove it' }],
    },
    {
      when: 'a token outlives the key that signed it',
      patch: { gateway: { tokens: { rotateDays: 7, lifetimeMinutes: 8641 } } },
      answers: [
        {
          path: 'gateway.tokens.lifetimeMinutes',
          got: 8641,
          allowed: 'at most 8640',
          remedy: 'raise gateway.tokens.rotateDays',
        },
      ],
    },
    {
      when: 'another secret consists of nothing',
      patch: { secrets: { 'payment-provider': { fields: [] } } },
      answers: [{ path: 'secrets.payment-provider.fields', got: [], allowed: 'at least one', remedy: 'name what' }],
    },
  ]);

  testVariations([
    {
      accepts: 'tokens that end a day before the key that signed them is given up',
      patch: { gateway: { tokens: { rotateDays: 7, lifetimeMinutes: 8640 } } },
    },
  ]);

  test('are in the secret, which no definition has to say', () => {
    const { secrets } = resolved(retailflowWith({}));
    expect(secrets['token-keys']?.fields).toEqual([
      'current',
      ...keyIds.map((id) => `privateKey${id.toUpperCase()}`),
      ...keyIds.map((id) => `publicKey${id.toUpperCase()}`),
    ]);
    expect(resolved(retailflowAzure).secrets['token-keys']?.fields).toHaveLength(10);
  });

  test('sign in turn', () => {
    expect(keyIds.map(keyAfter)).toEqual(['b', 'c', 'a']);
  });

  test('are read by whoever signs', () => {
    expect(keyReaders(resolved(retailflowWith({})))).toEqual(['user']);
    expect(keyReaders({ ...resolved(retailflowWith({})), gateway: undefined })).toEqual([]);
  });

  test('are rotated by machines where all that reads them are tasks on AWS', () => {
    const alone = resolved(techflowSolutions);
    const { primary } = alone.stage.sites;
    expect(rotatesByItself(alone)).toBe(true);
    const pods = { ...alone.stage, sites: { primary: { ...primary, runtime: 'eks' } } } as typeof alone.stage;
    expect(rotatesByItself({ ...alone, stage: pods })).toBe(false);
    expect(rotatesByItself({ ...alone, gateway: undefined })).toBe(false);
    expect(rotatesByItself(resolved(retailflowWith({})))).toBe(false);
    expect(rotatesByItself(resolved(retailflowAzure))).toBe(false);
  });
});
