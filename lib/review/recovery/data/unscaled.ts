/** What grows on the primary by itself and does not on the recovery site, and why that is accepted. */
export const unscaled: readonly { readonly what: string; readonly because: string }[] = [
  {
    what: 'readers of a database beyond readReplicas',
    because:
      'Azure adds none by itself, and has five at most: as many stand there as on the primary at its least, and a larger readReplicas adds one on both sites',
  },
];
