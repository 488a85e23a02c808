import type { Finding } from '../../finding';
import { listOf, numberOf, objectOf, shown, textOf, type JsonObject } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { find, namesOf, ofKind } from '../find';
import { reporter, type Rule } from '../rule';

const name = 'routes';
const report = reporter(name);

/** Routes of the mesh share out all requests, among subsets of services that there are. */
export const routes: Rule = {
  name,
  judge: (cluster) => [
    ...ofKind(cluster, 'VirtualService').flatMap((object) => virtualProblems(object, cluster)),
    ...ofKind(cluster, 'DestinationRule').flatMap((object) =>
      hostProblems(object, 'spec.host', objectOf(object.value.spec).host, cluster),
    ),
  ],
};

function virtualProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const spec = objectOf(object.value.spec);
  return (['http', 'tls', 'tcp'] as const).flatMap((protocol) =>
    listOf(spec[protocol]).flatMap((each, index) => {
      const at = `spec.${protocol}[${index}].route`;
      const all = listOf(objectOf(each).route).map(objectOf);
      return [
        ...weightProblems(object, at, all),
        ...all.flatMap((route, position) => routeProblems(object, `${at}[${position}]`, route, cluster)),
      ];
    }),
  );
}

function weightProblems(object: KubernetesObject, at: string, all: readonly JsonObject[]): readonly Finding[] {
  const weights = all.map(({ weight }) => numberOf(weight) ?? (all.length === 1 ? 100 : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (all.length === 0 || sum === 100) return [];
  return [report(object, at, `must have weights that sum to 100, got ${weights.join(' + ')} = ${sum}: correct them`)];
}

function routeProblems(object: KubernetesObject, at: string, route: JsonObject, cluster: Cluster): readonly Finding[] {
  const { host, port, subset } = objectOf(route.destination);
  const found = hostProblems(object, `${at}.destination.host`, host, cluster);
  if (found.length > 0) return found;
  const named = textOf(subset);
  const service = serviceOf(object, host, cluster);
  const asked = numberOf(objectOf(port).number);
  const ports = listOf(objectOf(service?.value.spec).ports).map((each) => objectOf(each).port);
  return [
    ...(named === undefined || subsetsOf(object, host, cluster).includes(named)
      ? []
      : [
          report(
            object,
            `${at}.destination.subset`,
            `must be a subset of a DestinationRule of ${textOf(host)}, got ${named}; there are ${subsetsOf(object, host, cluster).join(', ') || 'none'}: correct it`,
          ),
        ]),
    ...(service === undefined || asked === undefined || ports.includes(asked)
      ? []
      : [
          report(
            object,
            `${at}.destination.port`,
            `must be a port of Service ${service.name}, got ${asked}, of ${ports.map(shown).join(', ')}: correct it`,
          ),
        ]),
  ];
}

/** The names that a host has inside of its namespace and outside of it. */
function partsOf({ namespace }: KubernetesObject, host: unknown): { service: string; namespace: string } {
  const [service = '', other] = String(host).split('.');
  return { service, namespace: other ?? namespace };
}

const serviceOf = (object: KubernetesObject, host: unknown, cluster: Cluster): KubernetesObject | undefined => {
  const { namespace, service } = partsOf(object, host);
  return find(cluster, 'Service', service, namespace);
};

function hostProblems(object: KubernetesObject, at: string, host: unknown, cluster: Cluster): readonly Finding[] {
  const isOutside = ofKind(cluster, 'ServiceEntry').some(({ value }) =>
    listOf(objectOf(value.spec).hosts).includes(String(host)),
  );
  const isWildcard = String(host).startsWith('*');
  if (isOutside || isWildcard || serviceOf(object, host, cluster) !== undefined) return [];
  const { namespace } = partsOf(object, host);
  const message = `must be a Service or a host of a ServiceEntry, got ${String(host)}; services of ${namespace}: ${namesOf(cluster, 'Service', namespace)}: correct it`;
  return [report(object, at, message)];
}

const subsetsOf = (object: KubernetesObject, host: unknown, cluster: Cluster): readonly string[] => {
  const wanted = partsOf(object, host);
  return ofKind(cluster, 'DestinationRule')
    .filter((rule) => {
      const other = partsOf(rule, objectOf(rule.value.spec).host);
      return other.service === wanted.service && other.namespace === wanted.namespace;
    })
    .flatMap(({ value }) => listOf(objectOf(value.spec).subsets).map((each) => textOf(objectOf(each).name) ?? ''));
};
