import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../bin/inputs';

/** What a command left. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is started. */
export interface RunOptions {
  /** Where. @default - the repository */
  readonly cwd?: string;
  /** Added to an environment that has a path and an empty home. */
  readonly env?: Readonly<Record<string, string>>;
  /** File of test/gates/plants that plants faults into the app. @default - nothing is planted */
  readonly plant?: string;
}

/** An empty directory. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'mainstay-gates-'));

const home = scratch();

/** Starts a command as a user would, without anything of this process's environment but the path. */
export function run(command: readonly string[], { cwd = root, env = {}, plant }: RunOptions = {}): Promise<Run> {
  const [file = '', ...args] = command;
  const preload = plant === undefined ? [] : [require.resolve('tsx/cjs'), join(__dirname, '../plants', `${plant}.ts`)];
  const child = spawn(file, args, {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      // What tsx keeps of a copy of the repository goes with the copy.
      ...(cwd === root ? {} : { TMPDIR: tmpdir() }),
      npm_config_update_notifier: 'false',
      NODE_OPTIONS: preload.map((module) => `--require ${module}`).join(' '),
      ...env,
    },
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** The command line of the CDK, as `npx cdk` starts it once npx has found it. */
export const cdk = join(root, 'node_modules/.bin/cdk');

/** Digests of all files of a directory by their paths in it. */
export function fingerprint(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(directory, file)).isFile())
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(directory, file)))
          .digest('hex'),
      ]),
  );
}
