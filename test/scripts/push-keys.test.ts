import { createPublicKey, createSign, createVerify } from 'node:crypto';
import { knowKeys } from '../support/known-keys';
import { secretCommands } from '../support/secret-commands';

knowKeys();
const { answer, called, forget, push, read, told } = secretCommands();

beforeEach(() => {
  forget();
  answer('aws sts get-caller-identity*', { stdout: '111122223333\n' });
  told('pushed-1', 'pushed-1');
});

const written = (where: string, ...groups: readonly string[]): string =>
  groups.map((group) => `token-keys: ${group} written on ${where}, as one version each\n`).join('');

describe('npm run push:secrets -- keys', () => {
  const unwritten = (): void => {
    told('placeholder', 'placeholder', 'token-keys');
  };

  /** What each store was given, of both halves. */
  const given = (): { readonly aws: readonly string[]; readonly azure: readonly string[] } => {
    const azure = [...read().matchAll(/\{"tags".*?"value":"(.*?)"[,}]/g)].map(([, pem = '']) =>
      pem.replaceAll('\\n', '\n'),
    );
    return {
      azure,
      aws: [
        ...read()
          .replaceAll(/\{"tags".*?\}\}+/g, '')
          .matchAll(/-----BEGIN[^]*?-----END [A-Z ]+-----/g),
      ].map(([pem]) => pem),
    };
  };

  test('makes three pairs, of which the first signs, and writes the same on both sites', () => {
    const { stderr, stdout } = push('keys', '--again');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('BEGIN');
    const { aws, azure } = given();
    expect(azure.map((value) => value.trim())).toEqual([...aws, 'a']);
    const pairs = [0, 2, 4].map((at) => aws.slice(at, at + 2));
    expect(new Set(aws).size).toBe(6);
    for (const [privateKey = '', publicKey = ''] of pairs) {
      expect(createPublicKey(publicKey).asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
      const signature = createSign('RSA-SHA256').update('token').sign(privateKey);
      expect(createVerify('RSA-SHA256').update('token').verify(publicKey, signature)).toBe(true);
    }
    expect(called().join('\n')).not.toContain('BEGIN');
  });

  test('writes the moduli, too, where API Management verifies by them', () => {
    expect(push('keys', '--again', '--platform', 'retailflow-azure')).toEqual({
      status: 0,
      stdout: written(
        'azure',
        'privateKeyA and publicKeyA and modulusA',
        'privateKeyB and publicKeyB and modulusB',
        'privateKeyC and publicKeyC and modulusC',
        'current',
      ),
      stderr: '',
    });
    const [, publicKey = '', modulus] = given().azure;
    expect(modulus).toMatch(/^[\w-]{512}$/);
    expect(createPublicKey(publicKey).export({ format: 'jwk' })).toMatchObject({ n: modulus, e: 'AQAB' });
  });

  test('leaves pairs alone that are there, though a rotation wrote which one signs', () => {
    told('a1b2', 'pushed-1', 'token-keys/current');
    expect(push('keys').stderr).toMatch(/^push-secrets: token-keys has key pairs: --again makes others/);
    expect(read()).toBe('');
  });

  test('needs not be told to where there are none, and says pair by pair what was not written', () => {
    unwritten();
    // The stores go on telling what they were told to.
    expect(push('keys').stderr).toMatch(/token-keys\.publicKeyA: the value on aws and azure was not pushed/);
    expect(given().aws).toHaveLength(2);
  });

  test('makes others where that is asked for, and says last which one signs', () => {
    expect(push('keys', '--again')).toEqual({
      status: 0,
      stdout: written(
        'aws and azure',
        'privateKeyA and publicKeyA',
        'privateKeyB and publicKeyB',
        'privateKeyC and publicKeyC',
        'current',
      ),
      stderr: '',
    });
  });
});

