import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLANTED_FILE } from './plant';
import { fingerprint, run, scratch, type RunOptions } from './run';

/** Runs a command that must fail and leave its last output as it was; returns what it said, line by line. */
export type Refuse = (args: readonly string[], options?: RunOptions) => Promise<readonly string[]>;

/** How a command refuses, of which `last` is the last output. */
export const refusing =
  (command: readonly string[], last: string): Refuse =>
  async (args, options = {}) => {
    const before = fingerprint(last);
    const { status, stderr, stdout } = await run([...command, '--output', last, ...args], options);
    expect({ status, stdout, output: fingerprint(last) }).toEqual({ status: 1, stdout: '', output: before });
    return stderr.trimEnd().split('\n');
  };

/** A fault that is planted, and the finding that must name it. */
interface Planted {
  readonly rule: string;
  readonly says: string;
}

export interface FaultsProps {
  /** Every fault, in the order of planting. */
  readonly faults: readonly Planted[];
  /** Every rule there is. */
  readonly rules: readonly { readonly name: string }[];
  /** File of test/gates/plants that plants them all, and writes down where. */
  readonly plant: string;
  readonly refuse: Refuse;
  /** Where findings lie that a place is below of. @default - nowhere */
  readonly below?: string;
}

/** Registers the tests that a command names every fault of its output at its place, and that no rule is without one. */
export function findsEveryFault({ below = '', faults, plant, refuse, rules }: FaultsProps): void {
  let lines: readonly string[];
  let places: readonly string[];
  beforeAll(async () => {
    const file = join(scratch(), 'planted.json');
    lines = await refuse([], { plant, env: { [PLANTED_FILE]: file } });
    places = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  });

  test.each(faults.map(({ rule, says }, index) => [rule, says, index] as const))('%s: %s', (rule, says, index) => {
    const beginning = `  [${rule}] ${below}${places[index] ?? ''}`;
    const found = lines.filter((line) => line.startsWith(`${beginning} `) || line.startsWith(`${beginning}:`));
    // A file is followed by its object in brackets, and then by the place in it.
    expect(found.flatMap((line) => [line, line.replace('): ', ': ')])).toContainEqual(expect.stringContaining(says));
  });

  test('are counted, and one of every rule is planted', () => {
    expect(lines[0]).toBe(`platform retailflow, stage production: ${lines.length - 1} findings`);
    const planted = new Set(faults.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
}
