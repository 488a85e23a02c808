import { writeFileSync } from 'node:fs';
import { run } from '../gates/support/run';
import { secretCommands } from '../support/secret-commands';

const { answer, called, file, forget, push, read, told } = secretCommands();

beforeEach(() => {
  forget();
  writeFileSync(file, JSON.stringify({ apiKey: 'top-secret\n' }));
  answer('aws sts get-caller-identity*', { stdout: '111122223333\n' });
  told('pushed-1', 'pushed-1');
});

const vault =
  /https:\/\/management\.azure\.com\/subscriptions\/00000000-0000-0000-0000-000000000000\/resourceGroups\/rg-retailflow-production-foundation\/providers\/Microsoft\.KeyVault\/vaults\/kv-retailflow-pro-\w{6}\/secrets\/payment-provider-apiKey\?api-version=2023-07-01/;

describe('npm run push:secrets -- push', () => {
  test('writes a value on every site as one version, and asks each whether it has it', () => {
    expect(push('push', 'payment-provider', '--from', file)).toEqual({
      status: 0,
      stdout: 'payment-provider: apiKey written on aws and azure, as one version each\n',
      stderr: '',
    });
    const [caller, aws, azure, ...asked] = called();
    expect(caller).toBe('aws sts get-caller-identity --query Account --output text');
    expect(aws).toMatch(
      /^aws secretsmanager put-secret-value --secret-id retailflow-production\/payment-provider\/apiKey --region ap-southeast-1 --output json --client-request-token pushed-[0-9a-f-]{36} --secret-string file:\/\/\/dev\/stdin$/,
    );
    expect(azure).toMatch(new RegExp(`^az rest --method put --url ${vault.source} --body @- --output none$`));
    expect(asked.map((call) => call.split(' ').slice(0, 4).join(' '))).toEqual([
      'aws secretsmanager describe-secret --secret-id',
      'az rest --method get',
    ]);
    const [version] = /pushed-[0-9a-f-]{36}/.exec(String(aws)) ?? [];
    const [sent, exp] = /,"attributes":\{"exp":(\d+)\}/.exec(read()) ?? [];
    expect(read().replace(sent ?? '', '')).toBe(
      `top-secret{"tags":{"version":"${version}"},"properties":{"value":"top-secret"}}`,
    );
    expect((Number(exp) - Date.now() / 1000) / 86_400).toBeCloseTo(180 + 30, 1);
  });

  test('writes on both of two sites on Azure, each into a vault of its own, and names the one that lacks it', () => {
    writeFileSync(file, JSON.stringify({ signingKey: 'top-secret\n' }));
    const techflow = ['push', 'webhook-keys', '--from', file, '--platform', 'techflow'];
    expect(push(...techflow).stdout).toBe(
      'webhook-keys: signingKey written on azure (primary) and azure (recovery), as one version each\n',
    );
    const vaults = called()
      .filter((call) => call.includes('--method put'))
      .map((call) => /resourceGroups\/([^/]+)\/.*vaults\/([^/]+)\//.exec(call)?.slice(1));
    expect(vaults).toEqual([
      ['rg-techflow-production-foundation', expect.stringMatching(/^kv-techflow-produ-/)],
      ['rg-techflow-production-recovery-foundation', expect.stringMatching(/^kv-techflow-produ-/)],
    ]);
    expect(vaults[1]?.[1]).not.toBe(vaults[0]?.[1]);
    answer('az rest --method get*rg-techflow-production-recovery*', { status: 1, stderr: 'ERROR: SecretNotFound' });
    expect(push(...techflow).stderr).toContain('signingKey: azure (recovery) has no value: push it');
  });

  test('tells a vault when the value should be another, so that it calls on that day', () => {
    writeFileSync(file, JSON.stringify({ signingKey: 'top-secret\n' }));
    const before = Math.floor(Date.now() / 1000);
    expect(push('push', 'webhook-keys', '--from', file, '--platform', 'techflow').status).toBe(0);
    const ends = [...read().matchAll(/"exp":(\d+)/g)].map(([, exp]) => Number(exp));
    expect(ends).toHaveLength(2);
    for (const end of ends) {
      expect(end - 210 * 86_400).toBeGreaterThanOrEqual(before);
      expect(end - 210 * 86_400).toBeLessThan(before + 60);
    }
  });

  test('shows a value to no list of processes', () => {
    push('push', 'payment-provider', '--from', file);
    expect(called().join('\n')).not.toContain('top-secret');
  });

  test('writes on the one site of a stage that has one', () => {
    answer('aws sts get-caller-identity*', { stdout: '777788889999\n' });
    const { status, stderr } = push('push', 'payment-provider', '--from', file, '--stage', 'development');
    expect([status, stderr.includes('must be logged in to account')]).toEqual([1, true]);
    const account = /account (\d+)/.exec(stderr)?.[1] ?? '';
    answer('aws sts get-caller-identity*', { stdout: account });
    expect(push('push', 'payment-provider', '--from', file, '--stage', 'development').stdout).toBe(
      'payment-provider: apiKey written on aws, as one version each\n',
    );
    expect(called().filter((call) => call.startsWith('az '))).toEqual([]);
  });

  test('writes on one site where the other one does not stand yet', () => {
    expect(push('push', 'payment-provider', '--from', file, '--site', 'primary').stdout).toBe(
      'payment-provider: apiKey written on aws, as one version each\n',
    );
    expect(called().filter((call) => call.startsWith('az '))).toEqual([]);
  });

  test.each<[string, () => void, readonly string[], RegExp]>([
    ['the secret is none', () => undefined, ['push', 'payment', '--from', file], /secrets must be one of apple-push/],
    ['a field is none', () => writeFileSync(file, '{"apiKeys": "top-secret"}'), [], /did you mean apiKey/],
    ['it is no JSON', () => writeFileSync(file, 'top-secret'), [], /must read JSON, \{"<field>": "<value>"\}, got/],
    [
      'somebody is logged in elsewhere',
      () => answer('aws sts get-caller-identity*', { stdout: '999999999999\n' }),
      [],
      /aws must be logged in to account 111122223333, got 999999999999/,
    ],
    [
      'one site takes it not',
      () =>
        answer('az rest --method put*', {
          status: 1,
          stderr: 'ERROR: Forbidden({"error":{"code":"AuthorizationFailed"}})',
        }),
      [],
      /push again what differs:\n {2}payment-provider\.apiKey was not written on azure: az rest failed:\nERROR: Forbidden/,
    ],
    [
      'the sites tell different versions',
      () => told('pushed-1', 'pushed-2'),
      [],
      /aws and azure have different values/,
    ],
    [
      'nothing is said',
      () => undefined,
      ['pull'],
      /must be told push SECRET, keys, keys rotate, carry or compare, got pull/,
    ],
  ])('fails when %s, and shows no value', (_title, prepare, args, message) => {
    prepare();
    const { status, stderr, stdout } = push(
      ...(args.length === 0 ? ['push', 'payment-provider', '--from', file] : args),
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('top-secret');
  });

  test('reads what it is told by a pipe', async () => {
    const script = `${process.execPath} --require tsx/cjs scripts/push-secrets.ts push payment-provider`;
    const { status, stderr } = await run(['sh', '-c', `echo top-secret | ${script}`]);
    expect([status, stderr]).toEqual([
      1,
      'push-secrets: push must read JSON, {"<field>": "<value>"}, got something else\n',
    ]);
  });
});

describe('npm run push:secrets -- carry', () => {
  beforeEach(() => {
    answer('aws secretsmanager get-secret-value*', {
      stdout: '{"SecretString": "top-secret", "CreatedDate": "2026-11-01T08:00:00+08:00"}',
    });
  });

  test.each([
    ['as text', '"2026-11-01T08:00:00+08:00"'],
    ['in seconds', '1793491200'],
  ])('tells a vault since when a pair signs, which AWS says %s', (_title, created) => {
    answer('aws secretsmanager get-secret-value*', { stdout: `{"SecretString": "b", "CreatedDate": ${created}}` });
    answer('az rest --method get*current*', { status: 3, stderr: 'ERROR: SecretNotFound' });
    expect(push('carry').stdout).toBe('token-keys.current: carried to azure\n');
    const exp = Date.parse('2026-11-01T00:00:00Z') / 1000 + 60 * 86_400;
    expect(read()).toBe(`{"tags":{"version":"pushed-1"},"properties":{"value":"b","attributes":{"exp":${exp}}}}`);
  });

  test('writes what the other site has not, as the version that it is, and shows no value', () => {
    told('pushed-2', 'pushed-1', 'webhookKey');
    answer('az rest --method get*shipping-provider*', {
      status: 3,
      stderr: 'ERROR: Not Found({"error":{"code":"SecretNotFound"}})',
    });
    const { status, stderr, stdout } = push('carry');
    expect({ status, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
      status: 0,
      stderr: '',
      lines: ['payment-provider.webhookKey: carried to azure', 'shipping-provider.apiKey: carried to azure'],
    });
    const exp = Date.parse('2026-11-01T00:00:00Z') / 1000 + (180 + 30) * 86_400;
    expect(read()).toBe(
      ['pushed-2', 'pushed-1']
        .map(
          (version) =>
            `{"tags":{"version":"${version}"},"properties":{"value":"top-secret","attributes":{"exp":${exp}}}}`,
        )
        .join(''),
    );
    expect(called().join('\n')).not.toContain('top-secret');
    expect(called()).toContainEqual(expect.stringMatching(/get-secret-value .*webhookKey .*--version-id pushed-2$/));
  });

  test('carries nothing that stands in until a value is written', () => {
    told('a1b2', 'pushed-1', 'webhookKey');
    const { status, stderr } = push('carry');
    expect([status, stderr]).toEqual([
      1,
      'push-secrets: not everything was carried:\n  payment-provider.webhookKey: aws has no value that was pushed: push it\n',
    ]);
    expect(read()).toBe('');
  });

  test('needs two sites', () => {
    answer('aws sts get-caller-identity*', { stdout: '777788889999' });
    const account = /to account (\d+)/.exec(push('carry', '--stage', 'development').stderr)?.[1] ?? '';
    answer('aws sts get-caller-identity*', { stdout: account });
    expect(push('carry', '--stage', 'development').stderr).toContain('and another, got no such pair');
  });
});

describe('npm run push:secrets -- compare', () => {
  test('says how many values are the same', () => {
    expect(push('compare')).toEqual({
      status: 0,
      stdout: '14 fields, each with a value on aws and azure\n',
      stderr: '',
    });
    expect(read()).toBe('');
  });

  test('tells every difference at once', () => {
    told('pushed-1', 'pushed-2', 'publicKeyB');
    answer('az rest --method get*webhookKey*', {
      status: 3,
      stderr: 'ERROR: Not Found({"error":{"code":"SecretNotFound"}})',
    });
    answer('az rest --method get*shipping-provider*', { stdout: '{"tags": null}' });
    answer('aws secretsmanager describe-secret*google-push*', {
      status: 254,
      stderr: 'AccessDeniedException: no',
    });
    const { status, stderr } = push('compare');
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n  ')).toEqual([
      'push-secrets: the sites differ:',
      'google-push.serviceAccount: aws secretsmanager describe-secret failed:\nAccessDeniedException: no',
      'payment-provider.webhookKey: azure has no value: push it',
      'shipping-provider.apiKey: the value on azure was not pushed, so that nobody knows whether it is that of the other site: push it',
      'token-keys.publicKeyB: aws and azure have different values: push it',
    ]);
  });
});
