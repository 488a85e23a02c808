import { kubernetesAccount } from '../platform/names';
import { podConfinement } from './confinement';

/**
 * What every pod of the platform's own programs has in common: it runs as the account of its namespace, confined, and without a proxy of the
 * mesh, since it calls nobody there and encrypts by itself. It names the tokens that it needs, so that a manifest shows to whom each
 * is good for.
 */
export const plainPod = <Rest extends object>(
  word: string,
  labels: Readonly<Record<string, string>>,
  architecture: string,
  spec: Rest,
) => ({
  metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } },
  spec: {
    serviceAccountName: kubernetesAccount(word),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': architecture },
    securityContext: podConfinement,
    ...spec,
  },
});
