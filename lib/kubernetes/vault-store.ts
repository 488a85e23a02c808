import type { Cloud } from './cloud';
import type { ISecretStore } from './custom-types';

/** Name of the store of a namespace. */
export const vaultStoreName = 'vault';

/**
 * The vault as a namespace sees it: read as the identity of one account of that namespace, which the vault lets read its own
 * entries alone.
 */
export const vaultStore = ({ vault }: Pick<Cloud, 'vault'>, account: string): NonNullable<ISecretStore['spec']> => ({
  provider: {
    azurekv: {
      authType: 'WorkloadIdentity',
      vaultUrl: vault.url,
      tenantId: vault.tenantId,
      serviceAccountRef: { name: account },
    },
  },
});
