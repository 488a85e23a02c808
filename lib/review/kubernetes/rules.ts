import type { Rule } from './rule';
import { identity } from './rules/identity';

/** Every rule over a rendered cluster. */
export const rules: readonly Rule[] = [identity];
