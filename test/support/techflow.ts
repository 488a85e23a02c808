import techflow from '../../platforms/techflow';
import type { Definition } from '../../lib/platform/definition';
import { applyPatch } from '../../lib/platform/patch';

/** TechFlow with something changed: objects are merged, `null` takes away, anything else replaces. */
export const techflowWith = (patch: unknown): Definition => applyPatch(techflow, patch) as Definition;
