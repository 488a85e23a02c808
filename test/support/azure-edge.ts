import type { TerraformStack } from 'cdktf';
import type { ServedSite } from '../../lib/azure/application-gateway-settings';
import { EdgeCertificate } from '../../lib/azure/edge-certificate';
import { encryption, place, resourceId } from './azure';

/** A shop on a recovery site. */
export const served: ServedSite = {
  hosts: ['shop.example.com', 'recovery.shop.example.com'],
  gatewayAddress: '10.32.2.4',
  apiPaths: ['/api'],
  assets: {
    host: 'stshop.blob.core.windows.net',
    accountId: resourceId('Microsoft.Storage/storageAccounts', 'stshop'),
    container: 'assets',
  },
  showsLeader: true,
  longestTimeoutSeconds: 60,
};

/** Its certificate, in a stack. */
export const certificateIn = (stack: TerraformStack): EdgeCertificate =>
  new EdgeCertificate(stack, 'Certificate', {
    place,
    vaultId: encryption.vaultId,
    vaultHost: 'https://kv.vault.azure.net',
  });
