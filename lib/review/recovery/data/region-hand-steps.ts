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
  {
    id: 'state',
    what: "Make the account of Terraform's states, and have the zone of the domain",
    how: 'scripts/bootstrap-azure-state.sh; docs/guides/recovery-site.md, a platform on Azure alone',
    after: ['definition'],
    before: ['azure *'],
  },
  {
    id: 'project on Google',
    what: 'Make the project of the warehouse ready',
    how: 'scripts/bootstrap-google.sh; docs/guides/warehouse.md',
    after: ['definition'],
    before: ['azure warehouse'],
  },
  {
    id: 'alarms',
    what: 'Confirm the e-mail of the action group of either site',
    how: 'docs/guides/recovery-site.md, step 16',
    after: ['azure foundation', 'azure recovery-foundation'],
    before: ['exercise'],
    approves: true,
  },
  {
    id: 'secrets',
    what: 'Write the same secrets into the vaults of both sites, and the certificate of the domain',
    how: 'npm run push:secrets; docs/guides/secrets.md, docs/runbooks/azure-certificate.md',
    after: ['azure foundation', 'azure recovery-foundation'],
    before: ['azure edge', 'azure recovery-edge', 'pulumi *'],
  },
  {
    id: 'images',
    what: 'Copy images into the registry, which copies them to the other region',
    how: 'scripts/copy-images.ts --cloud azure; docs/guides/recovery-site.md, step 10',
    after: ['azure foundation'],
    before: ['pulumi *'],
  },
  {
    id: 'what the sites told',
    what: 'Write down ids that nobody knows before, and commit them',
    how: 'npm run outputs:azure',
    after: ['azure cluster', 'azure data', 'azure recovery-cluster', 'azure recovery-data'],
    before: ['pulumi *'],
  },
  {
    id: 'proof of the clusters',
    what: 'Look whether everything in both clusters is ready, before the edge sends requests',
    how: 'docs/guides/cluster.md, step 8',
    after: ['pulumi *'],
    before: ['azure edge'],
  },
  {
    id: 'private links',
    what: 'Approve the ways by which Front Door and Grafana reach both sites',
    how: 'docs/guides/recovery-site.md, steps 13 and 16',
    after: ['azure edge', 'azure recovery-edge', 'azure operations', 'azure recovery-operations'],
    before: ['exercise'],
    approves: true,
  },
  {
    id: 'exercise',
    what: 'Move to the recovery site as planned, and back: what it takes is measured',
    how: 'docs/runbooks/azure-two-regions.md',
    after: ['azure *', 'pulumi *'],
    before: [],
  },
];
