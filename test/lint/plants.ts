/** A fault, alone in a file, and the one rule that must report it. */
export interface Plant {
  readonly when: string;
  readonly file: string;
  readonly text: string;
  readonly rule: string;
}

const CDK =
  "import * as cdk from 'aws-cdk-lib';\nimport { Construct } from 'constructs';\n\nexport const bases = [cdk.Stack, Construct];\n";
const PULUMI = "import * as pulumi from '@pulumi/pulumi';\n\n";

function plant(rule: string, when: string, file: string, text: string): Plant {
  return { rule, when, file, text: `${text}\n` };
}

/** Lifts a rule that refuses a form of import as such, so that its direction is judged alone. */
function exempt(rule: string): string {
  return `// eslint-disable-next-line @typescript-eslint/${rule} -- its direction is judged\n`;
}

function wrongWay(file: string, source: string): Plant {
  const room = file.slice(0, file.lastIndexOf('/'));
  return plant('mainstay/import-direction', `${room} imports ${source}`, file, `export * from '${source}';`);
}

const DIRECTION: readonly Plant[] = [
  wrongWay('lib/platform/to-cloud.ts', '../aws/network'),
  wrongWay('lib/platform/to-review.ts', '../review/parity'),
  wrongWay('lib/platform/to-stack.ts', '../../stacks/aws/stage'),
  wrongWay('lib/platform/to-platforms.ts', '../../platforms/retailflow'),
  wrongWay('lib/platform/to-cdk.ts', 'aws-cdk-lib'),
  wrongWay('lib/platform/to-pulumi.ts', '@pulumi/kubernetes'),
  wrongWay('lib/platform/to-files.ts', 'node:fs'),
  wrongWay('lib/platform/to-bare-files.ts', 'fs'),
  wrongWay('lib/platform/to-process.ts', 'node:process'),
  wrongWay('lib/platform/checks/deep.ts', '../../azure/database'),
  wrongWay('platforms/to-cloud.ts', '../lib/aws/network'),
  wrongWay('platforms/to-stack.ts', '../stacks/aws/stage'),
  wrongWay('platforms/to-cdk.ts', 'aws-cdk-lib/aws-ec2'),
  wrongWay('lib/aws/to-azure.ts', '../azure/network'),
  wrongWay('lib/aws/to-stack.ts', '../../stacks/aws/stage'),
  wrongWay('lib/aws/to-bin.ts', '../../bin/aws'),
  wrongWay('lib/aws/to-platforms.ts', '../../platforms/retailflow'),
  wrongWay('lib/aws/to-root.ts', '../../package.json'),
  wrongWay('lib/aws/to-cdktf.ts', 'cdktf'),
  wrongWay('lib/aws/to-pulumi.ts', '@pulumi/pulumi'),
  wrongWay('lib/aws/to-process.ts', 'node:process'),
  wrongWay('lib/azure/to-kubernetes.ts', '../kubernetes/service'),
  wrongWay('lib/azure/to-cdk.ts', 'aws-cdk-lib'),
  wrongWay('lib/kubernetes/to-aws.ts', '../aws/network'),
  wrongWay('lib/kubernetes/to-constructs.ts', 'constructs'),
  wrongWay('lib/google/to-aws.ts', '../aws/network'),
  wrongWay('lib/review/to-aws.ts', '../aws/network'),
  wrongWay('lib/review/to-azure.ts', '../azure/network'),
  wrongWay('lib/review/to-kubernetes.ts', '../kubernetes/service'),
  wrongWay('lib/review/to-google.ts', '../google/network'),
  wrongWay('lib/review/to-stack.ts', '../../stacks/aws/stage'),
  wrongWay('lib/review/to-cdk.ts', 'aws-cdk-lib/core'),
  wrongWay('lib/review/to-cdktf.ts', 'cdktf'),
  wrongWay('lib/review/to-pulumi.ts', '@pulumi/pulumi'),
  wrongWay('lib/review/to-constructs.ts', 'constructs'),
  wrongWay('stacks/aws/to-azure.ts', '../../lib/azure/network'),
  wrongWay('stacks/aws/to-azure-stack.ts', '../azure/foundation'),
  wrongWay('stacks/aws/to-bin.ts', '../../bin/aws'),
  wrongWay('stacks/aws/to-platforms.ts', '../../platforms/retailflow'),
  wrongWay('bin/to-test.ts', '../test/setup'),
  ...Object.entries({
    import: "import { size } from '../azure/database';\n\nexport const twice = Number(size) * 2;",
    're-export': "export { size } from '../azure/database';",
    'type import': "import type { Size } from '../azure/database';\n\nexport const size = (): Size[] => [];",
    'inline type import': `${exempt('consistent-type-imports')}export type Size = import('../azure/database').Size;`,
    'dynamic import': "export const load = (): Promise<unknown> => import('../azure/database');",
    'import assignment': `${exempt('no-require-imports')}import azure = require('../azure/database');\n\nexport const size: unknown = azure;`,
  }).map(([form, text]) =>
    plant('mainstay/import-direction', `an ${form} crosses clouds`, `lib/aws/form-${form.replace(/ /g, '-')}.ts`, text),
  ),
  plant('mainstay/import-direction', 'a folder is in no room', 'lib/helpers/text.ts', "export const NAME = 'text';"),
];

