import { join } from 'node:path';
import { platformNames } from '../bin/inputs';
import type { PartReport } from '../bin/part';
import { parts } from '../bin/parts';

/** One part of one platform's production, by itself. */
export interface PlatformPart {
  readonly name: string;
  readonly platform: string;
  readonly part: string;
  readonly args: readonly string[];
}

/** Every part of every platform. */
export const platformParts = (scratch: string): readonly PlatformPart[] =>
  platformNames().flatMap((platform) =>
    parts
      .filter(({ stages }) => stages(platform).includes('production'))
      .map(({ name: part }) => ({
        name: `${platform}: ${part}, every gate`,
        platform,
        part,
        args: ['bin/part.ts', part, platform, 'production', join(scratch, `${platform}-${part}.out`)],
      })),
  );

/** How long a part took, and what it holds. */
export interface PlatformTime extends PlatformPart {
  readonly milliseconds: number;
  readonly items: number;
}

/** What a part told on its last line. */
export const itemsOf = (output: string): number =>
  (JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as PartReport).items;

/**
 * The dearest platform's time a resource, as a multiple of what a straight line through the smallest and the largest platform
 * of the same cloud gives for its size: 1 where time grows with resources and with nothing else. Fewer than three platforms
 * on a cloud lie on a line whatever they take, so there it is what the largest takes for a resource, over the smallest.
 */
export function growth(times: readonly PlatformTime[], part: string): number {
  const sorted = times.filter((time) => time.part === part).sort((a, b) => a.items - b.items);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || least === most) return 1;
  if (sorted.length === 2) return most.milliseconds / most.items / (least.milliseconds / least.items);
  const slope = (most.milliseconds - least.milliseconds) / (most.items - least.items);
  return Math.max(
    ...sorted.map(({ items, milliseconds }) => milliseconds / (least.milliseconds + slope * (items - least.items))),
  );
}
