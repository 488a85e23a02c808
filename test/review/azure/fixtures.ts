import { readSite } from '../../../lib/review/azure/read-site';
import type { Rule } from '../../../lib/review/azure/rule';
import type { Site } from '../../../lib/review/azure/stack';
import type { Finding } from '../../../lib/review/finding';
import { newDirectory, writeJson } from '../aws/fixtures';
import { join } from 'node:path';

/** Declarations by address: `azurerm_key_vault.Vault`, `data.azurerm_client_config.Current`. */
export type Declarations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A stack of a site that a test makes. */
export interface StackFixture {
  /** @default 'data' */
  readonly id?: string;
  readonly resources?: Declarations;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  /** Replaces the state's place, or takes it away. @default - a place of its own */
  readonly backend?: Readonly<Record<string, unknown>> | null;
  readonly requiredProviders?: Readonly<Record<string, unknown>>;
  /** Configuration of every provider, or none at all. @default - one without anything particular */
  readonly provider?: Readonly<Record<string, unknown>> | null;
  readonly dependencies?: readonly string[];
}

const PREFIX = 'shop-production';

const stackName = (id: string): string => `${PREFIX}-${id}`;

/** Where a stack of a test keeps its state. */
export const backendOf = (id: string): Readonly<Record<string, unknown>> => ({
  storage_account_name: 'shopstate',
  container_name: 'state',
  resource_group_name: 'terraform-state',
  subscription_id: '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
  tenant_id: '1c9e6a4d-8b27-4f53-a0e1-6d3c5b7f9a28',
  key: `${PREFIX}/${id}.tfstate`,
  use_azuread_auth: true,
});

/** What a stack reads of another, under the name that cdktf gives it. */
export const remoteState = (id: string): Declarations => ({
  [`data.terraform_remote_state.cross-stack-reference-input-${stackName(id)}`]: {
    backend: 'azurerm',
    config: backendOf(id),
    workspace: '${terraform.workspace}',
  },
});

/** An expression that reads an output of another stack. */
export const outputOf = (id: string, output: string): string =>
  `\${data.terraform_remote_state.cross-stack-reference-input-${stackName(id)}.outputs.${output}}`;

type Nested = Record<string, Record<string, unknown>>;

function declared(resources: Declarations, kind: 'resource' | 'data', id: string): Nested {
  const nested: Nested = {};
  for (const [address, declaration] of Object.entries(resources)) {
    if (address.startsWith('data.') !== (kind === 'data')) continue;
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    nested[type] = {
      ...nested[type],
      [name]: { '//': { metadata: { path: `${stackName(id)}/${name}` } }, ...declaration },
    };
  }
  return nested;
}

/** Writes a site as cdktf does, and says where. */
export function writeSite(...stacks: readonly StackFixture[]): string {
  const directory = newDirectory();
  const entries = stacks.map(({ id = 'data', dependencies = [], resources = {}, ...stack }) => {
    const name = stackName(id);
    const file = `stacks/${name}/cdk.tf.json`;
    const { backend = backendOf(id), provider = { features: [{}] } } = stack;
    const { requiredProviders = { azurerm: { source: 'hashicorp/azurerm', version: '4.73.0' } } } = stack;
    writeJson(join(directory, file), {
      '//': { metadata: { stackName: name } },
      ...(provider === null
        ? {}
        : { provider: Object.fromEntries(Object.keys(requiredProviders).map((name) => [name, [provider]])) }),
      resource: declared(resources, 'resource', id),
      data: declared(resources, 'data', id),
      variable: stack.variables,
      output: stack.outputs,
      locals: stack.locals,
      terraform: {
        ...(backend === null ? {} : { backend: { azurerm: backend } }),
        required_providers: requiredProviders,
      },
    });
    return [name, { name, synthesizedStackPath: file, dependencies: dependencies.map(stackName) }] as const;
  });
  writeJson(join(directory, 'manifest.json'), { version: '0.21.0', stacks: Object.fromEntries(entries) });
  return directory;
}

/** A site of the given stacks, through its files. */
export const siteOf = (...stacks: readonly StackFixture[]): Site => readSite(writeSite(...stacks));

/** The findings of one rule over a whole site. */
export function findingsOf(rule: Rule, ...stacks: readonly StackFixture[]): readonly Finding[] {
  const site = siteOf(...stacks);
  return site.stacks.flatMap((stack) => rule.judge(stack, site));
}

/** The findings of one rule over one stack with the given resources, as `address: message`. */
export const messagesOf = (
  rule: Rule,
  resources: Declarations,
  rest: Omit<StackFixture, 'resources'> = {},
): readonly string[] =>
  findingsOf(rule, { ...rest, resources }).map(({ logicalId, message }) => `${logicalId}: ${message}`);

type Tree = { [key: string]: Tree };

/**
 * A copy of resources with one value changed, or removed where the value is `undefined`.
 *
 * @param path names and list positions, joined by slashes: `azurerm_key_vault.Vault/network_acls/bypass`
 */
export function change(resources: Declarations, path: string, value: unknown): Declarations {
  const copy = JSON.parse(JSON.stringify(resources)) as Tree;
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  let holder = copy;
  for (const key of keys) {
    const inner = holder[key];
    if (inner === undefined) throw new Error(`the fixture has nothing at ${path}`);
    holder = inner;
  }
  if (value === undefined) delete holder[last];
  else holder[last] = value as Tree;
  return copy;
}

/** One change of a valid stack and what its one finding says. */
export type Mutation = readonly [title: string, path: string, value: unknown, finding: string | RegExp];

/** Tests that a rule finds nothing in valid resources, and exactly one thing after each change. */
export function judges(
  rule: Rule,
  valid: Declarations,
  mutations: readonly Mutation[],
  rest: Omit<StackFixture, 'resources'> = {},
): void {
  test('finds nothing in a valid stack', () => {
    expect(messagesOf(rule, valid, rest)).toEqual([]);
  });
  test.each(mutations)('fails when %s', (_, path, value, finding) => {
    const messages = messagesOf(rule, change(valid, path, value), rest);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(finding);
  });
}