describe('npm run push:secrets -- keys rotate', () => {
  const minutesAgo = (minutes: number): number => Math.floor(Date.now() / 60_000) - minutes;
  const signs = (id: string, minutes: number, word = '1'): string => `pushed-${id}-${minutesAgo(minutes)}-${word}`;

  /** Which pair the stores say signs: the new one, once it was written. */
  const telling = (aws: string, azure: string): void => {
    told('pushed-1', 'pushed-1', 'token-keys');
    told(aws, azure, 'current');
  };

  const writes = (): readonly string[] =>
    called()
      .filter((call) => / (put-secret-value|--method put) /.test(call))
      .map((call) => /token-keys[/-](\w+)/.exec(call)?.[1] ?? call);

  test('lets the next pair sign, and writes another over the one that signed before, on both sites', () => {
    telling(signs('b', 1500), signs('b', 1500));
    expect(push('keys', 'rotate')).toEqual({
      status: 0,
      stderr: '',
      stdout: `${written('aws and azure', 'privateKeyA and publicKeyA', 'current')}let the gateway and user start anew on every site, in any order: docs/runbooks/token-keys.md\n`,
    });
    expect(writes()).toEqual(['privateKeyA', 'privateKeyA', 'publicKeyA', 'publicKeyA', 'current', 'current']);
    const [aws, azure] = called()
      .filter((call) => /put.*current/.test(call))
      .map((call) => /pushed-c-\d+-[0-9a-f-]{36}/.exec(call)?.[0]);
    expect(aws).toMatch(/^pushed-c-/);
    expect(azure).toBeUndefined();
    expect(read().match(/"version":"(pushed-c-[^"]*)"/)?.[1]).toBe(aws);
    expect(read()).toMatch(/"value":"c","attributes":\{"exp":\d+\}/);
    expect(read().match(/"exp"/g)).toHaveLength(1);
  });

  test('ends a rotation that one site knows nothing of, and begins none', () => {
    const [late, early] = [signs('c', 5), signs('b', 50_000)];
    telling(late, early);
    const { stderr } = push('keys', 'rotate');
    // The stores go on telling what they were told to; what is written is one, and its version is that of the other site.
    expect(stderr).toBe('');
    expect(writes()).toEqual(['current']);
    // The vault tells thirty days ahead: thirty days of the term, and as many beyond it.
    const exp = (minutesAgo(5) + 60 * 1440) * 60;
    expect(read()).toBe(`{"tags":{"version":"${late}"},"properties":{"value":"c","attributes":{"exp":${exp}}}}`);
  });

  test.each<[string, () => void, readonly string[], RegExp]>([
    [
      'a token of the pair before may be good',
      () => telling(signs('b', 1499), signs('b', 1499)),
      [],
      /for 1500 minutes, got 1499: tokens of the one before/,
    ],
    ['there are no pairs', () => telling('placeholder', 'placeholder'), [], /no key pairs that were pushed/],
    [
      'machines do it',
      () => telling(signs('b', 1500), ''),
      ['--platform', 'techflow-solutions'],
      /rotate-secret --secret-id techflow-solutions-production\/token-keys\/current/,
    ],
    [
      'a site does not take the pair',
      () => {
        telling(signs('b', 1500), signs('b', 1500));
        told('pushed-1', 'pushed-2', 'publicKeyA');
      },
      [],
      /publicKeyA: aws and azure have different values/,
    ],
  ])('fails when %s, and lets the pair sign that does', (_title, prepare, args, message) => {
    prepare();
    const { status, stderr } = push('keys', 'rotate', ...args);
    expect([status, writes().includes('current')]).toEqual([1, false]);
    expect(stderr).toMatch(message);
  });
});

describe('npm run push:secrets -- compare', () => {
  const since = (days: number): string => `pushed-b-${Math.floor(Date.now() / 60_000) - days * 1440}-1`;

  test('fails when a pair has signed for too long', () => {
    told(since(31), since(31), 'current');
    const { status, stderr } = push('compare');
    expect([status, stderr]).toEqual([
      1,
      'push-secrets: token-keys: the pair b has signed for more than 30 days: keys rotate\n',
    ]);
  });

  test('says nothing of a pair in its term', () => {
    told(since(29), since(29), 'current');
    expect(push('compare').status).toBe(0);
  });

  test('leaves to Secrets Manager what it rotates', () => {
    told(since(31), '', 'current');
    expect(push('compare', '--platform', 'techflow-solutions').status).toBe(0);
  });
});
