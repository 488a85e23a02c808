import { edits } from '../platform/nearest';

/**
 * The known words closest to a misspelt one, closest first, case ignored.
 *
 * @param count how many, at most
 * @default 3
 */
export function nearest(word: string, known: Iterable<string>, count = 3): readonly string[] {
  return [...known]
    .map((candidate) => ({ candidate, distance: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
