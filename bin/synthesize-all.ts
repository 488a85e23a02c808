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

const seconds = (since: number): number => (performance.now() - since) / 1000;

/**
 * Synthesizes every part of a stage side by side, each in a process of its own, with every gate, and prints a summary. The
 * outputs below `directory` are replaced only if all parts passed; a part that the stage does not have is emptied.
 *
 * @returns whether all passed
 * @throws PlatformError if the definition itself is refused, before anything is begun
 */
export async function synthesizeAll(target: Target, directory = root): Promise<boolean> {
  // Once, and not by every part.
  loadPlatform(target.platform, target.stage);
  const start = performance.now();
  const progress = progressOn(process.stdout, () => seconds(start));
  const outcomes: Outcome[] = [];
  const refused = new Error('refused');
  try {
    await replaceOutputs(
      [...parts.map((part) => part.directory), REVIEW_DIRECTORY].map((each) => join(directory, each)),
      async (drafts) => {
        const write = async ([index, part]: readonly [number, (typeof parts)[number]]): Promise<void> => {
          const draft = drafts[index] ?? '';
          if (!part.stages(target.platform).includes(target.stage)) {
            mkdirSync(draft);
            outcomes.push({ name: part.name, passed: true, result: 'not on this stage', refusal: '' });
            return;
          }
          progress.begin(part.name);
          const begun = performance.now();
          const { output, refusal, status } = await inProcess([part.name, target.platform, target.stage, draft]);
          const result = status === 0 ? `${counted(part, output)}, 0 findings` : headingOf(refusal);
          progress.end(part.name, `${result}, ${seconds(begun).toFixed(1)} s`);
          outcomes.push({ name: part.name, passed: status === 0, result, refusal });
        };
        // More at once than there are processors would only slow down the longest, which is the first.
        await atMost(availableParallelism(), [...parts.entries()], write);
        if (outcomes.every(({ passed }) => passed)) outcomes.push(recoveryOf(target, drafts));
        if (outcomes.some(({ passed }) => !passed)) throw refused;
      },
    );
  } catch (error) {
    if (error !== refused) throw error;
  } finally {
    progress.close();
  }
  summarize(target, outcomes, seconds(start));
  return outcomes.every(({ passed }) => passed);
}

/** How the proof of the recovery site went, from the drafts of all parts into the last one. */
function recoveryOf(target: Target, drafts: readonly string[]): Outcome {
  const name = 'recovery';
  const [aws = '', azure = '', kubernetes = '', review = ''] = drafts;
  try {
    const lines = reviewStage(target, { aws, azure, kubernetes }, review);
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

const inProcess = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'part.ts'), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { output: '', refusal: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.refusal += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...texts, status }));
  });

function summarize({ platform, stage }: Target, outcomes: readonly Outcome[], time: number): void {
  for (const { name, refusal } of outcomes) if (refusal !== '') console.error(`${name}:\n${refusal.trimEnd()}`);
  const failed = outcomes.filter(({ passed }) => !passed);
  const ordered = [...parts.map(({ name }) => name), 'recovery'].map((name) =>
    outcomes.find((outcome) => outcome.name === name),
  );
  console.log(
    `\n${platform} ${stage}: ${failed.length === 0 ? 'all gates passed' : 'refused, the last outputs stand'}, ${time.toFixed(1)} s`,
  );
  for (const outcome of ordered) if (outcome !== undefined) console.log(`  ${outcome.name}: ${outcome.result}`);
}
