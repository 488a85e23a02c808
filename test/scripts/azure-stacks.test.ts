import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../gates/support/run';
import { callScript, type Called } from '../support/call-script';
import { outputOf, remoteState, writeSite, type StackFixture } from '../review/azure/fixtures';

const directory = scratch();
const calls = join(directory, 'calls');
const bin = join(directory, 'bin');

beforeEach(() => {
  writeFileSync(calls, '');
  writeFileSync(`${calls}.tests`, '');
});

/** Starts a script with a Terraform that notes where it is started with what, and fails in one of its steps, or without providers. */
function withTerraform(fails: string, command: readonly string[]): Called {
  const path = scratch();
  const lines = [
    '#!/bin/sh',
    `echo "$(grep -o '"stackName":"[^"]*"' cdk.tf.json | cut -d'"' -f4) $*" >> ${calls}`,
    `if [ -f plan.tftest.hcl ]; then cat plan.tftest.hcl >> ${calls}.tests; fi`,
    `if [ "$1" = "${fails}" ]; then echo "cannot $1"; exit 1; fi`,
    `if [ "${fails} $1" = "providers init" ] && grep -q required_providers cdk.tf.json; then echo "cannot init"; exit 1; fi`,
  ];
  writeFileSync(join(path, 'terraform'), lines.join('\n'));
  chmodSync(join(path, 'terraform'), 0o755);
  return start(command, `${path}:${process.env['PATH'] ?? ''}`);
}

const start = ([script = '', ...args]: readonly string[], path: string): Called =>
  callScript(script, args, { env: { PATH: path } });

const refusal = (message: string): StackFixture['resources'] => ({
  'terraform_data.NoDocumentationValues': {
    lifecycle: { precondition: [{ condition: '${var.documentation_values == ""}', error_message: message }] },
  },
});

/** Two stacks, of which the one that is first by name is applied last. */
const site = (resources: StackFixture['resources'] = {}): string =>
  writeSite(
    {
      id: 'data',
      dependencies: ['foundation'],
      resources: {
        ...remoteState('foundation'),
        'azurerm_resource_group.G': { name: outputOf('foundation', 'id') },
        ...resources,
      },
    },
    {
      id: 'foundation',
      outputs: { id: { value: 'x' } },
      variables: { documentation_values: { default: 'owner.email' } },
    },
  );

const called = (): readonly string[] =>
  readFileSync(calls, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');

describe('npm run apply:azure', () => {
  test('runs init and apply in every stack, each after those that it reads', () => {
    const { status, stderr } = withTerraform('none', [
      'apply-azure',
      'apply',
      '--output',
      site(),
      '--',
      '-auto-approve',
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(called()).toEqual(
      ['foundation', 'data'].flatMap((word) => [
        `shop-production-${word} init -input=false`,
        `shop-production-${word} apply -input=false -auto-approve`,
      ]),
    );
  });

  test('plans unless it is told to apply, and the named stack alone', () => {
    expect(withTerraform('none', ['apply-azure', '--output', site(), '--stack', 'data']).status).toBe(0);
    expect(called()).toEqual(['shop-production-data init -input=false', 'shop-production-data plan -input=false']);
  });

  test('refuses by name what a stack refuses, before it calls Terraform', () => {
    const message = 'owner.email is the documentation value platform@example.com: replace it in platforms/shop.ts.';
    const { status, stderr } = withTerraform('none', ['apply-azure', 'apply', '--output', site(refusal(message))]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `apply-azure: 1 reasons against it:\n  ${message}\n` });
    expect(called()).toEqual([]);
  });

  test('fails when Terraform does, and touches no further stack', () => {
    const { status, stderr } = withTerraform('apply', ['apply-azure', 'apply', '--output', site()]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'apply-azure: shop-production-foundation: terraform apply failed, no further stack was touched\n',
    );
    expect(called()).toHaveLength(2);
  });

  test.each([
    ['the action is none', ['destroy'], 'must be told plan or apply, got destroy'],
    [
      'the stack is none',
      ['plan', '--stack', 'nope'],
      '--stack must name one of shop-production-foundation, shop-production-data, got nope: correct it',
    ],
  ])('fails when %s', (_, args, message) => {
    const { status, stderr } = withTerraform('none', ['apply-azure', ...args, '--output', site()]);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(called()).toEqual([]);
  });
});

describe('npm run validate:azure', () => {
  test('validates and plans every stack with providers that pretend, beside the output', () => {
    const output = site();
    const { status, stderr, stdout } = withTerraform('none', ['validate-azure', '--output', output, '--strict']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      ['foundation', 'data']
        .map((word) => `shop-production-${word}: valid, and planned with providers that pretend\n`)
        .join(''),
    );
    expect(called()).toEqual(
      ['foundation', 'data'].flatMap((word) => [
        `shop-production-${word} init -backend=false -input=false -no-color`,
        `shop-production-${word} validate -no-color`,
        `shop-production-${word} test -no-color`,
      ]),
    );
    const tests = readFileSync(`${calls}.tests`, 'utf8');
    expect(tests).toContain('mock_provider "azurerm" {}');
    expect(tests).toMatch(
      /target = data\.terraform_remote_state\.cross-stack-reference-input-shop-production-foundation\n[^]*"id" = "\/subscriptions\//,
    );
    expect(tests).toContain('command = plan');
    expect(tests).toContain('documentation_values = ""');
    expect(existsSync(join(output, 'stacks/shop-production-data/plan.tftest.hcl'))).toBe(false);
  });

  test.each(['validate', 'test'])('fails when terraform %s does, and says what it said', (step) => {
    const { status, stderr } = withTerraform(step, ['validate-azure', '--output', site()]);
    expect(status).toBe(1);
    expect(stderr).toBe(`validate-azure: shop-production-foundation: terraform ${step} refuses it:\ncannot ${step}\n`);
  });

  test('reads every stack with stand-ins where providers cannot be had, and fails when it is to be strict', () => {
    const missing = 'terraform init cannot get the providers of shop-production-foundation:\ncannot init';
    expect(withTerraform('providers', ['validate-azure', '--output', site()])).toEqual({
      status: 0,
      stdout: [
        'shop-production-foundation: read with stand-ins for its providers\n',
        'shop-production-data: read with stand-ins for its providers\n',
        `validate-azure: not validated by Terraform, ${missing}\n`,
      ].join(''),
      stderr: '',
    });
    expect(withTerraform('providers', ['validate-azure', '--output', site(), '--strict'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `validate-azure: ${missing}\n`,
    });
  });

  test('says that Terraform cannot be had, and fails when it is to be strict', () => {
    const missing = 'terraform is not on the PATH: install version 1.11 or later';
    expect(start(['validate-azure', '--output', site()], bin)).toEqual({
      status: 0,
      stdout: `validate-azure: not validated by Terraform, ${missing}\n`,
      stderr: '',
    });
    expect(start(['validate-azure', '--output', site(), '--strict'], bin)).toEqual({
      status: 1,
      stdout: '',
      stderr: `validate-azure: ${missing}\n`,
    });
  });
});
