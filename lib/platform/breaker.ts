/**
 * When somebody outside of the platform who does not answer is left alone, and for how long: after so many failures in a row, for so
 * many seconds. Proxies of a mesh count connections that fail; services count answers, which are theirs to read. Ours.
 */
export const breaker = { failures: 5, restSeconds: 30 } as const;
