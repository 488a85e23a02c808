import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSite } from '../../lib/review/azure/read-site';
import { run } from '../gates/support/run';
import { synthesizedSite } from '../support/azure-site';
import { callScript, type Called } from '../support/call-script';
import { answer, answers, called, commandPath, forgetAnswers, siteOutput, told } from '../support/link-commands';
import { keyOf, outsideOf, secretArn, secretText, stackOutputs, telemetry } from '../support/link-told';

const to = join(answers, 'production.json');

const carry = (...args: readonly string[]): Called =>
  callScript('carry-link', ['--output', siteOutput(), '--to', to, ...args], {
    env: { PATH: commandPath },
  });

beforeEach(() => {
  forgetAnswers();
  answer('describe-stacks', JSON.stringify(stackOutputs()));
  answer('describe-vpn-connections', JSON.stringify(telemetry()));
  answer('secret-1', `${secretText(1)}\n`);
  answer('secret-2', `${secretText(2)}\n`);
  answer('terraform-output', JSON.stringify({ GatewayAddresses: { value: ['20.1.2.3', '20.1.2.4'] } }));
});

const values = ['1_1', '1_2', '2_1', '2_2'].flatMap((text) => {
  const [connection = 0, tunnel = 0] = text.split('_').map(Number);
  const name = `TF_VAR_connection_${connection}_tunnel_${tunnel}`;
  return [`${name}_address=${outsideOf(connection, tunnel)}`, `${name}_key=${keyOf(connection, tunnel)}`];
});
const link = 'retailflow-production-link';
const region = '--region ap-southeast-1';
const asked = [
  `aws cloudformation describe-stacks --stack-name retailflow-production-Recovery --query Stacks[0].Outputs --output json ${region}`,
  ...[1, 2].map(
    (connection) =>
      `aws secretsmanager get-secret-value --secret-id ${secretArn(connection)} --query SecretString --output text ${region}`,
  ),
];

/** Whatever a key is in, among what was printed, called and written; what Terraform was told besides. */
const leaks = ({ stderr, stdout }: Called): boolean =>
  [stdout, stderr, ...called(), existsSync(to) ? readFileSync(to, 'utf8') : ''].some((text) =>
    /key_of|k[0-9a-f]{62}/.test(text),
  );

describe('npm run carry:link -- gateway', () => {
  test('writes down the addresses of the gateway, beside what the stage told before', () => {
    expect(carry('gateway')).toEqual({
      status: 0,
      stdout: `${to}: the gateway of the link is at 20.1.2.3 and 20.1.2.4\n`,
      stderr: '',
    });
    expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual({
      identities: {},
      link: { addresses: ['20.1.2.3', '20.1.2.4'] },
    });
    expect(called()).toEqual([
      `${link}-base terraform init -input=false -no-color`,
      `${link}-base terraform output -json -no-color`,
    ]);
  });

  test('takes what was printed elsewhere', () => {
    expect(carry('gateway', '--from', join(answers, 'terraform-output')).status).toBe(0);
    expect(called()).toEqual([]);
    expect(existsSync(to)).toBe(true);
  });

  test.each([
    ['the gateway was not applied', '{}', 'GatewayAddresses must be among the outputs of link-base, got none'],
    ['one address is told', '{"GatewayAddresses": {"value": ["20.1.2.3"]}}', 'link.addresses'],
    [
      'both addresses are one',
      '{"GatewayAddresses": {"value": ["20.1.2.3", "20.1.2.3"]}}',
      'two addresses that differ',
    ],
    ['an address is none', '{"GatewayAddresses": {"value": ["20.1.2.3", "20.1.2"]}}', 'link.addresses.1'],
  ])('fails when %s, and writes nothing', (_title, text, message) => {
    answer('terraform-output', text);
    const { status, stderr, stdout } = carry('gateway');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(existsSync(to)).toBe(false);
  });

  test('fails when Terraform does', () => {
    answer('output.fails', '');
    expect(carry('gateway').stderr).toContain('terraform output failed');
    expect(existsSync(to)).toBe(false);
  });
});

describe('npm run carry:link -- plan, apply, destroy', () => {
  test.each(['plan', 'apply', 'destroy'])(
    '%s tells Terraform addresses and keys of AWS by its environment, and nobody else',
    (action) => {
      const result = carry(action, '--', '-auto-approve');
      expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: '' });
      expect(called()).toEqual([
        ...asked,
        `${link} terraform init -input=false`,
        `${link} terraform ${action} -input=false -auto-approve`,
      ]);
      expect(told('init')).toBe('');
      expect(told(action).trimEnd().split('\n')).toEqual(values);
      expect(leaks(result)).toBe(false);
    },
  );

  test.each([
    ['the stack was not deployed', 'describe-stacks', 'null', '6 problems'],
    ['a secret holds no keys', 'secret-2', '{}', '2 problems'],
    ['a secret is no JSON', 'secret-1', keyOf(1, 1), '2 problems'],
    ['AWS refuses to be asked', 'describe-stacks.fails', 'AccessDenied', 'describe-stacks failed:\nAccessDenied'],
    ['AWS refuses to tell a key', 'get-secret-value.fails', 'AccessDenied', 'get-secret-value failed:\nAccessDenied'],
  ])('fails when %s, and calls no Terraform', (_title, file, text, message) => {
    answer(file, text);
    const result = carry('apply');
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(message);
    expect(called().filter((line) => line.includes('terraform'))).toEqual([]);
    expect(leaks(result)).toBe(false);
  });

  test('fails when the command line of AWS is missing', () => {
    const { status, stderr } = callScript('carry-link', ['apply', '--output', siteOutput()], {
      env: { PATH: answers },
    });
    expect([status, stderr]).toEqual([1, 'carry-link: aws must be on the PATH, got none: install its command line\n']);
  });
});

