import { foreign } from './hardened-azure';
import type { Hardened } from './mutations';

const properties = 'body.properties';
const destination = `${properties}.destination`;

/** What a vault tells of ends, and whom that calls. */
export const hardenedExpiry: readonly Hardened[] = [
  { path: `${destination}.endpointType`, weak: ['StorageQueue'] },
  { path: `${destination}.properties.actionGroups`, weak: [[], [foreign]] },
  { path: `${destination}.properties.severity`, weak: ['Sev4'] },
  { path: `${destination}.properties.description` },
  { path: `${properties}.eventDeliverySchema`, weak: ['EventGridSchema'] },
  { path: `${properties}.filter.includedEventTypes`, weak: [[], ['Microsoft.KeyVault.SecretNewVersionCreated']] },
  { path: `${properties}.retryPolicy` },
  { path: 'parent_id', weak: [foreign] },
].map((each) => ({ ...each, where: /Expiry\// }));