const CYCLES: readonly Plant[] = [
  plant(
    'import/no-cycle',
    'a file of a pair imports the other',
    'lib/aws/pair-a.ts',
    "import { b } from './pair-b';\n\nexport const a = (): number => b();",
  ),
  plant(
    'import/no-cycle',
    'the other file of the pair imports it back',
    'lib/aws/pair-b.ts',
    "import { a } from './pair-a';\n\nexport const b = (): number => a();",
  ),
  plant(
    'import/no-cycle',
    'a type comes from a file that needs this one',
    'lib/aws/type-a.ts',
    "import type { B } from './type-b';\n\nexport interface A {\n  readonly b: B;\n}",
  ),
  plant(
    'import/no-cycle',
    'a file imports a type of the one that it serves',
    'lib/aws/type-b.ts',
    "import type { A } from './type-a';\n\nexport interface B {\n  readonly a?: A;\n}",
  ),
  ...['one', 'two', 'three'].map((name, index, ring) => {
    const next = ring[(index + 1) % ring.length] ?? '';
    return plant(
      'import/no-cycle',
      `file ${name} of a ring of three imports the next`,
      `lib/aws/ring-${name}.ts`,
      `import { ${next} } from './ring-${next}';\n\nexport const ${name} = (): number => ${next}();`,
    );
  }),
];

const LEAVES: readonly Plant[] = ['', '/lib', '/lib/index', '/lib/resource-group/index'].map((tail, index) =>
  plant(
    'mainstay/leaf-import',
    `a file imports @cdktf/provider-azurerm${tail}`,
    `${index % 2 === 0 ? 'lib' : 'test'}/azure/leaf-${index}.ts`,
    `export * from '@cdktf/provider-azurerm${tail}';`,
  ),
);

const ENVIRONMENT_AND_CHANCE: readonly Plant[] = ['lib/platform', 'lib/aws', 'stacks/azure', 'platforms'].flatMap(
  (room) =>
    Object.entries({
      'process.env.X': 'no-restricted-globals',
      'globalThis.process.env.X': 'mainstay/restricted-syntax',
      'performance.now()': 'no-restricted-globals',
      'crypto.subtle': 'no-restricted-globals',
      'Date.now()': 'mainstay/restricted-syntax',
      "Date['now']()": 'mainstay/restricted-syntax',
      'new Date()': 'mainstay/restricted-syntax',
      'Date()': 'mainstay/restricted-syntax',
      'Math.random()': 'mainstay/restricted-syntax',
    }).map(([expression, rule], index) =>
      plant(
        rule,
        `${room} has ${expression}`,
        `${room}/impure-${index}.ts`,
        `export const value: unknown = ${expression};`,
      ),
    ),
);

const MANNERS: readonly Plant[] = [
  plant(
    'mainstay/restricted-syntax',
    'a file makes a copy of a namespace of the CDK',
    'lib/aws/namespace-copy.ts',
    "import * as iam from 'aws-cdk-lib/aws-iam';\n\nexport const all: unknown = iam;",
  ),
  plant(
    'mainstay/restricted-syntax',
    'a construct makes a random id',
    'lib/aws/random-id.ts',
    "import { randomUUID as id } from 'node:crypto';\n\nexport const name = id();",
  ),
  plant(
    'mainstay/disabled-rule',
    'a rule is disabled without a reason',
    'lib/aws/no-reason.ts',
    '// eslint-disable-next-line eqeqeq\nexport const same = (a: unknown, b: unknown): boolean => a == b;',
  ),
  plant(
    'mainstay/disabled-rule',
    'every rule is disabled at once',
    'lib/aws/unlimited.ts',
    '// eslint-disable-next-line -- in a hurry\nexport const same = (a: unknown, b: unknown): boolean => a == b;',
  ),
  plant('no-warning-comments', 'a TODO is left', 'lib/aws/later.ts', 'export const size = 1; // TODO: measure'),
  plant('no-warning-comments', 'a FIXME is left', 'test/aws/mend.ts', '/* twice, fixme */\nexport const size = 1;'),
  plant('max-lines', 'a file has 301 lines', 'lib/aws/long.ts', `export const size = 1;${'\n// why'.repeat(300)}`),
  plant(
    'typescript/no-floating-promises',
    'a promise is not awaited',
    'bin/promise.ts',
    'export function run(task: () => Promise<void>): void {\n  task();\n}',
  ),
  plant('typescript/TS2322', 'a value is not of its type', 'lib/aws/type.ts', 'export const text: string = 1;'),
  plant(
    'typescript/TS2375',
    'the model gives undefined to what may only be left out',
    'lib/platform/exact.ts',
    'interface Options {\n  readonly name?: string;\n}\nexport const options = (name: string | undefined): Options => ({ name });',
  ),
  plant(
    'typescript/no-explicit-any',
    'a type is any',
    'lib/aws/untyped.ts',
    'export function size(value: any): void {\n  String(value);\n}',
  ),
  plant(
    'mainstay/restricted-syntax',
    'a test runs alone',
    'test/aws/alone.ts',
    "import { test } from '@jest/globals';\n\ntest.only('size', () => undefined);",
  ),
];

