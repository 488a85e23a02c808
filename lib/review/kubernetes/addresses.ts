import { entriesOf, listOf, numberOf, objectOf, type Json } from '../json';
import { oncePer } from '../../platform/once';
import type { Cluster, KubernetesObject } from './cluster';
import { find, ofKind } from './find';
import { hasAll } from './selectors';
import { textsOf, workloadsOf, type Workload } from './workloads';

/** A service of the cluster that a text names. */
export interface Address {
  readonly service: string;
  readonly namespace: string;
  /** Nothing where the text does not say. */
  readonly port?: number;
  /** Where it stands, in which object. */
  readonly object: KubernetesObject;
  readonly at: string;
}

const PATTERN =
  /\b([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.svc(?:\.cluster\.local)?\b(?::(\d+))?/g;

/** Every service of the cluster that a value names. */
export const addressesIn = (object: KubernetesObject, value: Json, prefix: string): readonly Address[] =>
  entriesOf(value).flatMap(({ at, value: text }) =>
    typeof text !== 'string'
      ? []
      : [...text.matchAll(PATTERN)].map(([, service = '', namespace = '', port]) => ({
          service,
          namespace,
          ...(port === undefined ? {} : { port: Number(port) }),
          object,
          at: [prefix, at].filter((each) => each !== '').join('.'),
        })),
  );

/** Kinds whose texts a pod of their namespace reads. */
const READ = ['ConfigMap', 'ExternalSecret'];

/** What the pods of a workload are told of the cluster: in their own description, and in what they mount. */
export const toldOf = oncePer((cluster: Cluster): ReadonlyMap<Workload, readonly Address[]> => {
  const all = workloadsOf(cluster).map((workload): readonly [Workload, readonly Address[]] => {
    const { at, namespace, object, spec } = workload;
    const named = new Set(
      entriesOf(spec).flatMap(({ key, value }) => (['name', 'secretName'].includes(key) ? [value] : [])),
    );
    const mounted = READ.flatMap((kind) => ofKind(cluster, kind, namespace)).filter((each) => named.has(madeBy(each)));
    return [
      workload,
      [
        ...addressesIn(object, spec, at),
        ...mounted.flatMap((each) => addressesIn(each, each.value.spec ?? each.value.data ?? {}, '')),
      ],
    ];
  });
  return new Map(all);
});

/** Under which name pods find what an object makes. */
const madeBy = ({ name, value }: KubernetesObject): Json => objectOf(objectOf(value.spec).target).name ?? name;

/** The pods behind a service of the cluster, and the port at which they listen for a port of the service. */
export interface Behind {
  readonly service: KubernetesObject;
  readonly workloads: readonly Workload[];
  readonly port: (asked: number | undefined) => number | undefined;
}

/** What stands behind a service; nothing where the service is not rendered. */
export function behind(
  cluster: Cluster,
  { namespace, service: name }: Pick<Address, 'namespace' | 'service'>,
): Behind | undefined {
  const service = find(cluster, 'Service', name, namespace);
  if (service === undefined) return undefined;
  const spec = objectOf(service.value.spec);
  const selector = textsOf(spec.selector);
  const workloads = workloadsOf(cluster).filter(
    (each) => each.namespace === namespace && !each.ends && hasAll(selector, each.labels),
  );
  return {
    service,
    workloads,
    port: (asked) => {
      const ports = listOf(spec.ports).map(objectOf);
      const found = asked === undefined ? ports[0] : ports.find(({ port }) => port === asked);
      const target = found?.targetPort ?? found?.port;
      return numberOf(target) ?? namedPort(workloads[0], target);
    },
  };
}

const namedPort = (workload: Workload | undefined, name: Json | undefined): number | undefined =>
  numberOf(
    (workload?.containers ?? [])
      .flatMap(({ value }) => listOf(value.ports).map(objectOf))
      .find((each) => each.name === name)?.containerPort,
  );
