import { summary, type Summary } from '../../platform/load-tests/summary';

/** What keeping a result needs of the world. */
export interface ResultWorld {
  /** What a program of k6 wrote. */
  readonly read: () => Promise<string>;
  readonly put: (path: string, text: string) => Promise<unknown>;
}

/**
 * Keeps what one program of a run found, good or not: `regression/regression-29404500/0.json`.
 *
 * @returns where, and which limits were missed.
 * @throws Error if the program wrote no summary.
 */
export async function keepResult({
  put,
  read,
}: ResultWorld): Promise<{ readonly path: string; readonly missed: Summary['missed'] }> {
  const text = await read();
  const found = summary.safeParse(JSON.parse(text));
  if (!found.success) {
    throw new Error(
      `k6 must write a summary, got one of which ${found.error.issues[0]?.path.join('.')} is not as it should be`,
    );
  }
  const { missed, program, run, test } = found.data;
  const path = `${test}/${run}/${program}.json`;
  await put(path, text);
  return { path, missed };
}
