import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { root } from '../../bin/inputs';

/** What a script left. */
export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a script is called. */
export interface CallOptions {
  /** The repository that it belongs to. @default - this one */
  readonly repository?: string;
  /** The working directory. @default - the repository */
  readonly cwd?: string;
  /** Variables that differ from this process's. */
  readonly env?: Readonly<Record<string, string>>;
}

const load = createRequire(__filename);

/**
 * Runs a script of the repository from its first line to its last inside this process, as `node` would with these
 * arguments: the libraries that it needs are loaded already, which is most of what a process costs. The script must be
 * done when its last line is; a test of each starts it in a process of its own besides.
 */
export function callScript(
  script: string,
  args: readonly string[],
  { env = {}, repository = root, cwd = repository }: CallOptions = {},
): Called {
  const file = join(repository, 'scripts', `${script}.ts`);
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = { argv: process.argv, cwd: process.cwd(), env: process.env, exitCode: process.exitCode };
  try {
    process.argv = [process.execPath, file, ...args];
    process.env = { ...before.env, ...env };
    process.exitCode = undefined;
    process.chdir(cwd);
    forget(repository === root ? file : `${repository}${sep}`);
    load(file);
    return { status: Number(process.exitCode ?? 0), ...said };
  } catch (error) {
    // What Node.js does with what nobody catches.
    return { status: 1, ...said, stderr: `${said.stderr}${error instanceof Error ? error.stack : String(error)}\n` };
  } finally {
    process.argv = before.argv;
    process.env = before.env;
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
    for (const spy of spies) spy.mockRestore();
  }
}

/** Lets modules be read again: their first lines run once a load. */
function forget(beginning: string): void {
  for (const file of Object.keys(load.cache).filter((each) => each.startsWith(beginning))) delete load.cache[file];
}
