import type { Finding } from '../../finding';
import { isObject, listOf, numberOf, objectOf, shown, textOf, type Json } from '../../json';
import type { KubernetesObject } from '../cluster';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Container, type Workload } from '../workloads';

const name = 'probes';
const report = reporter(name);

/** Whatever runs until it is stopped says whether it lives and whether it can serve, at a port that it has, and has time to drain. */
export const probes: Rule = {
  name,
  judge: (cluster) =>
    workloadsOf(cluster)
      .filter(({ ends }) => !ends)
      .flatMap((workload) => [
        ...workload.containers
          .filter(({ kind }) => kind === 'main')
          .flatMap((container) => containerProblems(workload.object, container)),
        ...drainProblems(workload),
      ]),
};

function containerProblems(object: KubernetesObject, { at, value }: Container): readonly Finding[] {
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((probe) => {
    const given = value[probe];
    if (!isObject(given)) {
      return probe === 'startupProbe'
        ? []
        : [report(object, `${at}.${probe}`, 'must be given, got nothing: requests would go to what does not answer')];
    }
    const port = portOf(given);
    const ports = listOf(value.ports).map(objectOf);
    if (port === undefined || ports.some(({ containerPort, name: named }) => containerPort === port || named === port))
      return [];
    const known = ports.map(({ containerPort }) => shown(containerPort)).join(', ') || 'none';
    return [
      report(object, `${at}.${probe}`, `must ask a port of the container, got ${shown(port)}, of ${known}: correct it`),
    ];
  });
}

const portOf = (probe: Json): Json | undefined => {
  const { grpc, httpGet, tcpSocket } = objectOf(probe);
  return objectOf(httpGet ?? tcpSocket ?? grpc).port;
};

/** A pod is killed when its time is over, whatever it still does before it stops. */
function drainProblems({ at, containers, object, spec }: Workload): readonly Finding[] {
  const most = numberOf(spec.terminationGracePeriodSeconds) ?? 30;
  return containers.flatMap((container) => {
    const { exec, sleep } = objectOf(objectOf(container.value.lifecycle).preStop);
    const words = listOf(objectOf(exec).command).map((each) => textOf(each) ?? '');
    const seconds = numberOf(objectOf(sleep).seconds) ?? (words[0] === 'sleep' ? Number(words[1]) : 0);
    if (seconds < most) return [];
    return [
      report(
        object,
        `${at}.terminationGracePeriodSeconds`,
        `must be more than the ${seconds} seconds that ${container.name} waits before it stops, got ${most}: it would be killed`,
      ),
    ];
  });
}
