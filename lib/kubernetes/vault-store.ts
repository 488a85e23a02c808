import type { CustomResourceOptions } from '@pulumi/pulumi';
import { kubernetesAccount } from '../platform/names';
import type { Cloud } from './cloud';
import { customResource } from './custom-resource';
import type { IExternalSecret, ISecretStore } from './custom-types';

type ExternalSecretSpec = NonNullable<IExternalSecret['spec']>;

/** Name of the store of a namespace. */
export const vaultStoreName = 'vault';

export interface VaultStoreInput {
  readonly cloud: Pick<Cloud, 'store'>;
  /** Whose namespace it is. */
  readonly word: string;
  /** Of an object of that namespace, by its name. */
  readonly metadata: (name: string) => NonNullable<ISecretStore['metadata']>;
}

/**
 * The vault as a namespace sees it: read as somebody who is of that namespace alone, which the vault lets read its own
 * entries alone.
 */
export const vaultStore = (
  name: string,
  { cloud, metadata, word }: VaultStoreInput,
  options: CustomResourceOptions,
): ReturnType<typeof customResource> =>
  customResource<ISecretStore>(
    name,
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: metadata(vaultStoreName),
      spec: { provider: cloud.store(word, kubernetesAccount(word)) },
    },
    options,
  );

/**
 * A secret of a namespace, made of entries that its store reads, anew in every interval. While the vault cannot be asked, pods go on
 * starting with what it said last.
 */
export const fromVault = (
  target: NonNullable<ExternalSecretSpec['target']>,
  data: NonNullable<ExternalSecretSpec['data']>,
  refreshInterval: string,
): ExternalSecretSpec => ({
  refreshInterval,
  secretStoreRef: { kind: 'SecretStore', name: vaultStoreName },
  target: { creationPolicy: 'Owner', deletionPolicy: 'Retain', ...target },
  data,
});
