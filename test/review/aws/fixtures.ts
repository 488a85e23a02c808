import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAssembly } from '../../../lib/review/aws/assembly';
import type { Rule } from '../../../lib/review/aws/rule';
import type { Assembly } from '../../../lib/review/aws/stack';
import type { Finding } from '../../../lib/review/finding';

/** A resource as a template writes it. */
export type Declaration = { readonly Type: string } & Readonly<Record<string, unknown>>;

/** A stack of an assembly that a test makes. */
export interface StackFixture {
  /** Id within the stage. @default 'Stack' */
  readonly id?: string;
  /** @default 'ap-southeast-1' */
  readonly region?: string;
  readonly resources?: Readonly<Record<string, Declaration>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  /** Entries of the metadata file by construct path below the stage, `/Stack/Thing`. */
  readonly notes?: Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;
}

export interface AssemblyFixture {
  /** @default 'shop-production' */
  readonly stage?: string;
  readonly stacks: readonly StackFixture[];
  readonly missing?: readonly { readonly key: string }[];
  /** More files of the stage's assembly, such as the templates of nested stacks. */
  readonly files?: Readonly<Record<string, unknown>>;
}

/** An empty directory. */
export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'review-'));

export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

/** Writes an assembly with one stage as the CDK does, and says where. */
export function writeAssembly({ stage = 'shop-production', stacks, missing, files = {} }: AssemblyFixture): string {
  const directory = newDirectory();
  const inner = join(directory, `assembly-${stage}`);
  writeJson(join(directory, 'manifest.json'), {
    version: '55.0.0',
    artifacts: {
      [`assembly-${stage}`]: {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: `assembly-${stage}`, displayName: stage },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
    missing,
  });
  const artifacts = stacks.map(({ id = 'Stack', region = 'ap-southeast-1', dependencies = [], ...stack }) => {
    const artifactId = `${stage}${id}0123ABCD`.replaceAll('-', '');
    writeJson(join(inner, `${artifactId}.template.json`), {
      Parameters: stack.parameters,
      Resources: stack.resources ?? {},
      Outputs: stack.outputs,
    });
    writeJson(join(inner, `${artifactId}.metadata.json`), prefixed(stack.notes ?? {}, stage));
    return [
      artifactId,
      {
        type: 'aws:cloudformation:stack',
        environment: `aws://123456789012/${region}`,
        properties: {
          templateFile: `${artifactId}.template.json`,
          terminationProtection: true,
          stackName: `${stage}-${id}`,
        },
        dependencies: [
          ...dependencies.map((other) => `${stage}${other}0123ABCD`.replaceAll('-', '')),
          `${artifactId}.assets`,
        ],
        additionalMetadataFile: `${artifactId}.metadata.json`,
        displayName: `${stage}/${id}`,
      },
    ] as const;
  });
  writeJson(join(inner, 'manifest.json'), { version: '55.0.0', artifacts: Object.fromEntries(artifacts), missing });
  for (const [name, content] of Object.entries(files)) writeJson(join(inner, name), content);
  return directory;
}

function prefixed<T>(notes: Readonly<Record<string, T>>, stage: string): Record<string, T> {
  return Object.fromEntries(Object.entries(notes).map(([path, entries]) => [`/${stage}${path}`, entries]));
}

/** An assembly of the given stacks, through its files. */
export function assemblyOf(...stacks: readonly StackFixture[]): Assembly {
  return readAssembly(writeAssembly({ stacks }));
}

/** The findings of one rule over a whole assembly. */
export async function findingsOf(rule: Rule, ...stacks: readonly StackFixture[]): Promise<readonly Finding[]> {
  const assembly = assemblyOf(...stacks);
  return (await Promise.all(assembly.stacks.map(async (stack) => rule(stack, assembly)))).flat();
}

/** The findings of one rule over one stack with the given resources, as `logicalId: message`. */
export async function messagesOf(
  rule: Rule,
  resources: Readonly<Record<string, Declaration>>,
  rest: Omit<StackFixture, 'resources'> = {},
): Promise<readonly string[]> {
  const findings = await findingsOf(rule, { ...rest, resources });
  return findings.map(({ logicalId, message }) => `${logicalId}: ${message}`);
}

/** A reading of another stack's output, as weak references are synthesized. */
export function stackOutput(stack: string, output: string, region = 'ap-southeast-1'): unknown {
  return { 'Fn::GetStackOutput': { StackName: `shop-production-${stack}`, Region: region, OutputName: output } };
}

type Tree = { [key: string]: Tree };

/**
 * A copy of the resources with one value changed, or removed where the value is `undefined`.
 *
 * @param path names and list positions, joined by slashes: `Queue/Properties/Tags/0/Key`
 */
export function change<T extends object>(resources: T, path: string, value: unknown): T {
  const copy = structuredClone(resources);
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  let holder = copy as unknown as Tree;
  for (const key of keys) {
    const inner = holder[key];
    if (inner === undefined) throw new Error(`the fixture has nothing at ${path}`);
    holder = inner;
  }
  if (value === undefined) delete holder[last];
  else holder[last] = value as Tree;
  return copy;
}

/** One change of a valid template and what its one finding says. */
export type Mutation = readonly [title: string, path: string, value: unknown, finding: string | RegExp];

/** Tests that a rule finds nothing in valid resources, and exactly one thing after each change. */
export function judges(
  rule: Rule,
  valid: Readonly<Record<string, Declaration>>,
  mutations: readonly Mutation[],
  rest: Omit<StackFixture, 'resources'> = {},
): void {
  test('finds nothing in a valid template', async () => {
    expect(await messagesOf(rule, valid, rest)).toEqual([]);
  });
  test.each(mutations)('fails when %s', async (_, path, value, finding) => {
    const messages = await messagesOf(rule, change(valid, path, value), rest);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(finding);
  });
}
