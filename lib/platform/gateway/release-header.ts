/** Versions of a service between which a release moves requests. */
export const versions = { stable: 'stable', canary: 'canary' } as const;
export type Version = keyof typeof versions;

/** Header by which a gateway that shifts the weights of a release says to which version it sends a request. What a client sends in it is taken away. */
export const releaseHeader = 'X-Release';

/** What the header says. It names the service, so that a service which hands the header on moves no other. */
export const releaseValue = (service: string, version: Version): string => `${service}-${version}`;
