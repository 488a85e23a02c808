import type { Rule } from '../azure/rule';
import { delivery } from './rules/delivery';
import { federation } from './rules/federation';
import { members } from './rules/members';
import { residency } from './rules/residency';
import { settings } from './rules/settings';

/** What holds for stacks on Google Cloud alone. The rules of sites hold for them as well, as far as they name their types. */
export const googleRules: readonly Rule[] = [delivery, federation, members, residency, settings];
