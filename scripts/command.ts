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

/** How a command is run. */
export interface CommandOptions {
  /** Where. @default - here */
  readonly cwd?: string;
  /** Variables that it is told besides those of this process. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** What it is told to read. @default - the terminal, or nothing where `quiet` */
  readonly input?: string;
  /** Whether what it prints is returned. @default false - it goes to the terminal */
  readonly quiet?: boolean;
  /** Whether it may ask people something, where what it prints goes to the terminal. @default true */
  readonly asks?: boolean;
}

/** Runs a command and waits for it. */
export function runCommand(
  command: readonly string[],
  { asks = true, cwd, env = {}, input, quiet = false }: CommandOptions = {},
): Ended {
  const [file = '', ...args] = command;
  const { error, status, stderr, stdout } = spawnSync(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : [asks ? 'inherit' : 'ignore', 'inherit', 'inherit'],
    maxBuffer: mostBytes,
  });
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  if (!quiet || missing) return { status, missing, output: '', stdout: '', stderr: '' };
  return { status, missing, output: `${stdout}${stderr}`.trim(), stdout, stderr: stderr.trim() };
}