const SIGNATURES: readonly Plant[] = [
  ...Object.entries({
    'an id before its scope': 'Construct {\n  constructor(id: string, scope: Construct) {\n    super(scope, id);',
    'a parent and a name': 'Construct {\n  constructor(parent: Construct, name: string) {\n    super(parent, name);',
    'a fourth parameter':
      'Construct {\n  constructor(scope: Construct, id: string, readonly props: object, readonly size: number) {\n    super(scope, id);',
    'its parameters unpacked':
      'Construct {\n  readonly size: number;\n  constructor(scope: Construct, id: string, { size }: { size: number }) {\n    super(scope, id);\n    this.size = size;',
    'no id': "cdk.Stack {\n  constructor(scope: Construct) {\n    super(scope, 'Network');",
  }).map(([got, body], index) =>
    plant(
      'mainstay/constructor-signature',
      `a construct takes ${got}`,
      `${index % 2 === 0 ? 'lib' : 'stacks'}/aws/signature-${index}.ts`,
      `${CDK}export class Queue extends ${body}\n  }\n}`,
    ),
  ),
  plant(
    'mainstay/constructor-signature',
    'a construct has no constructor',
    'lib/aws/signature-none.ts',
    `${CDK}export class Queue extends Construct {}`,
  ),
  plant(
    'mainstay/constructor-signature',
    'a component takes its options before its arguments',
    'lib/kubernetes/signature.ts',
    `${PULUMI}export class Queue extends pulumi.ComponentResource {\n  constructor(name: string, opts: object, args: pulumi.Inputs) {\n    super('mainstay:kubernetes:Queue', name, args, opts);\n  }\n}`,
  ),
];

/** Every fault, each in a file of its own. */
export const PLANTS: readonly Plant[] = [
  ...DIRECTION,
  ...CYCLES,
  ...LEAVES,
  ...ENVIRONMENT_AND_CHANCE,
  ...MANNERS,
  ...SIGNATURES,
];

/** Files that keep every rule, by name. Each goes as near to a fault as it may. */
export const CLEAN: Readonly<Record<string, string>> = {
  'lib/platform/clean.ts':
    "import ipaddr from 'ipaddr.js';\n\nexport const first = ipaddr.parse('10.0.0.1').toString();\n",
  'platforms/clean.ts': "import { first } from '../lib/platform/clean';\n\nexport const copy = first;\n",
  'lib/aws/clean.ts': `import { readFileSync } from 'node:fs';
import { Construct } from 'constructs';
import { first } from '../platform/clean';

export const at = new Date(Date.parse('2026-01-31T00:00:00Z')).toISOString();

// eslint-disable-next-line eqeqeq -- null and undefined are one here
export const absent = (value: unknown): boolean => value == null;

export class Queue extends Construct {
  readonly address = first;

  constructor(
    scope: Construct,
    id: string,
    readonly props: { readonly file?: string } = {},
  ) {
    super(scope, id);
    readFileSync(props.file ?? 'package.json');
  }
}
`,
  'stacks/aws/clean.ts': `import * as cdk from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Queue } from '../../lib/aws/clean';

export class Messaging extends cdk.Stack {
  readonly queue = new Queue(this, 'Queue');

  constructor(scope: Construct, id: string) {
    super(scope, id);
  }
}
`,
  'lib/azure/clean.ts': "export { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';\n",
  'lib/kubernetes/clean.ts': `${PULUMI}export class Queue extends pulumi.ComponentResource {
  constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
    super('mainstay:kubernetes:Queue', name, args, opts);
  }
}
`,
  'bin/clean.ts':
    "import { Messaging } from '../stacks/aws/clean';\nimport { copy } from '../platforms/clean';\n\nexport const target = process.env.TARGET ?? copy + Messaging.name;\n",
  'test/clean.ts':
    "import { Queue } from '../lib/aws/clean';\n\nexport const name = Queue.name + String(Date.now());\n",
};
