import type { TerraformStack } from 'cdktf';
import type { ServedSite } from '../../lib/azure/application-gateway-settings';
import { Edge, type EdgeProps } from '../../lib/azure/edge';
import { EdgeCertificate } from '../../lib/azure/edge-certificate';
import { encryption, monitoring, place, resourceId } from './azure';

/** A shop on a recovery site. */
export const served: ServedSite = {
  hosts: ['shop.example.com', 'recovery.shop.example.com'],
  gateway: { at: { ipAddresses: ['10.32.2.4'] }, host: 'shop.example.com', port: 8000, statusPort: 8100 },
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

/** Front Door in front of the shop. */
export const edgeIn = (stack: TerraformStack, patch: Partial<EdgeProps> = {}): Edge =>
  new Edge(stack, 'Edge', {
    place,
    monitoring,
    hosts: served.hosts,
    assets: served.assets,
    routes: [],
    gatewayLinkId: 'link',
    certificate: certificateIn(stack),
    firewallPolicyId: 'policy',
    limits: { loginsPerAddress: 100, requestsPerAddress: 3000 },
    goals: { errorPercent: 0.5, p95Milliseconds: 300 },
    longestTimeoutSeconds: 60,
    ...patch,
  });
