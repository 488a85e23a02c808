import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { knowKeys } from '../../support/known-keys';
import { loadModule } from '../../support/load-module';

interface Module {
  readonly createHandler: (
    uses: object,
  ) => (request: {
    readonly Step: string;
    readonly SecretId: string;
    readonly ClientRequestToken: string;
  }) => Promise<void>;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/token-keys/index.mjs', {
  '@aws-sdk/client-secrets-manager': { SecretsManager: class {} },
  '@aws-sdk/client-ecs': { ECS: class {} },
});

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
  };
};
knowKeys();
const pairs = { a: pair(), b: pair(), c: pair() };
const ids = ['a', 'b', 'c'] as const;
const minutes = (count: number): Date => new Date(count * 60_000);

interface Stored {
  readonly values: Record<string, string>;
  readonly stages: Record<string, string>;
}

/** Secrets Manager and ECS, as far as the function sees them: the pair `a` signs since minute 0, and everything has started anew since. */
function world({
  signs = 'a',
  age = 2000,
  deployments = [{ rolloutState: 'COMPLETED', createdAt: minutes(1) }],
}: {
  readonly signs?: string;
  readonly age?: number;
  readonly deployments?: readonly { readonly rolloutState: string; readonly createdAt: Date }[];
} = {}) {
  const stored = (value: string): Stored => ({ values: { first: value }, stages: { AWSCURRENT: 'first' } });
  const secrets: Record<string, Stored> = { current: stored(signs) };
  for (const id of ids) {
    secrets[`${id}-private`] = stored(pairs[id].privateKey);
    secrets[`${id}-public`] = stored(pairs[id].publicKey);
  }
  const of = (name: string): Stored => {
    const found = secrets[name];
    if (found === undefined) throw new Error(`no secret ${name}`);
    return found;
  };
  const started: string[] = [];
  const written: string[] = [];
  const handler = createHandler({
    pairs: Object.fromEntries(ids.map((id) => [id, { privateKey: `${id}-private`, publicKey: `${id}-public` }])),
    readers: [
      { cluster: 'shop', service: 'gateway' },
      { cluster: 'shop', service: 'user' },
    ],
    leastAgeMinutes: 1500,
    now: () => minutes(age),
    store: {
      getSecretValue: (input: {
        readonly SecretId: string;
        readonly VersionId?: string;
        readonly VersionStage?: string;
      }) => {
        const { stages, values } = of(input.SecretId);
        const staged = stages[input.VersionStage ?? 'AWSCURRENT'];
        const version = input.VersionId ?? staged;
        const SecretString = values[version ?? ''];
        if (SecretString === undefined || (input.VersionStage !== undefined && staged !== version)) {
          return Promise.reject(Object.assign(new Error('none'), { name: 'ResourceNotFoundException' }));
        }
        return Promise.resolve({ SecretString, VersionId: version, CreatedDate: minutes(0) });
      },
      putSecretValue: (input: {
        readonly SecretId: string;
        readonly ClientRequestToken: string;
        readonly SecretString: string;
        readonly VersionStages?: readonly string[];
      }) => {
        const { stages, values } = of(input.SecretId);
        const before = values[input.ClientRequestToken];
        if (before !== undefined && before !== input.SecretString) return Promise.reject(new Error('ResourceExists'));
        if (before === undefined) written.push(input.SecretId);
        values[input.ClientRequestToken] = input.SecretString;
        for (const stage of input.VersionStages ?? ['AWSCURRENT']) stages[stage] = input.ClientRequestToken;
        return Promise.resolve();
      },
      updateSecretVersionStage: (input: {
        readonly SecretId: string;
        readonly MoveToVersionId: string;
        readonly RemoveFromVersionId: string;
      }) => {
        const { stages } = of(input.SecretId);
        expect(input.RemoveFromVersionId).toBe(stages['AWSCURRENT']);
        stages['AWSCURRENT'] = input.MoveToVersionId;
        return Promise.resolve();
      },
    },
    services: {
      describeServices: () => Promise.resolve({ services: [{ deployments }] }),
      updateService: (input: { readonly cluster: string; readonly service: string }) => {
        expect(input).toMatchObject({ cluster: 'shop', forceNewDeployment: true });
        started.push(input.service);
        return Promise.resolve();
      },
    },
  });
  const value = (name: string): string => of(name).values[of(name).stages['AWSCURRENT'] ?? ''] ?? '';
  const step = (Step: string): Promise<void> => handler({ Step, SecretId: 'current', ClientRequestToken: 'second' });
  return { step, value, started, written };
}

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

