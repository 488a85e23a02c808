import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../gates/support/run';

/** What a command answers. */
export interface Answer {
  /** @default 0 */
  readonly status?: number;
  /** @default '' */
  readonly stdout?: string;
  /** @default '' */
  readonly stderr?: string;
}

/** Commands that stand in for others, note what they are called with, and answer what they were told to. */
export interface StandIns {
  /** The path on which they are found first. */
  readonly path: string;
  /** Lets a call answer something whose words match a pattern of the shell; the latest pattern that matches counts. */
  readonly answer: (pattern: string, answer: Answer) => void;
  /** How commands were called, in their order. */
  readonly called: () => readonly string[];
  /** Everything that they read. */
  readonly read: () => string;
  /** Lets them forget answers and calls. */
  readonly forget: () => void;
}

/** Puts commands into a directory of their own. Without an answer, a command succeeds and says nothing. */
export function standIns(...names: readonly string[]): StandIns {
  const [bin, answers] = [scratch(), scratch()];
  const script = [
    '#!/bin/sh',
    'words="${0##*/} $*"',
    `echo "$words" >> ${answers}/calls`,
    // A command that is not asked has the terminal to read.
    `[ -p /dev/stdin ] || [ -S /dev/stdin ] && cat >> ${answers}/read`,
    `for rule in ${answers}/*.pattern; do`,
    '  read -r pattern < "$rule" || continue',
    '  case "$words" in',
    '    $pattern) answer=${rule%.pattern}; [ -s "$answer.out" ] && cat "$answer.out"; [ -s "$answer.err" ] && cat "$answer.err" >&2; read -r status < "$answer.status"; exit "$status" ;;',
    '  esac',
    'done',
    'exit 0',
  ].join('\n');
  for (const name of names) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  let rules = 0;
  const text = (file: string): string =>
    existsSync(join(answers, file)) ? readFileSync(join(answers, file), 'utf8') : '';
  return {
    path: `${bin}:${process.env['PATH'] ?? ''}`,
    answer: (pattern, { status = 0, stderr = '', stdout = '' }) => {
      rules += 1;
      // The latest comes first.
      const rule = join(answers, String(1_000_000 - rules));
      const files = { pattern: `${pattern}\n`, out: stdout, err: stderr, status: `${status}\n` };
      for (const [end, what] of Object.entries(files)) writeFileSync(`${rule}.${end}`, what);
    },
    called: () =>
      text('calls')
        .split('\n')
        .filter((line) => line !== ''),
    read: () => text('read'),
    forget: () => {
      for (const file of readdirSync(answers)) rmSync(join(answers, file));
    },
  };
}
