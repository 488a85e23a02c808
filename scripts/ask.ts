import { runCommand, type Ended } from './command';

/** What a command is told that is asked something. */
export interface Asking {
  /** What it reads. @default - nothing */
  readonly input?: string;
  /** Variables that it is told besides those of this process. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Hands on what it reads by a pipe: Node.js gives a socket, which nobody can open as `/dev/stdin`. */
const piped = ['sh', '-c', 'cat | "$@"', 'sh'] as const;

/** What a shell says of a command that it does not find. */
const notFound = 127;

/** What a command is called, up to its first option: `aws ecr get-login-password`. */
const wordsOf = (command: readonly string[]): string => {
  const option = command.findIndex((word) => word.startsWith('-'));
  return command.slice(0, option === -1 ? command.length : option).join(' ');
};

/**
 * Asks a command, which may fail. What it answers may be secret, and is told to nobody.
 *
 * @throws Error if there is no such command
 */
export function ask(command: readonly string[], { env = {}, input }: Asking = {}): Ended {
  const ended =
    input === undefined
      ? runCommand(command, { env, quiet: true })
      : runCommand([...piped, ...command], { env, input, quiet: true });
  if (ended.missing || ended.status === notFound) {
    throw new Error(`${command[0]} must be on the PATH, got none: install its command line`);
  }
  return ended;
}

/**
 * What a command answers.
 *
 * @throws Error if there is no such command, or it fails; with what it tells people, and not what it answers
 */
export function answerOf(command: readonly string[], asking: Asking = {}): string {
  const { status, stderr, stdout } = ask(command, asking);
  if (status !== 0) throw new Error(`${wordsOf(command)} failed:\n${stderr}`);
  return stdout;
}
