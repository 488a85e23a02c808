import { contains, parseCidr, rangeOf } from '../cidr';

/** Whether a range of addresses holds all of another. Text that is no range holds nothing. */
export function holds(outer: string, inner: string): boolean {
  const [one, other] = [outer, inner].map(parseCidr);
  return one !== undefined && other !== undefined && contains(one, other);
}

/** Whether any of several ranges holds all of another. */
export const anyHolds = (outer: readonly string[], inner: string): boolean => outer.some((each) => holds(each, inner));

/** The address at a position of a range: 1 is the first that an end of a tunnel may have. */
export function addressIn(range: string, position: number): string {
  const parsed = parseCidr(range);
  if (parsed === undefined) return '';
  const number = Number(rangeOf(parsed).first) + position;
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}
