import type { Sheet } from '../platforms/support/graph';
import { renderBlock } from './render';

/** A stage: its stacks, and the words by which it is known, such as its name, account and domain. */
export interface Stage {
  readonly sheets: readonly Sheet[];
  readonly words: readonly string[];
}

/**
 * How a stage differs from another, block by block: `-` for what only the first says, `+` for what only the second does.
 * What differs because the stages are called otherwise is no difference.
 */
export function renderDifference(first: Stage, second: Stage): string {
  const [before, after] = [blocksOf(first), blocksOf(second)];
  const titles = [...new Set([...before.keys(), ...after.keys()])].sort();
  return titles
    .flatMap((title) => {
      const [old, young] = [before.get(title) ?? [], after.get(title) ?? []];
      if (old.join('\n') === young.join('\n')) return [];
      if (young.length === 0) return [`- ${title}`];
      const lines = difference(old, young);
      return [old.length === 0 ? `+ ${title}` : `  ${title}`, ...lines];
    })
    .join('\n');
}

/** The lines of each block by its title, with the stage's own words taken out, and what CDK hashes of them. */
function blocksOf({ sheets, words }: Stage): ReadonlyMap<string, readonly string[]> {
  const named = (text: string): string =>
    words
      .reduce((rest, word) => rest.replaceAll(word, '<stage>'), text)
      .replace(/(<stage>[\w-]*?)_?[0-9A-F]{8}(?![0-9A-Za-z])/g, '$1');
  return new Map(
    sheets.flatMap(({ blocks }) =>
      blocks.map((block) => {
        const [title = '', ...lines] = named(renderBlock(block, '')).trimEnd().split('\n');
        return [title, lines] as const;
      }),
    ),
  );
}

/** The lines that were taken away and added, in their order: the longest common subsequence stays unsaid. */
function difference(old: readonly string[], young: readonly string[]): readonly string[] {
  const lengths = old.map(() => young.map(() => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] ?? [];
      row[j] = old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      i += 1;
      j += 1;
    } else if (j >= young.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`- ${old[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${young[j]}`);
      j += 1;
    }
  }
  return lines;
}
