/** What the latch holds: an object that names the site which leads. */
export interface Leader {
  readonly leader: string;
  /** When it was first named, ISO 8601. */
  readonly since: string;
}

/** As it is written. Health checks of names look in it for what `leads` of the store says. */
export const leaderText = ({ leader, since }: Leader): string => `${JSON.stringify({ leader, since })}\n`;

/** @throws Error if the text names no leader. */
export function parseLeader(text: string): Leader {
  const value = parsed(text);
  if (typeof value?.leader !== 'string' || Number.isNaN(Date.parse(value.since ?? ''))) {
    throw new Error(`the latch must hold {"leader": …, "since": …}, got ${text.slice(0, 200).trim() || 'nothing'}`);
  }
  return { leader: value.leader, since: value.since ?? '' };
}

function parsed(text: string): Partial<Leader> | null {
  try {
    return JSON.parse(text) as Partial<Leader> | null;
  } catch {
    return null;
  }
}
