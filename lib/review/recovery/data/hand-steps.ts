/** A step that no tool takes by itself: a person decides, tells something, or starts a script. */
export interface HandStep {
  readonly id: string;
  readonly what: string;
  /** What is run, or the guide that says how. */
  readonly how: string;
  /** Steps before it: `aws Network`, `azure link-base`; `aws *` for all of a kind. What a stage does not have is left out. */
  readonly after: readonly string[];
  /** Steps that wait for it. */
  readonly before: readonly string[];
  /** Variables of Terraform that it brings. */
  readonly brings?: RegExp;
  /** Whether somebody has to agree to something that a cloud asks. @default false */
  readonly approves?: true;
}

/** From nothing to both sites. What waits for what beyond this stands in the outputs. */
export const handSteps: readonly HandStep[] = [
  {
    id: 'definition',
    what: 'Replace every value that only documents use',
    how: 'docs/guides/deploying.md, step 1',
    after: [],
    before: ['aws *', 'azure *'],
    brings: /^documentation_values$/,
  },
  {
    id: 'account',
    what: 'Make the account on AWS ready, in both regions',
    how: 'npx cdk bootstrap',
    after: ['definition'],
    before: ['aws *'],
  },
  {
    id: 'state',
    what: "Make the account of Terraform's states",
    how: 'scripts/bootstrap-azure-state.sh',
    after: ['definition'],
    before: ['azure *'],
  },
  {
    id: 'alarms on AWS',
    what: 'Confirm the e-mail that asks whether alarms may be sent',
    how: 'docs/guides/deploying.md, step 4',
    after: ['aws Security'],
    before: ['aws Observability'],
    approves: true,
  },
  {
    id: 'images on AWS',
    what: 'Copy the images that others publish',
    how: 'scripts/copy-images.ts',
    after: ['aws Delivery'],
    before: ['aws Cluster'],
  },
  {
    id: 'image of recovery',
    what: 'Build the image of failover control and keeper, push it to both registries, tell its digest and commit it',
    how: 'docs/guides/failover.md, The image',
    after: ['aws Delivery', 'azure foundation'],
    before: ['aws Recovery', 'pulumi *'],
  },
  {
    id: 'secrets on AWS',
    what: 'Write the secrets whose values come from outside',
    how: 'docs/runbooks/secrets.md',
    after: ['aws Security'],
    before: ['aws Cluster'],
  },
  {
    id: 'names of services',
    what: "Deploy services again, so that they learn each other's names",
    how: 'docs/guides/deploying.md, step 8',
    after: ['aws *-services'],
    before: ['follow'],
  },
  {
    id: 'secrets on Azure',
    what: 'Write the same secrets, and the certificate of the domain',
    how: 'docs/runbooks/azure-secrets.md, docs/runbooks/azure-certificate.md',
    after: ['azure foundation', 'secrets on AWS'],
    before: ['azure edge', 'pulumi *'],
  },
  {
    id: 'limits of messages on AWS',
    what: 'Leave the sandboxes of e-mail and SMS, have limits raised, register the names by which SMS come',
    how: 'docs/guides/deploying.md, messages to people',
    after: ['account'],
    before: ['aws Messaging'],
  },
  {
    id: 'domains of e-mail',
    what: "Write down what a domain's zone must say for Azure to send from it, let AWS write it, and have Azure look",
    how: 'npm run outputs:azure; npx cdk deploy of Messaging; docs/guides/recovery-site.md, step 8',
    after: ['azure messaging', 'aws Messaging'],
    before: ['azure messages'],
  },
  {
    id: 'limits of messages on Azure',
    what: 'Have limits of e-mail raised, names for SMS enabled, numbers bought',
    how: 'docs/guides/recovery-site.md, step 8',
    after: ['azure messages'],
    before: ['follow'],
  },
  {
    id: 'addresses of the link',
    what: 'Carry the addresses of the gateway to AWS',
    how: 'npm run carry:link -- gateway',
    after: ['azure link-base'],
    before: ['aws Recovery'],
  },
  {
    id: 'identity of copies',
    what: 'Write down as whom objects are copied, and commit it',
    how: 'npm run outputs:azure',
    after: ['azure foundation'],
    before: ['aws Recovery'],
  },
  {
    id: 'tunnels of the link',
    what: 'Look at what is carried from AWS: addresses and keys of the tunnels',
    how: 'npm run carry:link -- plan',
    after: ['aws Recovery'],
    before: ['azure link'],
    brings: /^connection_\d_tunnel_\d_(address|key)$/,
  },
  {
    id: 'way into the network',
    what: 'Have a person or a runner inside the network, as a member of the administrators: flags are written from there',
    how: 'docs/guides/recovery-site.md, step 7',
    after: ['azure data'],
    before: ['azure flags'],
  },
  {
    id: 'images on Azure',
    what: 'Copy images into the registry of the site: those of others, and those of services by their digests',
    how: 'scripts/copy-images.ts --cloud azure; docs/guides/recovery-site.md, step 10',
    after: ['azure foundation', 'images on AWS'],
    before: ['pulumi *'],
  },
  {
    id: 'what the site told',
    what: 'Write down ids that nobody knows before, and commit them',
    how: 'npm run outputs:azure',
    after: ['azure cluster', 'azure data'],
    before: ['pulumi *'],
  },
  {
    id: 'proof of the cluster',
    what: 'Look whether everything in the cluster is ready, before the edge sends requests',
    how: 'docs/guides/cluster.md, step 8',
    after: ['pulumi *'],
    before: ['azure edge'],
  },
  {
    id: 'where the edge is',
    what: 'Write down where the edge of the site is reached, and commit it',
    how: 'npm run outputs:azure',
    after: ['azure edge'],
    before: ['follow'],
  },
  {
    id: 'names of both sites',
    what: 'Deploy the edge on AWS again, so that names lead to the recovery site when the primary is unwell',
    how: 'npx cdk deploy --exclusively <platform>-<stage>/Edge',
    after: ['aws Edge', 'where the edge is'],
    before: ['follow'],
  },
  {
    id: 'private links',
    what: 'Approve the ways by which Front Door and Grafana reach the site',
    how: 'docs/guides/recovery-site.md, steps 13 and 16',
    after: ['azure edge', 'azure operations'],
    before: ['follow'],
    approves: true,
  },
  {
    id: 'proof of the domain',
    what: 'Write the records by which Front Door sees whose domain it is',
    how: 'docs/guides/recovery-site.md, step 14',
    after: ['azure edge'],
    before: ['follow'],
  },
  {
    id: 'alarms on Azure',
    what: 'Confirm the e-mail of the action group',
    how: 'docs/guides/recovery-site.md, step 16',
    after: ['azure foundation'],
    before: ['follow'],
    approves: true,
  },
  {
    id: 'follow',
    what: 'Let the databases of the recovery site follow the primary',
    how: 'npm run failover -- follow --to recovery',
    after: ['aws *', 'azure *', 'pulumi *'],
    before: [],
  },
];
