import { contains, firstFree, formatRange, overlap, parseRange, type Range } from './address';
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
/** A load balancer's rules have priorities from 1 to this. */
const highestPriority = 50_000;

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
    const taken = Object.values(addresses)
      .map(parseRange)
      .filter((range) => range !== undefined);
    const free = firstFree(outer, prefix, taken);
    if (free !== undefined) addresses[key] = formatRange(free);
  }
  return { listenerPriorities, addresses };
}

/** A lock's stage, and what messages call it. */
interface Locked {
  readonly file: string;
  readonly stage: string;
  readonly lock: StageAllocations;
}

/** Everything that is wrong with a stage of the lock: what is requested and missing, and what cannot be right. */
export function allocationProblems(locked: Locked, requests: AllocationRequests): readonly Problem[] {
  return [...missing(locked, requests), ...wrongPriorities(locked), ...wrongAddresses(locked, requests)];
}

/** One problem for everything that is requested and missing; each prints the line to add. */
function missing({ file, stage, lock }: Locked, requests: AllocationRequests): readonly Problem[] {
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

/** Priorities that a load balancer refuses, or that two services share. */
function wrongPriorities({ file, stage, lock }: Locked): readonly Problem[] {
  const given = Object.entries(lock.listenerPriorities);
  return given.flatMap(([key, priority], index) => {
    const path = `${file} ${stage}.listenerPriorities.${key}`;
    const [holder] = given.slice(0, index).find(([, other]) => other === priority) ?? [];
    if (!Number.isInteger(priority) || priority < 1 || priority > highestPriority) {
      return [{ path, got: priority, allowed: `1 to ${highestPriority}`, remedy: 'restore the committed line' }];
    }
    return holder === undefined
      ? []
      : [{ path, got: priority, allowed: `another than that of ${holder}`, remedy: 'restore the committed line' }];
  });
}

/** Ranges that are malformed, lie outside the network that they are meant for, or overlap another. */
function wrongAddresses({ file, stage, lock }: Locked, requests: AllocationRequests): readonly Problem[] {
  const given = Object.entries(lock.addresses).map(([key, text]) => ({
    key,
    text,
    path: `${file} ${stage}.addresses.${key}`,
    range: parseRange(text),
  }));
  const malformed = given
    .filter(({ range }) => range === undefined)
    .map(({ path, text }) => ({
      path,
      got: text,
      allowed: 'an IPv4 range in CIDR notation that begins at its first address',
      remedy: 'restore the committed line',
    }));
  const outside = requests.addresses.flatMap(({ key, within }) => {
    const found = given.find((entry) => entry.key === key);
    const outer = parseRange(within);
    if (found?.range === undefined || outer === undefined || contains(outer, found.range)) return [];
    return [
      {
        path: found.path,
        got: found.text,
        allowed: `inside ${within}, the range of its network`,
        remedy: `restore the network's range; a network that has been deployed cannot move`,
      },
    ];
  });
  const overlapping = given.flatMap(({ path, text, range }, index) => {
    const other = given.slice(0, index).find((earlier) => overlaps(earlier.range, range));
    if (other === undefined) return [];
    return [
      { path, got: text, allowed: `apart from ${other.text} (${other.key})`, remedy: 'restore the committed line' },
    ];
  });
  return [...malformed, ...outside, ...overlapping];
}

const overlaps = (a: Range | undefined, b: Range | undefined): boolean =>
  a !== undefined && b !== undefined && overlap(a, b);