describe('npm run carry:link -- rotate', () => {
  const modified = () =>
    JSON.parse(readFileSync(join(answers, 'modified'), 'utf8')) as Readonly<Record<string, string>>;

  test('gives one tunnel a new key on AWS, and then on Azure', () => {
    const result = carry('rotate', '2/T1');
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: '' });
    expect(
      called()
        .slice(-4)
        .map((line) => line.replace(/^aws ec2 (\S+).*/, '$1')),
    ).toEqual([
      `${link} terraform init -input=false`,
      `${link} terraform plan -input=false`,
      'modify-vpn-tunnel-options',
      `${link} terraform apply -input=false`,
    ]);
    expect(called()).toContain(
      `aws ec2 modify-vpn-tunnel-options --vpn-connection-id vpn-2 --vpn-tunnel-outside-ip-address ${outsideOf(2, 1)} ` +
        `--pre-shared-key-storage SecretsManager --tunnel-options file:///dev/stdin ${region}`,
    );
    const { PreSharedKey: key = '', ...rest } = modified();
    expect(rest).toEqual({});
    expect(key).toMatch(/^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/);
    expect(told('plan').trimEnd().split('\n')).toEqual(values);
    expect(told('apply').trimEnd().split('\n')).toEqual(values.map((line) => line.replace(keyOf(2, 1), key)));
    expect(leaks(result)).toBe(false);
  });

  test('gives another key each time', () => {
    const keys = ['1/T1', '1/T1'].map((tunnel) => {
      carry('rotate', tunnel);
      return JSON.stringify(modified());
    });
    expect(new Set(keys).size).toBe(2);
  });

  test.each([
    [
      'another tunnel is down',
      'describe-vpn-connections',
      JSON.stringify(telemetry({ [outsideOf(1, 2)]: 'DOWN' })),
      'tunnel 1/T2 must be UP',
    ],
    ['Terraform cannot plan', 'plan.fails', '', 'terraform plan failed'],
    ['AWS refuses', 'modify-vpn-tunnel-options.fails', 'UnauthorizedOperation', 'UnauthorizedOperation'],
  ])('fails when %s, and changes nothing', (_title, file, text, message) => {
    answer(file, text);
    const { status, stderr } = carry('rotate', '2/T1');
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(join(answers, 'modified'))).toBe(false);
    expect(existsSync(join(answers, 'told-apply'))).toBe(false);
  });

  test('fails when Azure cannot be told the key that AWS has, and says how to go on', () => {
    answer('apply.fails', '');
    const result = carry('rotate', '2/T1');
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('tunnel 2/T1 is down: AWS has its new key and Azure the old one.');
    expect(result.stderr).toContain('npm run carry:link -- apply');
    expect(leaks(result)).toBe(false);
  });
});

describe('npm run apply:azure', () => {
  const apply = (...args: readonly string[]): Called =>
    callScript('apply-azure', ['plan', '--output', siteOutput(), ...args], {
      env: { PATH: commandPath },
    });

  test('leaves out the tunnels, which have to be told what AWS has, and says so', () => {
    const { status, stdout } = apply();
    expect(status).toBe(0);
    expect(stdout).toContain(
      `left out: ${link} must be told connection_1_tunnel_1_address, connection_1_tunnel_1_key, `,
    );
    const stacks = new Set(called().map((line) => line.split(' ')[0] ?? ''));
    const names = readSite(siteOutput()).stacks.map(({ name }) => name);
    expect(names).toContain(link);
    expect([...stacks].sort()).toEqual(names.filter((name) => name !== link).sort());
  });

  test('fails when the tunnels are asked for by name', () => {
    const { status, stderr } = apply('--stack', 'link');
    expect(status).toBe(1);
    expect(stderr).toContain('connection_2_tunnel_2_key: npm run carry:link brings them');
    expect(called()).toEqual([]);
  });
});

describe('scripts/carry-link.ts', () => {
  test('says what it is for', async () => {
    const { status, stderr, stdout } = await run([
      process.execPath,
      '--require',
      'tsx/cjs',
      'scripts/carry-link.ts',
      '--help',
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^usage: npm run carry:link -- gateway\|plan\|apply\|destroy\|rotate /);
  });

  test.each([
    ['no action is named', [], 'must be told one of gateway, plan, apply, destroy, rotate, got nothing'],
    ['the action is none', ['carry'], 'must be told one of gateway, plan, apply, destroy, rotate, got carry'],
    [
      'the stage has no link',
      ['plan', '--stage', 'development'],
      'must have a primary on aws and a recovery site on azure',
    ],
    ['the tunnel is none', ['rotate', '3/T1'], 'tunnel must be one of 1/T1, 1/T2, 2/T1, 2/T2'],
  ])('fails when %s', (_title, args, message) => {
    const { status, stderr } = carry(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });

  test('fails when values of documents are left, before it tells Terraform anything', () => {
    const { directory } = synthesizedSite('retailflow', 'production');
    const { status, stderr } = carry('apply', '--output', directory);
    expect(status).toBe(1);
    expect(stderr).toContain('reasons against it');
    expect(called()).toEqual(asked);
  });
});
