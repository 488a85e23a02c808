import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app as command } from '../cdk.json';
import { app as azureCommand } from '../cdktf.json';
import { growth, itemsOf, platformParts } from './platforms';
import { scripts } from '../package.json';

/** Runs each measurement several times in turns, so that noise of the machine falls on all alike. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const scratch = mkdtempSync(join(tmpdir(), 'mainstay-bench-run-'));
const list = join(scratch, 'modules.json');
const azureList = join(scratch, 'azure-modules.json');
const kubernetesList = join(scratch, 'kubernetes-modules.json');
const root = join(__dirname, '..');

interface Measurement {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it is compared with. @default - the floor of AWS */
  readonly floor?: string;
}

interface Output {
  readonly stacks: number;
  readonly resources: number;
  readonly megabytes: number;
}

/** What runs the app of cdk.json, with all its options, so that a script is measured as people run the app. */
const runner = command.split(' ').slice(0, -1);
const script = (...args: readonly string[]) => [...runner, ...args];

/** The same for the site on Azure. */
const azureRunner = azureCommand.split(' ').slice(0, -1);
const azure = (name: string, ...args: readonly string[]): Measurement => ({
  name,
  command: [...azureRunner, ...args],
  floor: names.azureFloor,
});

/** The same for the cluster. */
const kubernetesRunner = scripts['synth:kubernetes'].split(' ').slice(0, -1);
const kubernetes = (name: string, ...args: readonly string[]): Measurement => ({
  name,
  command: [...kubernetesRunner, ...args],
  floor: names.kubernetesFloor,
});

/** As `npm run synth` starts a process. */
const plain = (...args: readonly string[]): readonly string[] => [process.execPath, '--require', 'tsx/cjs', ...args];

/** Every part of `npm run synth` of every platform, by itself. */
const everyPart = platformParts(scratch);

/** An app of so many services, with the gates named. */
const app = (name: string, services: number, gates: 'none' | 'validator' | 'packs'): Measurement => ({
  name,
  command: script('bench/app.ts', String(services), gates),
  ...(gates === 'none' ? { env: { CDK_VALIDATION: 'false' } } : {}),
});

/** RetailFlow's own number of services. */
const own = 6;

const names = {
  floor: 'floor',
  app: 'app without gates',
  synth: 'npx cdk synth, every gate',
  twelve: '12 services, without gates',
  fortyEight: '48 services, without gates',
  most: '192 services, without gates',
  azureFloor: 'Azure: floor',
  azureApp: 'Azure: app without gates',
  azureGates: 'Azure: app, every gate',
  kubernetesFloor: 'Kubernetes: floor',
  kubernetesRender: 'Kubernetes: render without gates',
  kubernetesGates: 'Kubernetes: render, every gate',
  all: 'npm run synth, every cloud side by side',
} as const;

const measurements: readonly Measurement[] = [
  { name: names.floor, command: script('bench/floor.ts', list) },
  app(names.app, own, 'none'),
  app('app + validator', own, 'validator'),
  app('app + validator + rule packs', own, 'packs'),
  {
    name: 'bin/aws.ts, every gate (adds our review)',
    command: script('bin/aws.ts'),
    env: { CDK_OUTDIR: join(scratch, 'bin.out') },
  },
  { name: 'command line alone (npx cdk --version)', command: ['npx', 'cdk', '--version'] },
  { name: names.synth, command: ['npx', 'cdk', 'synth', '-q', '-o', join(scratch, 'cdk.out')] },
  app(names.twelve, 12, 'none'),
  app(names.fortyEight, 48, 'none'),
  app(names.most, 192, 'none'),
  azure(names.azureFloor, 'bench/floor.ts', azureList),
  azure(names.azureApp, 'bench/azure.ts', 'none'),
  azure(names.azureGates, 'bench/azure.ts', 'all'),
  kubernetes(names.kubernetesFloor, 'bench/floor.ts', kubernetesList),
  kubernetes(names.kubernetesRender, 'bench/kubernetes.ts', 'none'),
  kubernetes(names.kubernetesGates, 'bench/kubernetes.ts', 'all'),
  { name: names.all, command: plain('bench/side-by-side.ts') },
  ...everyPart.map(({ args, name }) => ({ name, command: plain(...args) })),
];