async function rotated(...[options]: Parameters<typeof world>) {
  const made = world(options);
  for (const each of steps) await made.step(each);
  return made;
}

describe('a rotation', () => {
  test.each([
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
  ] as const)('of %s lets %s sign, and writes another pair over %s', async (signs, next, spare) => {
    const { value, written } = await rotated({ signs });
    expect(value('current')).toBe(next);
    expect(written).toEqual(['current', `${spare}-private`, `${spare}-public`]);
    expect(value(`${spare}-public`)).not.toBe(pairs[spare].publicKey);
  });

  test('accepts what was signed before, and what is signed from now on', async () => {
    const { value } = await rotated();
    const token = Buffer.from('token');
    const verifies = (privateKey: string, publicKey: string) =>
      verify('RSA-SHA256', token, publicKey, sign('RSA-SHA256', token, privateKey));
    expect(verifies(pairs.a.privateKey, value('a-public'))).toBe(true);
    expect(verifies(pairs.b.privateKey, value('b-public'))).toBe(true);
    expect(verifies(value('c-private'), value('c-public'))).toBe(true);
    expect(createPublicKey(value('c-public')).asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
  });

  test('lets all that read keys start anew when it has ended, and not before', async () => {
    const { started, step } = world();
    for (const each of steps.slice(0, 3)) await step(each);
    expect(started).toEqual([]);
    await step('finishSecret');
    expect(started).toEqual(['gateway', 'user']);
  });

  test('does the same when every step is asked twice', async () => {
    const { step, value, written } = world();
    for (const each of steps) {
      await step(each);
      await step(each);
    }
    expect(value('current')).toBe('b');
    expect(written).toEqual(['current', 'c-private', 'c-public']);
  });

  test('changes nothing when it is asked from the beginning once it has ended', async () => {
    const { step, value, written } = await rotated();
    for (const each of steps.slice(0, 3)) await step(each);
    expect(value('current')).toBe('b');
    expect(written).toHaveLength(3);
  });

  test('proves the pairs there are before there is anything to rotate', async () => {
    const { step, written } = world();
    await step('testSecret');
    expect(written).toEqual([]);
  });
});

describe('fails when', () => {
  const settled = { rolloutState: 'COMPLETED', createdAt: minutes(1) };
  test.each<[string, Parameters<typeof world>[0], RegExp]>([
    ['the pair that signs began not long ago', { age: 1499 }, /for 1500 minutes, got 1499/],
    ['nobody wrote keys', { signs: 'placeholder' }, /must be one of a, b, c: write the keys first/],
    ['something is being deployed', { deployments: [settled, settled] }, /gateway is being deployed/],
    [
      'a deployment has not ended',
      { deployments: [{ ...settled, rolloutState: 'IN_PROGRESS' }] },
      /gateway is being deployed/,
    ],
    [
      'something has not started anew since',
      { deployments: [{ ...settled, createdAt: minutes(-1) }] },
      /gateway has not started anew/,
    ],
    ['a service is gone', { deployments: [] }, /gateway has no deployment/],
  ])('%s, and writes nothing', async (_title, options, message) => {
    const { step, written } = world(options);
    await expect(step('createSecret')).rejects.toThrow(message);
    expect(written).toEqual([]);
  });

  test('no value is shown of what stands in until keys are written', async () => {
    await expect(world({ signs: 'placeholder' }).step('createSecret')).rejects.toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('placeholder') }),
    );
  });

  test('a pair does not verify what it signs, and shows neither half', async () => {
    const key = pairs.b.publicKey;
    pairs.b.publicKey = pairs.a.publicKey;
    const { step } = world();
    pairs.b.publicKey = key;
    await expect(step('testSecret')).rejects.toThrow(/^what the pair b signs, it must verify: write the keys anew$/);
  });

  test('a step is none', async () => {
    await expect(world().step('dropSecret')).rejects.toThrow('a rotation has no step dropSecret');
  });
});
