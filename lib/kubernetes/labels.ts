import type { Platform } from '../platform/platform';

/** Of whom an object is. */
export interface Labelled {
  /** What it belongs to: a service, `gateway`, `migration`. */
  readonly name: string;
  /** The team that is called. @default - the platform's own */
  readonly team?: string | undefined;
}

/** Labels that every object of a platform has, by which people and tools find it. */
export const labelsOf = (
  platform: Pick<Platform, 'name' | 'owner'>,
  { name, team = platform.owner.team }: Labelled,
): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': platform.name,
  'app.kubernetes.io/managed-by': 'mainstay',
  team,
});
