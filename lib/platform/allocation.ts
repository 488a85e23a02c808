import { firstFree, formatRange, parseRange, type Range } from './address';
import type { Problem } from './error';

/** What one stage has been given: listener priorities by service, address ranges by subnet. Never renumbered. */
export interface StageAllocations {
  readonly listenerPriorities: Readonly<Record<string, number>>;
  readonly addresses: Readonly<Record<string, string>>;
}

/** The committed allocation lock of a platform, by stage. */
export type Allocations = Readonly<Record<string, StageAllocations>>;

/** A subnet that needs a range of the given prefix. */
export interface AddressRequest {
  readonly key: string;
  readonly within: string;
  readonly prefix: number;
}

/** What a stage needs to have been given. */
export interface AllocationRequests {
  readonly listenerPriorities: readonly string[];
  readonly addresses: readonly AddressRequest[];
}

const none: StageAllocations = { listenerPriorities: {}, addresses: {} };
const step = 10;

/** What the lock holds for a stage. */
export const allocationsOf = (lock: Allocations, stage: string): StageAllocations => lock[stage] ?? none;

/**
 * The lock with everything appended that is requested and missing: priorities after the highest one ever given, ranges
 * in the lowest free place. What stands in the lock stays, also when nothing requests it any more, so that nothing that
 * was taken away can give its place to something else.
 */
export function allocate(lock: StageAllocations, requests: AllocationRequests): StageAllocations {
  const listenerPriorities = { ...lock.listenerPriorities };
  for (const key of requests.listenerPriorities) {
    listenerPriorities[key] ??= Math.max(0, ...Object.values(listenerPriorities)) + step;
  }
  const addresses = { ...lock.addresses };
  for (const { key, within, prefix } of requests.addresses) {
    const outer = parseRange(within);
    if (addresses[key] !== undefined || outer === undefined) continue;
    const taken = Object.values(addresses).map(parseRange).filter((range): range is Range => range !== undefined);
    const free = firstFree(outer, prefix, taken);
    if (free !== undefined) addresses[key] = formatRange(free);
  }
  return { listenerPriorities, addresses };
}

/** One problem for everything that is requested and missing; each prints the line to add. */
export function missingAllocations(file: string, stage: string, lock: StageAllocations, requests: AllocationRequests): Problem[] {
  const full = allocate(lock, requests);
  const remedy = (key: string, value: unknown) =>
    `add the line "${key}": ${JSON.stringify(value)} there, or run npm run lock`;
  const priorities = requests.listenerPriorities
    .filter((key) => lock.listenerPriorities[key] === undefined)
    .map((key) => ({
      path: `${file} ${stage}.listenerPriorities.${key}`,
      got: undefined,
      allowed: 'a committed priority',
      remedy: remedy(key, full.listenerPriorities[key]),
    }));
  const addresses = requests.addresses
    .filter(({ key }) => lock.addresses[key] === undefined)
    .map(({ key, within, prefix }) => ({
      path: `${file} ${stage}.addresses.${key}`,
      got: undefined,
      allowed: `a committed /${prefix} inside ${within}`,
      remedy:
        full.addresses[key] === undefined
          ? `make the range ${within} larger, it has no room left`
          : remedy(key, full.addresses[key]),
    }));
  return [...priorities, ...addresses];
}
