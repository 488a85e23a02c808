/** Ports at which parts answer on AWS. */
export const awsPorts = { databases: 5432, caches: 6379, streams: 9098, https: 443 } as const;
