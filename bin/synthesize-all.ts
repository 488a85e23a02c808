import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { atMost } from './at-most';
import { loadPlatform, root } from './inputs';
import { replaceOutputs } from './output';
import type { PartReport } from './part';
import { formatCounts, parts, type Target } from './parts';
import { messageOf } from './message';
import { progressOn } from './progress';
import { REVIEW_DIRECTORY, reviewStage } from './review-recovery';

/** How one part went. */
interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  /** What it holds, or how it failed. */
  readonly result: string;
  /** What its gates refuse. */
  readonly refusal: string;
}

/** A stage on its way: where its outputs are drafted, and how its parts went. */
interface Run {
  readonly target: Target;
  readonly drafts: Readonly<Record<Part['name'] | 'review', string>>;
  readonly outcomes: Outcome[];
}

type Part = (typeof parts)[number];

/** What a stage is written to, in this order. */
const places = [
  ...parts.map(({ name, directory }) => ({ name, directory })),
  { name: 'review', directory: REVIEW_DIRECTORY },
] as const;

/** Where the outputs of several platforms lie, one directory each. */
export const PLATFORMS_DIRECTORY = 'platforms.out';

const seconds = (since: number): number => (performance.now() - since) / 1000;

const labelOf = ({ platform, stage }: Target): string => `${platform} ${stage}`;

/**
 * Synthesizes every part of every stage given, side by side, each in a process of its own, with every gate, and prints a summary. The
 * outputs are replaced only if all parts of all stages passed; a part that a stage does not have is emptied. Those of one stage lie
 * directly below `directory`, those of several in `platforms.out/<platform>/` below it.
 *
 * @param targets At most one stage a platform.
 * @returns whether all passed
 * @throws PlatformError if a definition itself is refused, before anything is begun
 */
export async function synthesizeAll(targets: readonly Target[], directory = root): Promise<boolean> {
  // Once, and not by every part.
  for (const { platform, stage } of targets) loadPlatform(platform, stage);
  const start = performance.now();
  const progress = progressOn(process.stdout, () => seconds(start));
  const rootOf = ({ platform }: Target): string =>
    targets.length === 1 ? directory : join(directory, PLATFORMS_DIRECTORY, platform);
  const runs: Run[] = [];
  const write = async ({ part, run }: { readonly part: Part; readonly run: Run }): Promise<void> => {
    const { drafts, outcomes, target } = run;
    const draft = drafts[part.name];
    if (!part.stages(target.platform).includes(target.stage)) {
      mkdirSync(draft);
      outcomes.push({ name: part.name, passed: true, result: 'not on this stage', refusal: '' });
      return;
    }
    const shown = targets.length === 1 ? part.name : `${target.platform} ${part.name}`;
    progress.begin(shown);
    const begun = performance.now();
    const { output, refusal, status } = await inProcess([part.name, target.platform, target.stage, draft]);
    const result = status === 0 ? `${counted(part, output)}, 0 findings` : headingOf(refusal);
    progress.end(shown, `${result}, ${seconds(begun).toFixed(1)} s`);
    outcomes.push({ name: part.name, passed: status === 0, result, refusal });
  };
  const refused = new Error('refused');
  try {
    await replaceOutputs(
      targets.flatMap((target) => places.map((place) => join(rootOf(target), place.directory))),
      async (drafts) => {
        runs.push(...targets.map((target, index) => runOf(target, drafts.slice(index * places.length))));
        // More at once than there are processors would only slow down the longest, which are the first.
        await atMost(
          availableParallelism(),
          parts.flatMap((part) => runs.map((run) => ({ part, run }))),
          write,
        );
        for (const run of runs.filter(passed)) run.outcomes.push(recoveryOf(run));
        if (!runs.every(passed)) throw refused;
      },
    );
  } catch (error) {
    if (error !== refused) throw error;
  } finally {
    progress.close();
  }
  summarize(runs, seconds(start));
  return runs.every(passed);
}

const runOf = (target: Target, drafts: readonly string[]): Run => ({
  target,
  drafts: Object.fromEntries(places.map(({ name }, index) => [name, drafts[index] ?? ''])) as Run['drafts'],
  outcomes: [],
});

const passed = ({ outcomes }: Run): boolean => outcomes.every((outcome) => outcome.passed);

/** How the proof of the recovery site went, from the drafts of all parts into the last one. */
function recoveryOf({ drafts, target }: Run): Outcome {
  const name = 'recovery';
  try {
    const lines = reviewStage(target, drafts, drafts.review);
    return { name, passed: true, result: lines.join('\n            ') || 'not on this stage', refusal: '' };
  } catch (error) {
    const refusal = String(messageOf(error));
    return { name, passed: false, result: headingOf(refusal), refusal };
  }
}

type Counted = Parameters<typeof formatCounts>[0];

const counted = (part: Counted, output: string): string =>
  formatCounts(part, JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as PartReport);

/** `3 findings` of what a refusal lists, or its first line. */
const headingOf = (refusal: string): string =>
  /: (\d+ (?:finding|problem)s?)$/m.exec(refusal)?.[1] ?? (refusal.split('\n')[0] || 'ended without a word');

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly refusal: string;
}

/** Parts run side by side, so none collects what is gone on more than one thread, or compiles what is not called often. */
const options = ['--interrupt-budget=500000', '--single-threaded-gc', '--require', 'tsx/cjs'];

const inProcess = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...options, join(__dirname, 'part.ts'), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { output: '', refusal: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.refusal += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...texts, status }));
  });

function summarize(runs: readonly Run[], time: number): void {
  for (const { outcomes, target } of runs) {
    for (const { name, refusal } of outcomes) {
      if (refusal !== '')
        console.error(`${runs.length === 1 ? '' : `${labelOf(target)}, `}${name}:\n${refusal.trimEnd()}`);
    }
  }
  for (const run of runs) {
    const verdict = passed(run) ? 'all gates passed' : 'refused, the last outputs stand';
    console.log(`\n${labelOf(run.target)}: ${verdict}${runs.length === 1 ? `, ${time.toFixed(1)} s` : ''}`);
    for (const name of [...parts.map((part) => part.name), 'recovery']) {
      const outcome = run.outcomes.find((each) => each.name === name);
      if (outcome !== undefined) console.log(`  ${outcome.name}: ${outcome.result}`);
    }
  }
  if (runs.length > 1) {
    const verdict = runs.every(passed) ? 'all gates passed' : 'refused, the last outputs of all stand';
    console.log(`\n${runs.length} platforms: ${verdict}, ${time.toFixed(1)} s`);
  }
}
