import type { HandStep } from './hand-steps';

/** From nothing to two sites on Azure. What waits for what beyond this stands in the outputs. */
export const regionHandSteps: readonly HandStep[] = [
  {
    id: 'definition',
    what: 'Replace every value that only documents use',
    how: 'docs/guides/deploying.md, step 1',
    after: [],
    before: ['azure *'],
    brings: /^documentation_values$/,
  },
];
