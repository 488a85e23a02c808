import { isObject, listOf, objectOf, shown, stringsOf, textOf, type Json, type JsonObject } from '../json';
import type { Cluster, KubernetesObject } from '../kubernetes/cluster';
import { ofKind } from '../kubernetes/find';
import { workloadsOf, type Container } from '../kubernetes/workloads';
import { SERVICE_NAME, sorted, type Contract } from './contract';

const NAME = 'app.kubernetes.io/name';

/** Contracts of all services that the pods of a cluster describe. */
export function clusterContracts(cluster: Cluster): readonly Contract[] {
  const ways = waysIn(cluster);
  return workloadsOf(cluster)
    .filter(({ ends }) => !ends)
    .flatMap(({ containers, object }) =>
      containers.flatMap((container) => {
        const entries = listOf(container.value.env).filter(isObject);
        const service = textOf(entries.find(({ name }) => name === SERVICE_NAME)?.value);
        if (service === undefined) return [];
        return [{ service, ...told(container, object, entries), callers: callersOf(service, cluster, ways) }];
      }),
    );
}

function told({ value }: Container, { file }: KubernetesObject, entries: readonly JsonObject[]) {
  const isSecret = ({ valueFrom }: JsonObject): boolean => objectOf(valueFrom).secretKeyRef !== undefined;
  return {
    at: `k8s.out ${file}`,
    variables: new Map(
      entries.filter((each) => !isSecret(each)).map(({ name, value: text }) => [textOf(name) ?? '', textOf(text)]),
    ),
    secrets: sorted(entries.filter(isSecret).map(({ name }) => textOf(name) ?? '')),
    ports: sorted(
      listOf(value.ports)
        .filter(isObject)
        .map(({ containerPort, protocol }) => `${textOf(protocol) ?? 'TCP'} ${shown(containerPort)}`),
    ),
    live: probed(value.livenessProbe),
    ready: probed(value.readinessProbe),
  };
}

const probed = (probe: Json | undefined): string => textOf(objectOf(objectOf(probe).httpGet).path) ?? '';

/** Who may call a service: as its pods' policy says, as the callers' own policies say, and as the mesh says. */
function callersOf(service: string, cluster: Cluster, { egress, ingress }: Ways): readonly string[] {
  const trusted = new Set(
    ofKind(cluster, 'AuthorizationPolicy')
      .filter(({ labels }) => labels[NAME] === service)
      .flatMap(({ value }) => principalsIn(value)),
  );
  return sorted([...trusted].filter((from) => ingress.has(`${from} ${service}`) && egress.has(`${from} ${service}`)));
}

/** Names of the accounts that a policy of the mesh lets in. */
const principalsIn = (value: JsonObject): readonly string[] =>
  listOf(objectOf(value.spec).rules)
    .flatMap((rule) => listOf(objectOf(rule).from))
    .flatMap((from) => stringsOf(objectOf(objectOf(from).source).principals))
    .map((principal) => principal.replace(/^.*\/sa\//, ''));

/** `<from> <to>` of every way between pods that a policy of the network opens, by the end that it is of. */
interface Ways {
  readonly ingress: ReadonlySet<string>;
  readonly egress: ReadonlySet<string>;
}

function waysIn(cluster: Cluster): Ways {
  const named = (direction: 'ingress' | 'egress', peer: 'from' | 'to'): ReadonlySet<string> =>
    new Set(
      ofKind(cluster, 'NetworkPolicy').flatMap(({ labels, value }) =>
        listOf(objectOf(value.spec)[direction])
          .flatMap((rule) => listOf(objectOf(rule)[peer]))
          .flatMap((each) => {
            const other = textOf(objectOf(objectOf(objectOf(each).podSelector).matchLabels)[NAME]);
            const own = labels[NAME];
            if (own === undefined || other === undefined) return [];
            return [direction === 'ingress' ? `${other} ${own}` : `${own} ${other}`];
          }),
      ),
    );
  return { ingress: named('ingress', 'from'), egress: named('egress', 'to') };
}
