import type { Finding } from '../../finding';
import { objectOf, shown, textOf } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { flavorsOf, isWide, meshWide } from '../mesh';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Workload } from '../workloads';

const name = 'mutual-tls';
const report = reporter(name);

/**
 * What may be said of the traffic of a pod that its proxy takes: all of it, but for questions for names, which a proxy does not
 * take by UDP either, and for credentials of the pod, which its node gives it.
 */
const TAKEN: Readonly<Record<string, string>> = {
  'traffic.sidecar.istio.io/excludeOutboundPorts': '53',
  // Where the node itself answers for the credentials of a pod: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': '169.254.170.23/32',
  'traffic.sidecar.istio.io/includeInboundPorts': '*',
  'traffic.sidecar.istio.io/includeOutboundIPRanges': '*',
};
const TRAFFIC = 'traffic.sidecar.istio.io/';

/** The whole mesh takes nothing but mutual TLS, nobody asks for less, and nothing goes past its proxies. */
export const mutualTls: Rule = {
  name,
  judge: (cluster) => {
    const roots: readonly string[] = flavorsOf(cluster).map(({ root }) => root);
    const asking = ofKind(cluster, 'PeerAuthentication');
    const strict = roots.filter((root) =>
      asking.some((each) => each.namespace === root && isWide(each) && modeOf(each) === 'STRICT'),
    );
    return [
      ...roots
        .filter((root) => !strict.includes(root))
        .flatMap((root) => asRoot(cluster, root))
        .map((object) =>
          report(
            object,
            '',
            'must stand beside a PeerAuthentication of mode STRICT for the whole mesh, got none: add it',
          ),
        ),
      ...(roots.length > 0
        ? []
        : ofKind(cluster, 'DestinationRule').map((rule) =>
            report(rule, '', 'must stand in a mesh of mode STRICT, got no PeerAuthentication in its root: add it'),
          )),
      ...asking.flatMap(weakerProblems),
      ...ofKind(cluster, 'DestinationRule').flatMap(ruleProblems),
      ...workloadsOf(cluster).flatMap(pastProxy),
    ];
  },
};

/** What stands for the root of a mesh: its namespace, or where the cloud makes that, what holds for the whole mesh. */
const asRoot = (cluster: Cluster, root: string): readonly KubernetesObject[] =>
  [...ofKind(cluster, 'Namespace').filter(({ name: other }) => other === root), ...meshWide(cluster, root)].slice(0, 1);

const modeOf = ({ value }: KubernetesObject): string | undefined => textOf(objectOf(objectOf(value.spec).mtls).mode);

function weakerProblems(object: KubernetesObject): readonly Finding[] {
  const spec = objectOf(object.value.spec);
  const modes: readonly (readonly [at: string, mode: string | undefined])[] = [
    ['spec.mtls.mode', modeOf(object)],
    ...Object.entries(objectOf(spec.portLevelMtls)).map(
      ([port, each]) => [`spec.portLevelMtls.${port}.mode`, textOf(objectOf(each).mode)] as const,
    ),
  ];
  return modes
    .filter(([, mode]) => mode !== undefined && mode !== 'STRICT' && mode !== 'UNSET')
    .map(([at, mode]) => report(object, at, `must be STRICT, got ${shown(mode)}: who calls would not be known`));
}

function pastProxy({ annotations, object }: Workload): readonly Finding[] {
  return Object.entries(annotations)
    .filter(([key, value]) => key.startsWith(TRAFFIC) && TAKEN[key] !== value)
    .map(([key, value]) => {
      const allowed = TAKEN[key] === undefined ? 'must be left out' : `must be ${shown(TAKEN[key])}`;
      const at = `spec.template.metadata.annotations.${key}`;
      return report(
        object,
        at,
        `${allowed}, got ${shown(value)}: what goes past its proxy is neither known nor encrypted`,
      );
    });
}

/** Clients of services of the mesh use its certificates. */
function ruleProblems(object: KubernetesObject): readonly Finding[] {
  const spec = objectOf(object.value.spec);
  const mode = textOf(objectOf(objectOf(spec.trafficPolicy).tls).mode);
  const isInside = /\.svc(\.cluster\.local)?$/.test(textOf(spec.host) ?? '');
  if (!isInside || mode === undefined || mode === 'ISTIO_MUTUAL') return [];
  return [
    report(
      object,
      'spec.trafficPolicy.tls.mode',
      `must be ISTIO_MUTUAL, got ${mode}: the other end refuses anything else`,
    ),
  ];
}
