/** Names of variables by which a keeper is known, whichever site it is of. */
export const keeperVariables = { latch: 'KEEPER_LATCH', lease: 'KEEPER_LEASE_SECONDS' } as const;

/** As whom an address logs in: `postgresql://<user>@…`, wherever it stands in a text. */
export const userIn = (text: string): string | undefined => /postgresql:\/\/([^:@/"]+)@/.exec(text)?.[1];
