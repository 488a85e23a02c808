import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs each measurement several times in turns, so that noise of the machine falls on all alike. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const scratch = mkdtempSync(join(tmpdir(), 'mainstay-bench-run-'));
const list = join(scratch, 'modules.json');
const root = join(__dirname, '..');

interface Measurement {
  readonly name: string;
  readonly command: readonly string[];
}

interface Output {
  readonly stacks: number;
  readonly resources: number;
  readonly megabytes: number;
}

const app = (services: number, gates: 'none' | 'validator' | 'packs', ...rest: readonly string[]) =>
  ['node', '--require', 'tsx/cjs', 'bench/app.ts', String(services), gates, ...rest] as const;

/** RetailFlow's own number of services. */
const own = 6;

const measurements: readonly Measurement[] = [
  { name: 'floor', command: ['node', '--require', 'tsx/cjs', 'bench/floor.ts', list] },
  { name: 'app', command: app(own, 'none') },
  { name: 'app + validator', command: app(own, 'validator') },
  { name: 'app + validator + packs', command: app(own, 'packs') },
  { name: 'bin/aws.ts, every gate', command: ['node', '--require', 'tsx/cjs', 'bin/aws.ts'] },
  { name: 'cdk --version', command: ['npx', 'cdk', '--version'] },
  { name: 'npx cdk synth, every gate', command: ['npx', 'cdk', 'synth', '-q', '-o', join(scratch, 'cdk.out')] },
  { name: '12 services', command: app(12, 'none') },
  { name: '48 services', command: app(48, 'none') },
  { name: '192 services', command: app(192, 'none') },
];

function run({ command, name }: Measurement): { readonly milliseconds: number; readonly output: string } {
  const [file = '', ...args] = command;
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(file, args, {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_OUTDIR: name.startsWith('bin') ? join(scratch, 'bin.out') : '',
      ...(name.startsWith('npx') ? { CDK_OUTDIR: undefined } : {}),
    },
  });
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}\n${stderr}`);
  return { milliseconds: Number(process.hrtime.bigint() - start) / 1e6, output: stdout };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

run({ name: 'warm-up', command: app(own, 'none', list) });
const times = new Map<string, number[]>();
const outputs = new Map<string, Output>();
for (let round = 0; round < rounds; round++) {
  for (const measurement of measurements) {
    const { milliseconds, output } = run(measurement);
    times.set(measurement.name, [...(times.get(measurement.name) ?? []), milliseconds]);
    if (output.startsWith('{')) outputs.set(measurement.name, JSON.parse(output) as Output);
  }
}

const milliseconds = (name: string): number => median(times.get(name) ?? []);
const floor = milliseconds('floor');
const loaded = (JSON.parse(readFileSync(list, 'utf8')) as readonly string[]).length;

console.log(
  `floor: a process that requires the ${loaded} files that a synth of RetailFlow loads; median of ${rounds} rounds\n`,
);
console.log('| what | × floor | stacks | resources | MB |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const { name } of measurements) {
  const output = outputs.get(name);
  const cells = output === undefined ? ['', '', ''] : [output.stacks, output.resources, output.megabytes];
  console.log(`| ${[name, (milliseconds(name) / floor).toFixed(2), ...cells].join(' | ')} |`);
}

const perResource = (name: string): number => (milliseconds(name) - floor) / (outputs.get(name)?.resources ?? NaN);
const limits: readonly (readonly [what: string, got: number, limit: number])[] = [
  ['app without gates ÷ floor', milliseconds('app') / floor, 2.5],
  ['npx cdk synth with every gate ÷ floor', milliseconds('npx cdk synth, every gate') / floor, 20],
  ['time a resource, 48 ÷ 12 services', perResource('48 services') / perResource('12 services'), 1],
  ['time a resource, 192 ÷ 48 services', perResource('192 services') / perResource('48 services'), 1],
  ['MB at 192 services without gates', outputs.get('192 services')?.megabytes ?? NaN, 250],
];
console.log('\n| ratio | got | limit | |\n| --- | ---: | ---: | --- |');
for (const [what, got, limit] of limits) {
  console.log(`| ${what} | ${got.toFixed(2)} | ${limit} | ${got <= limit ? 'kept' : 'MISSED'} |`);
}
rmSync(scratch, { recursive: true });
