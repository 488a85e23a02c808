import { loadModule } from '../../support/load-module';

interface Request {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

interface Module {
  readonly createHandler: (uses: object) => (request: Request) => Promise<void>;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/cache-login/index.mjs', {
  '@aws-sdk/client-secrets-manager': { SecretsManager: class {} },
  '@aws-sdk/client-elasticache': { ElastiCache: class {} },
  '@aws-sdk/client-ecs': { ECS: class {} },
});

const login = (password: string): string => JSON.stringify({ username: 'gateway-shop', password });

/** Secrets Manager, ElastiCache and ECS, as far as the function sees them. */
function world({ settlesAfter = 2, keeps = 2, refused = '' } = {}) {
  const values: Record<string, string> = { one: login('first') };
  const stages: Record<string, string> = { AWSCURRENT: 'one' };
  const user = { passwords: ['first'], changing: 0, changes: 0 };
  const started: object[] = [];
  const missing = () => Object.assign(new Error('no such version'), { name: refused || 'ResourceNotFoundException' });
  const uses = {
    userId: 'gateway-shop',
    cluster: 'shop',
    service: 'gateway',
    password: () => 'second',
    pause: () => Promise.resolve(),
    store: {
      getSecretValue: ({ VersionId, VersionStage }: { readonly VersionId?: string; readonly VersionStage: string }) => {
        const version = stages[VersionStage];
        const value = values[version ?? ''];
        if (value === undefined || (VersionId !== undefined && VersionId !== version)) return Promise.reject(missing());
        return Promise.resolve({ SecretString: value, VersionId: version });
      },
      putSecretValue: (input: {
        readonly ClientRequestToken: string;
        readonly SecretString: string;
        readonly VersionStages: readonly string[];
      }) => {
        values[input.ClientRequestToken] = input.SecretString;
        for (const stage of input.VersionStages) stages[stage] = input.ClientRequestToken;
        return Promise.resolve();
      },
      updateSecretVersionStage: (input: { readonly MoveToVersionId: string; readonly RemoveFromVersionId: string }) => {
        expect(input.RemoveFromVersionId).toBe(stages['AWSCURRENT']);
        stages['AWSCURRENT'] = input.MoveToVersionId;
        return Promise.resolve();
      },
    },
    users: {
      describeUsers: () => {
        const Status = user.changing > 0 ? 'modifying' : 'active';
        user.changing -= 1;
        return Promise.resolve({ Users: [{ Status, Authentication: { PasswordCount: user.passwords.length } }] });
      },
      modifyUser: (input: { readonly AuthenticationMode: { readonly Passwords: readonly string[] } }) => {
        if (user.changing > 0) return Promise.reject(new Error('InvalidUserState'));
        user.passwords = input.AuthenticationMode.Passwords.slice(0, keeps);
        user.changing = settlesAfter;
        user.changes += 1;
        return Promise.resolve();
      },
    },
    services: {
      updateService: (input: object) => {
        started.push(input);
        return Promise.resolve();
      },
    },
  };
  const handler = createHandler(uses);
  const step = (Step: string, ClientRequestToken = 'two') =>
    handler({ Step, SecretId: 'arn:secret', ClientRequestToken });
  return { step, values, stages, user, started, uses };
}

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

async function rotated(settings?: Parameters<typeof world>[0]) {
  const made = world(settings);
  for (const step of steps) await made.step(step);
  return made;
}

test('makes another password, admits both, reads the new one, and lets the tasks start anew', async () => {
  const { stages, started, user, values } = await rotated();
  expect(values).toEqual({ one: login('first'), two: login('second') });
  expect(user.passwords).toEqual(['first', 'second']);
  expect(stages['AWSCURRENT']).toBe('two');
  expect(started).toEqual([{ cluster: 'shop', service: 'gateway', forceNewDeployment: true }]);
});

test('the tasks keep to the password before until the new one is admitted', async () => {
  const { stages, started, step } = world();
  for (const name of steps.slice(0, 3)) await step(name);
  expect(stages['AWSCURRENT']).toBe('one');
  expect(started).toEqual([]);
});

test('the password before leaves with the next rotation', async () => {
  const { step, user, uses } = await rotated();
  uses.password = () => 'third';
  const again = createHandler(uses);
  await again({ Step: 'createSecret', SecretId: 'arn:secret', ClientRequestToken: 'three' });
  await step('setSecret', 'three');
  expect(user.passwords).toEqual(['second', 'third']);
});

test('a password that was made is not made again', async () => {
  const { step, uses, values } = world();
  await step('createSecret');
  await createHandler({ ...uses, password: () => 'other' })({
    Step: 'createSecret',
    SecretId: 'arn:secret',
    ClientRequestToken: 'two',
  });
  expect(values['two']).toBe(login('second'));
});

test('a user that is being changed is waited for', async () => {
  const { step, user } = world();
  await step('createSecret');
  user.changing = 5;
  await step('setSecret');
  expect(user).toMatchObject({ passwords: ['first', 'second'], changes: 1 });
});

test('asked again after the end, it changes no user, and lets the tasks start anew', async () => {
  const { stages, started, step, user } = await rotated();
  for (const name of ['setSecret', 'testSecret', 'finishSecret']) await step(name);
  expect(user).toMatchObject({ passwords: ['first', 'second'], changes: 1 });
  expect(stages['AWSCURRENT']).toBe('two');
  expect(started).toHaveLength(2);
});

test('a user that did not get both passwords ends the rotation', async () => {
  const { stages, step } = world({ keeps: 1 });
  await step('createSecret');
  await step('setSecret');
  await expect(step('testSecret')).rejects.toThrow('gateway-shop has 1 passwords, and must have two');
  expect(stages['AWSCURRENT']).toBe('one');
});

test('a user that does not settle ends the rotation', async () => {
  const { step } = world({ settlesAfter: 1000 });
  await step('createSecret');
  await expect(step('setSecret')).rejects.toThrow('gateway-shop is not active');
});

test('a store that refuses is no store without a password', async () => {
  const { step, values } = world({ refused: 'AccessDeniedException' });
  await expect(step('createSecret')).rejects.toThrow('no such version');
  expect(values).toEqual({ one: login('first') });
});

test('a step that is none fails', async () => {
  await expect(world().step('toString')).rejects.toThrow('a rotation has no step toString');
});
