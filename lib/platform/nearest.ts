/** Number of characters to insert, take away or replace to turn one word into another. */
export function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Beyond this share of changed characters two words have nothing to do with each other. */
const likeness = 0.4;

/** The known word that a misspelled one probably means, case ignored; nothing if none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= likeness * Math.max(word.length, candidate.length))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** The remedy for a misspelled name: the known one that is close, or else what else to do. */
export function didYouMean(word: string, known: readonly string[], otherwise: string): string {
  const guess = nearest(word, known);
  return guess === undefined ? otherwise : `did you mean ${guess}? If not, ${otherwise}`;
}
