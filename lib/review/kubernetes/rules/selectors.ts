import type { Finding } from '../../finding';
import { listOf, objectOf, textOf } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { placeIn } from '../place';
import { reporter, type Rule } from '../rule';
import { hasAll, selects, shownSelector } from '../selectors';
import { named, textsOf, workloadsOf, type Workload } from '../workloads';

const name = 'selectors';
const report = reporter(name);

/** Kinds that keep the pods that a selector of theirs finds. */
const OWNERS = ['DaemonSet', 'Deployment', 'Rollout', 'StatefulSet'];

/** Kinds that select pods besides, and where. */
const SELECTING: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'spec.selector',
  NetworkPolicy: 'spec.podSelector',
  PeerAuthentication: 'spec.selector',
  PodDisruptionBudget: 'spec.selector',
  PodMonitor: 'spec.selector',
  Sidecar: 'spec.workloadSelector',
  Telemetry: 'spec.selector',
};

/** Whatever selects pods finds some, a service by a port that they have, and an owner its own. */
export const selectors: Rule = {
  name,
  judge: (cluster) => [
    ...workloadsOf(cluster).flatMap(ownProblems),
    ...ofKind(cluster, 'Service').flatMap((service) => serviceProblems(service, cluster)),
    ...Object.entries(SELECTING).flatMap(([kind, at]) =>
      ofKind(cluster, kind).flatMap((object) => selectingProblems(object, at, cluster)),
    ),
  ],
};

function ownProblems({ at, labels, object }: Workload): readonly Finding[] {
  if (!OWNERS.includes(object.kind)) return [];
  const selector = objectOf(object.value.spec).selector;
  const isEmpty = Object.keys({ ...objectOf(objectOf(selector).matchLabels) }).length === 0;
  if (!isEmpty && selects(selector, labels)) return [];
  const message = `must select the pods of ${at.replace(/\.spec$/, '')}, got ${shownSelector(selector)}: give both the same labels`;
  return [report(object, 'spec.selector', message)];
}

/** The pods that are rendered in a namespace; nothing if a Helm release makes pods there that nobody sees. */
function podsIn(cluster: Cluster, namespace: string): readonly Workload[] | undefined {
  if (ofKind(cluster, 'Release', namespace).length > 0) return undefined;
  return workloadsOf(cluster).filter((each) => each.namespace === namespace);
}

function serviceProblems(service: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const spec = objectOf(service.value.spec);
  const selector = textsOf(spec.selector);
  const pods = podsIn(cluster, service.namespace);
  if (pods === undefined || spec.type === 'ExternalName') return [];
  const found = pods.filter(({ ends, labels }) => !ends && hasAll(selector, labels));
  if (Object.keys(selector).length === 0 || found.length === 0) {
    return [
      report(
        service,
        'spec.selector',
        `must select pods of its namespace, got ${shownSelector(spec.selector)}: correct the labels`,
      ),
    ];
  }
  return listOf(spec.ports)
    .map(objectOf)
    .flatMap(({ port, targetPort = port ?? null }, index) => {
      const without = found.filter((each) => !hasPort(each, targetPort));
      if (without.length === 0) return [];
      return [
        report(
          service,
          `spec.ports[${index}].targetPort`,
          `must be a port of the pods, got ${JSON.stringify(targetPort)}, which ${without.map(({ object }) => named(object)).join(', ')} does not name: correct it`,
        ),
      ];
    });
}

const hasPort = ({ containers }: Workload, wanted: unknown): boolean =>
  containers
    .flatMap(({ value }) => listOf(value.ports).map(objectOf))
    .some(({ containerPort, name: portName }) => containerPort === wanted || (textOf(portName) ?? '') === wanted);

function selectingProblems(object: KubernetesObject, at: string, cluster: Cluster): readonly Finding[] {
  const selector = placeIn(object.value, at);
  const labels = textsOf(objectOf(selector).matchLabels ?? objectOf(selector).labels);
  const pods = podsIn(cluster, object.namespace);
  if (pods === undefined || selector === undefined || JSON.stringify(selector) === '{}') return [];
  const asked = 'labels' in objectOf(selector) ? { matchLabels: labels } : selector;
  if (pods.some((pod) => selects(asked, pod.labels))) return [];
  return [
    report(object, at, `must select pods of ${object.namespace}, got ${shownSelector(selector)}: correct the labels`),
  ];
}
