import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the place inside an output where a process writes its draft. */
const DRAFT = /^\.draft-(\d+)$/;

/** What an output is made of, at its top: a cloud assembly, stacks of Terraform, clusters, or what was proved of them. */
const CONTENT =
  /^(manifest|tree|validation-report)\.json$|^(cdk\.out|stacks)$|^(aks-|assembly-|asset\.)|\.(assets|metadata|template)\.json$|^(goals|order|recovery|site)\.(json|md)$|^failover\.md$/;

/** What stays beside it: locks while the command line waits for the app, packed assets, and what a drill found. */
const KEPT = /\.lock$|^\.cache$|^(error\.txt|performance-counters\.json|drill\.json)$/;

/**
 * Writes new outputs beside the last ones and puts all of them in their places when all are finished. Whatever fails leaves
 * every last output as it was.
 *
 * A draft lies inside its output's directory: the directory itself cannot be exchanged, because the command line that
 * started the app holds a lock in it, and a draft elsewhere might be on another file system.
 *
 * @param write Makes each draft, in the order of the directories. An empty draft empties its output.
 * @throws Error if a directory holds anything that is not of an output, which replacing it would lose
 */
export async function replaceOutputs(
  outdirs: readonly string[],
  write: (drafts: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const outdir of outdirs) {
    mkdirSync(outdir, { recursive: true });
    refuseForeign(outdir);
    removeAbandoned(outdir);
  }
  const scratch = (outdir: string): string => join(outdir, `.draft-${process.pid}`);
  const places = outdirs.map((outdir) => ({
    outdir,
    draft: join(scratch(outdir), 'new'),
    last: join(scratch(outdir), 'last'),
  }));
  for (const { last } of places) mkdirSync(last, { recursive: true });
  try {
    await write(places.map(({ draft }) => draft));
    exchange(places);
  } finally {
    for (const outdir of outdirs) rmSync(scratch(outdir), { recursive: true });
  }
}

/** Writes one new output and puts it in the place of the last one, as {@link replaceOutputs} does. */
export const replaceOutput = (outdir: string, write: (draft: string) => Promise<void>): Promise<void> =>
  replaceOutputs([outdir], ([draft = '']) => write(draft));

/** An output, its draft, and where the last one goes. */
interface Place {
  readonly outdir: string;
  readonly draft: string;
  readonly last: string;
}

/**
 * Moves each output to `last` and each draft to its output, or changes nothing. The manifest goes first and comes last: at
 * no time does it stand beside files that are not its own, so what a killed process leaves cannot be deployed.
 */
function exchange(places: readonly Place[]): void {
  const moves = [...places.flatMap(movesAway), ...places.flatMap(movesIn)];
  const done: (typeof moves)[number][] = [];
  try {
    for (const [from, to] of moves) {
      renameSync(from, to);
      done.unshift([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done) renameSync(to, from);
    throw error;
  }
}

type Move = readonly [from: string, to: string];

const movesAway = ({ last, outdir }: Place): readonly Move[] =>
  manifestFirst(outdir)
    .filter((name) => CONTENT.test(name))
    .map((name) => [join(outdir, name), join(last, name)]);

const movesIn = ({ draft, outdir }: Place): readonly Move[] =>
  manifestFirst(draft)
    .reverse()
    .map((name) => [join(draft, name), join(outdir, name)]);

const manifestFirst = (directory: string): string[] =>
  readdirSync(directory).sort((a, b) => Number(b === 'manifest.json') - Number(a === 'manifest.json'));

function refuseForeign(outdir: string): void {
  const foreign = readdirSync(outdir).filter((name) => ![CONTENT, KEPT, DRAFT].some((pattern) => pattern.test(name)));
  if (foreign.length > 0) {
    throw new Error(
      `${outdir} must hold nothing but the output of a synth, got ${foreign.sort().slice(0, 5).join(', ')}: ` +
        'name a directory of its own, everything in it is replaced',
    );
  }
}

/** Removes the drafts of processes that were killed. */
function removeAbandoned(outdir: string): void {
  for (const name of readdirSync(outdir)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(outdir, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
