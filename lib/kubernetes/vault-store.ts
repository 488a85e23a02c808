import { kubernetesAccount } from '../platform/names';
import type { Cloud } from './cloud';
import type { ISecretStore } from './custom-types';

/** Name of the store of a namespace. */
export const vaultStoreName = 'vault';

/**
 * The vault as a namespace sees it: read as somebody who is of that namespace alone, which the vault lets read its own
 * entries alone.
 */
export const vaultStore = (cloud: Pick<Cloud, 'store'>, word: string): NonNullable<ISecretStore['spec']> => ({
  provider: cloud.store(word, kubernetesAccount(word)),
});
