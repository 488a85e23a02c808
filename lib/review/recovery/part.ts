/** A part of a recovery time or point. */
export interface Part {
  readonly part: string;
  readonly seconds: number;
  /** A value of an output or of the definition, a published figure, what the drill measured, or an assumption that says so. */
  readonly source: string;
}

/** What parts add up to, and what the definition promises. */
export interface Sum {
  readonly parts: readonly Part[];
  readonly seconds: number;
  readonly goalSeconds: number;
}

export const sumOf = (parts: readonly Part[], goalMinutes: number): Sum => ({
  parts,
  seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
  goalSeconds: goalMinutes * 60,
});

export const shownParts = (parts: readonly Part[]): string =>
  parts.map(({ part, seconds }) => `${part} ${seconds} s`).join(' + ');

/** Of several that go on at once, the one that ends last; another where there is none. */
export const longest = <Lasting extends { readonly seconds: number }>(
  all: readonly Lasting[],
  none: Lasting,
): Lasting => [...all].sort((a, b) => b.seconds - a.seconds)[0] ?? none;
