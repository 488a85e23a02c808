import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reviewStage } from '../../bin/review-recovery';
import type { OutputDirectories } from '../../lib/review/recovery/outputs';
import { synthesized } from '../support/assembly';
import { synthesizedSite } from '../support/azure-site';
import { renderedOnce } from '../support/clusters';

const target = { platform: 'retailflow', stage: 'production' };
let scratch: string;
let from: OutputDirectories;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'mainstay-review-'));
  from = {
    aws: synthesized('retailflow', 'production').directory,
    azure: synthesizedSite('retailflow', 'production').directory,
    kubernetes: await renderedOnce('retailflow', 'production'),
  };
});
afterAll(() => rmSync(scratch, { recursive: true }));

test('writes what it proved, the same bytes each time', () => {
  const bytes = ['one', 'other'].map((name) => {
    const outdir = join(scratch, name);
    expect(reviewStage(target, from, outdir)).toContainEqual('recovery time 28.33 min of 30 min');
    return readdirSync(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]);
  });
  expect(bytes[0]?.map(([file]) => file)).toEqual([
    'goals.json',
    'goals.md',
    'order.json',
    'order.md',
    'recovery.json',
    'recovery.md',
    'site.json',
    'site.md',
  ]);
  expect(bytes[0]).toEqual(bytes[1]);
});

test('writes beside it how people get from one region of Azure to the other', async () => {
  const outdir = join(scratch, 'regions');
  const regions = { platform: 'techflow', stage: 'production' };
  const outputs = {
    // Nothing of it stands on AWS, where nothing is looked at.
    aws: join(scratch, 'nothing'),
    azure: synthesizedSite('techflow', 'production').directory,
    kubernetes: await renderedOnce('techflow', 'production'),
  };
  expect(reviewStage(regions, outputs, outdir)).toContainEqual('recovery time 58.83 min of 60 min');
  expect(readdirSync(outdir)).toEqual([
    'failover.md',
    'goals.json',
    'goals.md',
    'order.json',
    'order.md',
    'recovery.json',
    'recovery.md',
    'site.json',
    'site.md',
  ]);
  expect(readFileSync(join(outdir, 'failover.md'), 'utf8')).toContain('replica promote');
});

test('writes the goals alone of a stage that has no recovery site and is not protected', () => {
  const outdir = join(scratch, 'development');
  const aws = synthesized('retailflow', 'development').directory;
  const lines = reviewStage({ ...target, stage: 'development' }, { aws, azure: '', kubernetes: '' }, outdir);
  expect(lines.filter((line) => line.includes('recovery'))).toEqual([]);
  expect(readdirSync(outdir)).toEqual(['goals.json', 'goals.md']);
});

test('fails when the outputs are not those of one stage, and writes nothing', () => {
  const outdir = join(scratch, 'refused');
  expect(() =>
    reviewStage(target, { ...from, azure: synthesizedSite('retailflow', 'staging').directory }, outdir),
  ).toThrow(
    /^platform retailflow, stage production: \d+ findings\n(.*\n)*.*\[parity\] retailflow-production\/recovery\/edge\.shop\.example\.com: stands on the primary/,
  );
  expect(readdirSync(outdir)).toEqual([]);
});

test('says everything that is wrong at once, of each thing that is proved', () => {
  const outdir = join(scratch, 'both');
  // Outputs of another platform keep neither what services of this one promise nor its spending.
  const proof = () => reviewStage({ platform: 'shopflow', stage: 'production' }, from, outdir);
  expect(proof).toThrow(/\[serves\] shopflow-production/);
  expect(proof).toThrow(/\[spend\] shopflow-production/);
  expect(readdirSync(outdir)).toEqual([]);
});
