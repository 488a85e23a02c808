/** Where a program finds the token by which the cluster says whose it is. */
const path = '/var/run/secrets/azure';

/** How long the token is good for before it is renewed, in seconds. */
export const tokenSeconds = 3600;

const name = 'cloud';

/** As whom a program speaks to its cloud. */
export interface CloudIdentity {
  readonly clientId: string;
  readonly tenantId: string;
  /** To whom the token is shown, which gives one of the identity for it. */
  readonly audience: string;
}

/** What a pod needs for a program to speak to its cloud as an identity, written out, so that a manifest shows to whom the token is good. */
export const cloudToken = ({ audience, clientId, tenantId }: CloudIdentity) => ({
  env: [
    { name: 'AZURE_CLIENT_ID', value: clientId },
    { name: 'AZURE_TENANT_ID', value: tenantId },
    { name: 'AZURE_FEDERATED_TOKEN_FILE', value: `${path}/token` },
  ],
  mount: { name, mountPath: path, readOnly: true },
  volume: {
    name,
    projected: {
      sources: [{ serviceAccountToken: { audience, expirationSeconds: tokenSeconds, path: 'token' } }],
    },
  },
});
