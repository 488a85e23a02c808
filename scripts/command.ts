import { spawnSync } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  /** What it printed, where that was to be read. */
  readonly output: string;
  /** The part of it that is meant for programs. */
  readonly stdout: string;
  /** Whether there is no such command. */
  readonly missing: boolean;
}

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
  });
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  return { status, missing, output: quiet ? `${stdout}${stderr}`.trim() : '', stdout: quiet ? stdout : '' };
}
