const units = [
  ['D', 86_400],
  ['H', 3600],
  ['M', 60],
  ['S', 1],
] as const;

/** A time as Azure writes it, which tells `P1D` from `PT24H`: in the largest units that it has. */
export function isoDuration(seconds: number): string {
  let left = seconds;
  const [days = '', ...time] = units.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  const rest = time.join('');
  return `P${days}${rest === '' ? '' : `T${rest}`}`;
}
