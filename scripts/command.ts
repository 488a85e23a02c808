import { spawnSync } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  /** What it printed, where that was to be read. */
  readonly output: string;
  /** The part of it that is meant for programs. */
  readonly stdout: string;
  /** The part of it that is meant for people. */
  readonly stderr: string;
  /** Whether there is no such command. */
  readonly missing: boolean;
}

/** What a command may print where it is read; a chart with its definitions is some megabytes. */
const mostBytes = 64 * 1024 * 1024;

/** Runs a command and waits for it. What it prints goes to the terminal, or is returned where `quiet`. */
export function runCommand(
  command: readonly string[],
  { cwd, quiet = false }: { cwd?: string; quiet?: boolean } = {},
): Ended {
  const [file = '', ...args] = command;
  const { error, status, stderr, stdout } = spawnSync(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
    maxBuffer: mostBytes,
  });
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  if (!quiet || missing) return { status, missing, output: '', stdout: '', stderr: '' };
  return { status, missing, output: `${stdout}${stderr}`.trim(), stdout, stderr: stderr.trim() };
}