function run({ command, env = {}, name }: Measurement): { readonly milliseconds: number; readonly output: string } {
  const [file = '', ...args] = command;
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(file, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}\n${stderr}`);
  return { milliseconds: Number(process.hrtime.bigint() - start) / 1e6, output: stdout };
}

/** Keeps the most memory that any round took. */
function keep(name: string, output: Output): void {
  const megabytes = Math.max(output.megabytes, outputs.get(name)?.megabytes ?? 0);
  outputs.set(name, { ...output, megabytes });
}

const times = new Map<string, number[]>();
const outputs = new Map<string, Output>();
const items = new Map<string, number>();
const first = app('warm-up', own, 'none');
run({ ...first, command: [...first.command, list] });
run(azure('warm-up', 'bench/azure.ts', 'none', azureList));
run(kubernetes('warm-up', 'bench/kubernetes.ts', 'none', kubernetesList));
for (let round = 0; round < rounds; round++) {
  for (const measurement of measurements) {
    const { milliseconds, output } = run(measurement);
    times.set(measurement.name, [...(times.get(measurement.name) ?? []), milliseconds]);
    if (output.includes('"megabytes"')) keep(measurement.name, JSON.parse(output) as Output);
    if (everyPart.some(({ name }) => name === measurement.name)) items.set(measurement.name, itemsOf(output));
  }
}

/** The fastest round: whatever else the machine does can only slow a round down. */
const milliseconds = (name: string): number => Math.min(...(times.get(name) ?? []));
const floor = milliseconds(names.floor);
const loaded = (JSON.parse(readFileSync(list, 'utf8')) as readonly string[]).length;

console.log(
  `floor: a process that requires the ${loaded} files that a synth of RetailFlow loads\n` +
    `of ${rounds} rounds: the least time, the most memory\n`,
);
console.log('| what | × floor | stacks | resources | MB |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const { floor: compared = names.floor, name } of measurements) {
  const output = outputs.get(name);
  const cells =
    output === undefined ? ['', items.get(name) ?? '', ''] : [output.stacks, output.resources, output.megabytes];
  console.log(`| ${[name, (milliseconds(name) / milliseconds(compared)).toFixed(2), ...cells].join(' | ')} |`);
}

const perResource = (name: string): number => (milliseconds(name) - floor) / (outputs.get(name)?.resources ?? NaN);
const partTimes = everyPart.map((part) => ({
  ...part,
  milliseconds: milliseconds(part.name),
  items: items.get(part.name) ?? NaN,
}));
const alone = partTimes.filter(({ platform }) => platform === 'retailflow').map((part) => part.milliseconds);
/** What two cores allow: the slowest part and a share of the others, or half of all. */
const ideal = Math.max(1.4 * Math.max(...alone), alone.reduce((sum, each) => sum + each, 0) / 2);
const limits: readonly (readonly [what: string, got: number, limit: number])[] = [
  ['app without gates ÷ floor', milliseconds(names.app) / floor, 2.5],
  ['npx cdk synth with every gate ÷ floor', milliseconds(names.synth) / floor, 20],
  ['time a resource, 48 ÷ 12 services', perResource(names.fortyEight) / perResource(names.twelve), 1],
  ['time a resource, 192 ÷ 48 services', perResource(names.most) / perResource(names.fortyEight), 1],
  ['MB at 192 services without gates', outputs.get(names.most)?.megabytes ?? NaN, 250],
  ['Azure: app without gates ÷ floor', milliseconds(names.azureApp) / milliseconds(names.azureFloor), 1.8],
  [
    'Kubernetes: render without gates ÷ floor',
    milliseconds(names.kubernetesRender) / milliseconds(names.kubernetesFloor),
    1.6,
  ],
  ['npm run synth ÷ (1.4 × its slowest part, or half of all parts)', milliseconds(names.all) / ideal, 1],
  ...[...new Set(everyPart.map(({ part }) => part))].map(
    (part) =>
      [`${part}: a platform ÷ the line through the smallest and the largest`, growth(partTimes, part), 1.3] as const,
  ),
  ['Azure: MB with every gate', outputs.get(names.azureGates)?.megabytes ?? NaN, 150],
];
console.log('\n| ratio | got | limit | |\n| --- | ---: | ---: | --- |');
for (const [what, got, limit] of limits) {
  console.log(`| ${what} | ${got.toFixed(2)} | ${limit} | ${got <= limit ? 'kept' : 'MISSED'} |`);
}
rmSync(scratch, { recursive: true });
