import type { Json } from '../json';

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** An amount as a number: `250m` is 0.25, `1Ki` is 1024. Nothing, and what is no amount, is none. */
export function amount(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  const [, digits = '0', unit = ''] =
    /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(typeof value === 'string' ? value : '') ?? [];
  return Number(digits) * (UNITS[unit] ?? 1);
}
