import type { Platform } from '../../platform/platform';
import { connectionsOfTask } from '../../platform/sql/connections';
import type { Replicas } from '../recovery/replicas';
import type { CapacityFigure } from './capacity-figure';
import { sessionKiB } from './figures';

/** How many of a service or of the gateway there may be in a place. */
export type Most = (name: string) => Replicas | undefined;

/** While a service is released there are twice as many of its tasks. */
export const releaseFactor = 2;

const usersOf = (platform: Platform, noun: 'caches' | 'databases', name: string): readonly string[] =>
  Object.entries(platform.services).flatMap(([service, { uses }]) => (uses[noun].includes(name) ? [service] : []));

export const tasksTogether = (services: readonly string[], most: Most): number =>
  services.reduce((sum, name) => sum + (most(`services.${name}`)?.most ?? 0), 0);

/** Connections to a part that tasks hold, and how many tasks those are. */
export const connectionsOf = (platform: Platform, noun: 'caches' | 'databases', name: string, most: Most) => {
  const tasks = tasksTogether(usersOf(platform, noun, name), most);
  return {
    needs: tasks * releaseFactor * connectionsOfTask,
    because: `${tasks} tasks at their most, twice while released, ${connectionsOfTask} connections each`,
  };
};

/** The memory that a cache of sessions has for the session of each user; nothing for a cache of anything else. */
export const sessionsFigure = (
  name: string,
  memoryGiB: number,
  at: string,
  { caches, goals }: Platform,
): readonly CapacityFigure[] =>
  caches[name]?.holds === 'sessions'
    ? [
        {
          what: `caches.${name} sessions`,
          needs: goals.concurrentUsers,
          has: Math.floor((memoryGiB * 2 ** 20) / sessionKiB.value),
          because: `goals.concurrentUsers; ${at}, ${sessionKiB.value} KiB each, ${sessionKiB.source}`,
        },
      ]
    : [];
