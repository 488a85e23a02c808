import { loadModule } from '../../support/load-module';

interface Version {
  readonly VersionStages?: readonly string[];
  readonly CreatedDate?: Date;
}

interface Module {
  readonly createHandler: (uses: object) => () => Promise<void>;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/secret-ages/index.mjs', {
  '@aws-sdk/client-secrets-manager': { SecretsManager: class {} },
});

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));

async function told(
  versions: Readonly<Record<string, readonly Version[]>>,
  secrets: readonly object[],
  lines: string[] = [],
) {
  await createHandler({
    secrets,
    stage: 'shop-production',
    now: () => day(101).getTime(),
    tell: (line: string) => lines.push(line),
    store: {
      listSecretVersionIds: ({ SecretId }: { readonly SecretId: string }) =>
        Promise.resolve({ Versions: versions[SecretId] }),
    },
  })();
  return lines.map((line) => JSON.parse(line) as object);
}

const current = ['AWSCURRENT'];

test('tells the age of what services read, of the oldest field, as a metric', async () => {
  const versions = {
    a: [
      { VersionStages: ['AWSPREVIOUS'], CreatedDate: day(1) },
      { VersionStages: current, CreatedDate: day(91) },
    ],
    b: [{ VersionStages: current, CreatedDate: day(51) }],
    c: [{ VersionStages: current, CreatedDate: day(101) }],
  };
  const secrets = [
    { name: 'slack', entries: ['a', 'b'] },
    { name: 'teams', entries: ['c'] },
  ];
  expect(await told(versions, secrets)).toEqual([
    {
      _aws: {
        Timestamp: day(101).getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Mainstay/Secrets',
            Dimensions: [['Stage', 'Secret']],
            Metrics: [{ Name: 'AgeDays', Unit: 'Count' }],
          },
        ],
      },
      Stage: 'shop-production',
      Secret: 'slack',
      AgeDays: 50,
    },
    expect.objectContaining({ Secret: 'teams', AgeDays: 0 }),
  ]);
});

test.each<readonly [string, readonly Version[], number]>([
  ['is written once since it was made', [{ VersionStages: current, CreatedDate: day(1) }], 100],
  [
    'had one of its values changed',
    [
      { VersionStages: current, CreatedDate: day(91) },
      { VersionStages: ['AWSPREVIOUS'], CreatedDate: day(1) },
    ],
    100,
  ],
  [
    'had one changed after the other',
    [
      { VersionStages: ['AWSPREVIOUS'], CreatedDate: day(90) },
      { VersionStages: current, CreatedDate: day(91) },
    ],
    11,
  ],
  [
    'was put back to the write before',
    [
      { VersionStages: current, CreatedDate: day(51) },
      { VersionStages: ['AWSPREVIOUS'], CreatedDate: day(91) },
    ],
    50,
  ],
])('a secret of two values that %s is as old as the older write', async (_what, versions, AgeDays) => {
  const secrets = [{ name: 'office-headquarters', entries: ['a'], writes: 2 }];
  expect(await told({ a: versions }, secrets)).toEqual([
    expect.objectContaining({ Secret: 'office-headquarters', AgeDays }),
  ]);
});

test.each<readonly [string, readonly Version[]]>([
  ['no value', []],
  ['only values that nobody reads', [{ VersionStages: ['AWSPREVIOUS'], CreatedDate: day(1) }]],
])('fails for a secret with %s, so that nothing is told and the alarm rings', async (_what, versions) => {
  await expect(told({ a: versions }, [{ name: 'slack', entries: ['a'] }])).rejects.toThrow(
    'a has no value that services read',
  );
});

test('tells of every other secret before it fails, so that no alarm rings but those of secrets without a value', async () => {
  const lines: string[] = [];
  const secrets = ['slack', 'teams', 'pager'].map((name) => ({ name, entries: [name] }));
  const run = told({ slack: [], teams: [{ VersionStages: current, CreatedDate: day(91) }], pager: [] }, secrets, lines);
  await expect(run).rejects.toThrow('slack has no value that services read; pager has no value that services read');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ Secret: 'teams', AgeDays: 10 }),
  ]);
});
