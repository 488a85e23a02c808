import { siteKey } from '../lib/review/azure/held';
import type { Finding } from '../lib/review/finding';
import { straysOf, type StatefulLock } from '../lib/review/stateful-lock';
import { loadDefinition, platformNames, stagesOn } from './inputs';

/**
 * Stages of a platform that are locked and that it declares no more, and those of platforms that there are no more. What
 * other platforms declare is not looked at.
 */
export const straysBeside = (lock: StatefulLock, platform: string): readonly Finding[] =>
  straysOf(lock, (locked) => {
    const owners = platformNames().filter((each) => locked.startsWith(`${each}-`));
    const owner = owners.sort((a, b) => b.length - a.length)[0];
    return owner === platform ? lockedStages(platform).includes(locked) : owner !== undefined;
  });

/** Names under which a platform's stages and sites may be locked. */
export const lockedStages = (name: string): readonly string[] => [
  ...Object.keys(loadDefinition(name).stages).map((stage) => `${name}-${stage}`),
  ...stagesOn(name, 'azure').map((stage) => siteKey(`${name}-${stage}`)),
];
