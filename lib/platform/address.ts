import ipaddr from 'ipaddr.js';

/** An IPv4 range whose address is the first of the range. */
export interface Range {
  readonly first: number;
  readonly prefix: number;
}

const toNumber = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);

/** Number of addresses in a range. */
export const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/** The range that the text spells, or nothing if it is malformed or its address is not the first of the range. */
export function parseRange(text: string): Range | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const first = toNumber(address.octets);
  return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

/** The range in CIDR notation. */
export function formatRange({ first, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join('.')}/${prefix}`;
}

/** Whether any address is in both ranges. */
export function overlap(a: Range, b: Range): boolean {
  return a.first < b.first + sizeOf(b.prefix) && b.first < a.first + sizeOf(a.prefix);
}

/** Whether every address of the inner range is in the outer one. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.first + sizeOf(inner.prefix) <= outer.first + sizeOf(outer.prefix);
}

/** The lowest aligned range of the given prefix in `within` that overlaps none of `taken`, or nothing if it is full. */
export function firstFree(within: Range, prefix: number, taken: readonly Range[]): Range | undefined {
  const size = sizeOf(prefix);
  const end = within.first + sizeOf(within.prefix);
  const sorted = [...taken].sort((a, b) => a.first - b.first);
  let first = within.first;
  for (const range of sorted) {
    if (!overlap(range, { first, prefix })) continue;
    first = Math.ceil((range.first + sizeOf(range.prefix)) / size) * size;
  }
  return first + size <= end ? { first, prefix } : undefined;
}
