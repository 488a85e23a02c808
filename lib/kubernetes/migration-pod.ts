import { kubernetesAccount, migrationWord } from '../platform/names';
import { podConfinement } from './confinement';

/**
 * What every pod of a job in the namespace of migrations has in common: it runs once, as the account of that namespace, confined, and
 * without a proxy of the mesh, since it calls nobody there and encrypts by itself. It names the tokens that it needs, so that a
 * manifest shows to whom each is good for.
 */
export const migrationPod = <Rest extends object>(
  labels: Readonly<Record<string, string>>,
  architecture: string,
  spec: Rest,
) => ({
  metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } },
  spec: {
    restartPolicy: 'Never',
    serviceAccountName: kubernetesAccount(migrationWord),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': architecture },
    securityContext: podConfinement,
    ...spec,
  },
});
