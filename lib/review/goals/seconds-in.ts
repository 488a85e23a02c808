import { textOf, type Json } from '../json';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** The seconds of a duration as Kubernetes spells it, `90s`, `15m` or `1h30m`; nothing where it is no duration. */
export function secondsIn(value: Json | undefined): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^(\d+[hms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}
