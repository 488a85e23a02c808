import type { Problem } from '../error';
import type { Platform } from '../platform';

/** A check of a parsed platform across its parts. */
export type Check = (platform: Platform) => readonly Problem[];

/** The problem, if the condition holds. */
export const when = <Found = Problem>(condition: boolean, found: () => Found): readonly Found[] =>
  condition ? [found()] : [];

/** Path of a value of the stage, as it stands in the definition. */
export const stagePath = (platform: Platform, path: string): string => `stages.${platform.stageName}.${path}`;
