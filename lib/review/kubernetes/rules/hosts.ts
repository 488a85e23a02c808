import type { Finding } from '../../finding';
import { listOf, numberOf, objectOf, stringsOf, textOf } from '../../json';
import { toldOf } from '../addresses';
import type { Cluster } from '../cluster';
import { ofKind } from '../find';
import { isInMesh } from '../mesh';
import { peersOf, portsOf, waysOf, EVERY_PORT, type Endpoint } from '../network';
import { reporter, type Rule } from '../rule';
import { selects } from '../selectors';
import { workloadsOf, type Container, type Workload } from '../workloads';

const name = 'hosts';
const report = reporter(name);

/** Ports of protocols that an address need not name. */
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, sb: 5671 };

/** Variables that name where people find the platform: they are shown, and asked by nobody inside. */
const SHOWN = ['SITE_URL'];

/** A host outside of the cluster that a variable names. */
interface Outside {
  readonly at: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Every host that a pod is told of, it can ask: outside of the cluster the network lets it out and the mesh knows the host,
 * inside its proxy is told of the service as well.
 */
export const hosts: Rule = {
  name,
  judge: (cluster) =>
    workloadsOf(cluster).flatMap((workload) => [
      ...workload.containers.flatMap(outsideIn).flatMap((outside) => outsideProblems(cluster, workload, outside)),
      ...sidecarProblems(cluster, workload),
    ]),
};

function outsideIn({ at, value }: Container): readonly Outside[] {
  const variables = listOf(value.env).map(objectOf);
  const valueOf = (named: string): string | undefined => textOf(variables.find((each) => each.name === named)?.value);
  return variables.flatMap((variable, index): readonly Outside[] => {
    const [named, text] = [textOf(variable.name) ?? '', textOf(variable.value) ?? ''];
    if (SHOWN.includes(named)) return [];
    const where = `${at}.env[${index}].value`;
    const [, protocol = '', host = '', port] = /^(https?|sb):\/\/([a-z0-9.-]+)(?::(\d+))?/.exec(text) ?? [];
    if (host !== '') return isInside(host) ? [] : [{ at: where, host, port: numberOf(port) ?? PORTS[protocol] ?? 0 }];
    if (!named.endsWith('_HOST') || isInside(text) || !text.includes('.')) return [];
    const asked = numberOf(valueOf(named.replace(/_(READER_)?HOST$/, '_PORT')));
    return asked === undefined ? [] : [{ at: where, host: text, port: asked }];
  });
}

const isInside = (host: string): boolean => /\.svc(\.cluster\.local)?$|^localhost$|^127\./.test(host);

function outsideProblems(cluster: Cluster, workload: Workload, { at, host, port }: Outside): readonly Finding[] {
  const from: Endpoint = { namespace: workload.namespace, labels: workload.labels, workload };
  const isOut = (waysOf(cluster, from, 'egress') ?? []).some((way) => {
    const ports = portsOf(way, from);
    const leadsOut = peersOf(way, 'egress')?.some((peer) => peer.ipBlock !== undefined) ?? true;
    return leadsOut && (ports.includes(EVERY_PORT) || ports.includes(`TCP/${port}`));
  });
  const what = `asks ${host} at ${port}, and`;
  return [
    ...(isOut
      ? []
      : [report(workload.object, at, `${what} no NetworkPolicy lets it out there: open the port to its range`)]),
    ...(isInMesh(cluster, workload) && !isKnown(cluster, workload, host, port)
      ? [
          report(
            workload.object,
            at,
            `${what} no ServiceEntry that ${workload.namespace} sees has it: the mesh lets nobody out to what it does not know`,
          ),
        ]
      : []),
  ];
}

const isKnown = (cluster: Cluster, { namespace }: Workload, host: string, port: number): boolean =>
  ofKind(cluster, 'ServiceEntry').some(({ namespace: other, value }) => {
    const { exportTo, hosts: names, ports } = objectOf(value.spec);
    const seenBy = exportTo === undefined ? ['*'] : stringsOf(exportTo);
    const isSeen = seenBy.includes('*') || seenBy.includes(namespace) || (other === namespace && seenBy.includes('.'));
    return isSeen && stringsOf(names).includes(host) && listOf(ports).some((each) => objectOf(each).number === port);
  });

/** A proxy that is told of some services knows no other. */
function sidecarProblems(cluster: Cluster, workload: Workload): readonly Finding[] {
  const { labels, namespace } = workload;
  const sidecar = ofKind(cluster, 'Sidecar', namespace).find(({ value }) => {
    const selector = objectOf(objectOf(value.spec).workloadSelector).labels;
    return selector === undefined || selects({ matchLabels: selector }, labels);
  });
  if (sidecar === undefined || !isInMesh(cluster, workload)) return [];
  const seen = listOf(objectOf(sidecar.value.spec).egress).flatMap((each) => stringsOf(objectOf(each).hosts));
  return (toldOf(cluster).get(workload) ?? [])
    .filter((address) => !sees(seen, namespace, address.namespace, address.service))
    .map(({ at, namespace: other, object, service }) =>
      report(
        object,
        at,
        `names ${service}.${other}, which Sidecar ${sidecar.name} does not tell its proxy of: add it to its hosts`,
      ),
    );
}

/** Whether hosts such as `./*` or `shop-payment/payment.shop-payment.svc.cluster.local` hold a service. */
const sees = (hosts: readonly string[], own: string, namespace: string, service: string): boolean =>
  hosts.some((host) => {
    const [where = '', named = ''] = host.split('/');
    const isThere = where === '*' || where === namespace || (where === '.' && own === namespace);
    return isThere && (named === '*' || named === `${service}.${namespace}.svc.cluster.local`);
  });
