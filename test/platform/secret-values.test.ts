import {
  dueDate,
  fieldsOf,
  parseSecretValues,
  pushedVersion,
  signingOf,
  signingVersion,
  sitesOfSecret,
  storedVersion,
  vaultEnd,
  versionsDiffer,
  type StoredVersions,
} from '../../lib/platform/secret-values';
import { resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflowWith({}));
const parse = (input: unknown): unknown => parseSecretValues(platform, 'payment-provider', input);

describe('the day on which a value should be another', () => {
  const since = new Date('2026-01-01T00:00:00Z');
  const patch = {
    secrets: { 'payment-provider': { rotateDays: 90 } },
    gateway: { tokens: { rotateDays: 7 } },
  };
  const watched = resolved(retailflowWith(patch));

  test.each([
    ['a value that people change', 'payment-provider', 'apiKey', '2026-04-01', '2026-05-01'],
    ['a value of the definition as it is', 'shipping-provider', 'apiKey', '2026-06-30', '2026-07-30'],
    ['which pair signs', 'token-keys', 'current', '2026-01-08', '2026-02-07'],
  ])('of %s is its term, and the vault tells then, thirty days ahead', (_title, secret, field, due, end) => {
    const day = dueDate(watched, { secret, field }, since);
    expect(day).toEqual(new Date(due));
    expect(vaultEnd(day ?? since)).toEqual(new Date(end));
  });

  test.each([
    ['half a pair, which changes with who signs', 'token-keys', 'privateKeyA'],
    ['a secret that is none', 'nothing', 'apiKey'],
  ])('is none for %s', (_title, secret, field) => {
    expect(dueDate(watched, { secret, field }, since)).toBeUndefined();
  });

  test('is that of the definition without a patch: a month', () => {
    expect(dueDate(platform, { secret: 'token-keys', field: 'current' }, since)).toEqual(new Date('2026-01-31'));
  });
});

describe('values of a secret', () => {
  test('are some of its fields, without the line end of a file', () => {
    expect(parse({ apiKey: 'one\n' })).toEqual({ apiKey: 'one' });
    expect(parse({ apiKey: 'one', webhookKey: '-----BEGIN\nkey\n-----END\n' })).toEqual({
      apiKey: 'one',
      webhookKey: '-----BEGIN\nkey\n-----END',
    });
  });

  test('are refused with everything that is wrong, and without any value', () => {
    let message = '';
    try {
      parse({ apiKey: ' top-secret', webhookKey: 7, apikey: 'top-secret', other: 'top-secret' });
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/4 problems/);
    expect(message).toMatch(/payment-provider\.apiKey must be text of 1 to 25600 bytes.*blanks around it/);
    expect(message).toMatch(/payment-provider\.webhookKey .*of type number/);
    expect(message).toMatch(/payment-provider\.apikey must be one of apiKey, webhookKey.*did you mean apiKey/);
    expect(message).toMatch(/payment-provider\.other must be one of apiKey, webhookKey/);
    expect(message).not.toContain('top-secret');
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing is given', {}, /payment-provider must be .* got "no field"/],
    ['a list is given', ['top-secret'], /got "no field"/],
    ['text is given', 'top-secret', /got "no field"/],
    ['a value is empty', { apiKey: '\n' }, /apiKey .*"nothing"/],
    ['a value is too long', { apiKey: 'x'.repeat(25_601) }, /apiKey .*"25601 bytes"/],
  ])('are refused when %s', (_title, input, message) => {
    expect(() => parse(input)).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }));
    expect(() => parse(input)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('top-secret') }));
  });

  test('are of a secret that the platform has', () => {
    expect(fieldsOf(platform, 'payment-provider')).toEqual(['apiKey', 'webhookKey']);
    expect(() => fieldsOf(platform, 'payment-provder')).toThrow(/one of apple-push.*did you mean payment-provider/);
  });
});

describe('where a value is written', () => {
  const names = (secret: string, site?: string): readonly string[] =>
    sitesOfSecret(platform, secret, site).map(({ siteName }) => siteName);
  const own = resolved(
    retailflowWith({
      secrets: {
        'token-keys': { description: 'RSA key pairs' },
        'payment-provider': { description: 'API key of each site', fields: ['apiKey'], replicated: false },
        'shipping-provider': { description: 'API key of another', fields: ['apiKey'] },
        'mail-provider': { description: 'API key of another', fields: ['apiKey'], rotateDays: 90 },
      },
    }),
  );

  test('is every site, or the one that is named', () => {
    expect(names('payment-provider')).toEqual(['primary', 'recovery']);
    expect(names('payment-provider', 'primary')).toEqual(['primary']);
    expect(() => names('payment-provider', 'tertiary')).toThrow(
      '--site must be one of primary, recovery, got tertiary',
    );
  });

  test('is the one that is named of a value that each site has for itself', () => {
    expect(sitesOfSecret(own, 'payment-provider', 'recovery').map(({ cloud }) => cloud)).toEqual(['azure']);
    expect(() => sitesOfSecret(own, 'payment-provider', undefined)).toThrow('--site primary or --site recovery');
  });
});

describe('versions', () => {
  const one = storedVersion(pushedVersion('1'));
  const two = storedVersion(pushedVersion('2'));

  test('are known of what was pushed alone', () => {
    expect([one, storedVersion('a1b2'), storedVersion(undefined)]).toEqual([{ id: 'pushed-1' }, 'unknown', 'unknown']);
  });

  test('tell which pair signs, and since when', () => {
    const signing = { id: 'b', since: new Date('2026-11-29T09:30:00Z') } as const;
    const version = storedVersion(signingVersion(signing, 'word'));
    expect([version, signingOf(version)]).toEqual([{ id: 'pushed-b-29932410-word' }, signing]);
    expect([one, storedVersion('pushed-d-1-word'), 'unknown' as const].map(signingOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each<[string, StoredVersions, string | undefined]>([
    ['both have one', { aws: one, azure: one }, undefined],
    ['there is one store', { aws: 'unknown' }, undefined],
    ['both have another', { aws: one, azure: two }, 'aws and azure have different values'],
    ['one has none', { aws: one, azure: 'absent' }, 'azure has no value: push it'],
    ['none has one', { aws: 'absent', azure: 'absent' }, 'aws and azure has no value: push it'],
    ['the one store has none', { azure: 'absent' }, 'azure has no value: push it'],
    ['one was written by hand', { aws: one, azure: 'unknown' }, 'the value on azure was not pushed'],
    ['both were written by hand', { aws: 'unknown', azure: 'unknown' }, 'the value on aws and azure was not pushed'],
  ])('are told when %s', (_title, versions, expected) => {
    const said = versionsDiffer(versions);
    expect(said).toEqual(expected === undefined ? undefined : expect.stringContaining(expected));
  });
});
