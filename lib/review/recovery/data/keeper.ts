/** Names of variables by which a keeper is known, whichever site it is of. */
export const keeperVariables = { latch: 'KEEPER_LATCH', lease: 'KEEPER_LEASE_SECONDS' } as const;

/** Digest that stands for an image which nobody has told. */
const UNTOLD = `@sha256:${'0'.repeat(64)}"`;

/** Whether a container, as JSON, is of an image that nobody has told. */
export const isUntold = (container: string): boolean => container.includes(UNTOLD);

/** As whom an address logs in: `postgresql://<user>@…`, wherever it stands in a text. */
export const userIn = (text: string): string | undefined => /postgresql:\/\/([^:@/"]+)@/.exec(text)?.[1];
