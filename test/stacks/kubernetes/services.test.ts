import { renderCluster } from '../../../bin/rendered-cluster';
import { kubernetesNamespace } from '../../../lib/platform/names';
import { resolved, retailflowWith } from '../../support/platform';
import { type ClusterObjects, clusterOf, released, wholeCluster, type ClusterObject } from '../../support/kubernetes';

const { platform } = clusterOf();
const services = Object.keys(platform.services);
const namespaceOf = (service: string) => kubernetesNamespace(platform, service);
const whole = () => wholeCluster({}, released);

interface Peer {
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}
interface Policy {
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ingress?: readonly {
    readonly from: readonly Peer[];
    readonly ports: readonly { readonly port: number }[];
  }[];
  readonly egress?: readonly { readonly to: readonly Peer[]; readonly ports: readonly { readonly port: number }[] }[];
}

const namespaceIn = ({ namespaceSelector }: Peer) =>
  namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? '';

/** Connections between services that policies of one direction let through: `from to port`. */
const connections = (objects: ClusterObjects, direction: 'egress' | 'ingress'): readonly string[] =>
  services
    .flatMap((service) =>
      objects.of('NetworkPolicy', namespaceOf(service)).flatMap(({ metadata, spec }) => {
        const policy = spec as Policy;
        if (metadata.name.startsWith('namespace-')) return [];
        const here = namespaceOf(service);
        return direction === 'egress'
          ? (policy.egress ?? []).flatMap(({ ports, to }) =>
              to.filter(namespaceIn).flatMap((peer) => ports.map(({ port }) => `${here} ${namespaceIn(peer)} ${port}`)),
            )
          : (policy.ingress ?? []).flatMap(({ from, ports }) =>
              from.flatMap((peer) => ports.map(({ port }) => `${namespaceIn(peer)} ${here} ${port}`)),
            );
      }),
    )
    .sort();

const called = services
  .flatMap((service) =>
    (platform.services[service]?.uses.calls ?? []).map(
      (other) => `${namespaceOf(service)} ${namespaceOf(other)} ${platform.services[other]?.port}`,
    ),
  )
  .sort();
const routed = services
  .filter((service) => (platform.services[service]?.routes.length ?? 0) > 0)
  .map((service) => `${namespaceOf('gateway')} ${namespaceOf(service)} ${platform.services[service]?.port}`);

describe('calls between services', () => {
  test('are let out where they are made, and in where they arrive, and no others are', async () => {
    const objects = await whole();
    expect(connections(objects, 'egress')).toEqual(called);
    expect(connections(objects, 'ingress')).toEqual([...called, ...routed].sort());
  });

  test('are let through by the mesh as they are by the network', async () => {
    const objects = await whole();
    const allowed = services.flatMap((service) =>
      objects.of('AuthorizationPolicy', namespaceOf(service)).flatMap(({ spec }) => {
        const { rules = [] } = spec as {
          rules?: { from: { source: { principals: string[] } }[]; to: { operation: { ports: string[] } }[] }[];
        };
        return rules.flatMap(({ from, to }) =>
          from.flatMap(({ source }) =>
            source.principals.flatMap((principal) =>
              to.flatMap(({ operation }) =>
                operation.ports.map((port) => `${principal.split('/')[2]} ${namespaceOf(service)} ${port}`),
              ),
            ),
          ),
        );
      }),
    );
    expect(allowed.sort()).toEqual([...called, ...routed].sort());
  });

  test.each(services)('from %s are known to its proxies', async (service) => {
    const { egress } = (await whole()).one('Sidecar', service, namespaceOf(service)).spec as {
      egress: readonly { hosts: readonly string[] }[];
    };
    const expected = (platform.services[service]?.uses.calls ?? []).map(
      (other) => `${namespaceOf(other)}/${other}.${namespaceOf(other)}.svc.cluster.local`,
    );
    expect(egress.flatMap(({ hosts }) => hosts).filter((host) => host.startsWith('retailflow-'))).toEqual(expected);
  });
});

interface Pod {
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly serviceAccountName: string;
      readonly containers: readonly {
        readonly env: readonly {
          readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
        }[];
      }[];
    };
  };
}

describe.each(services)('the pods of %s', (service) => {
  const pods = async (): Promise<readonly ClusterObject[]> =>
    (await whole()).all.filter(
      ({ kind, metadata }) => metadata.namespace === namespaceOf(service) && ['Job', 'Rollout'].includes(kind),
    );

  test('are those of one workload and of its migration', async () => {
    expect((await pods()).map(({ kind }) => kind).sort()).toEqual(['Job', 'Rollout']);
  });

  test('find every secret that they name', async () => {
    const objects = await whole();
    const named = (await pods()).flatMap(({ spec }) =>
      (spec as Pod).template.spec.containers.flatMap(({ env }) =>
        env.flatMap(({ valueFrom }) => (valueFrom === undefined ? [] : [valueFrom.secretKeyRef])),
      ),
    );
    const there = objects.of('ExternalSecret', namespaceOf(service)).flatMap(({ metadata, spec }) =>
      (spec as { data: readonly { secretKey: string }[] }).data.map(({ secretKey }) => ({
        name: metadata.name,
        key: secretKey,
      })),
    );
    expect(there).toEqual(expect.arrayContaining(named));
    expect(new Set(named.map((each) => JSON.stringify(each))).size).toBe(there.length);
  });

  test('run under the account that stands there', async () => {
    const objects = await whole();
    for (const { spec } of await pods()) {
      objects.one('ServiceAccount', (spec as Pod).template.spec.serviceAccountName, namespaceOf(service));
    }
    expect(objects.of('ServiceAccount', namespaceOf(service))).toHaveLength(1);
  });

  test('are counted by one alone', async () => {
    const objects = await whole();
    expect([
      ...objects.of('HorizontalPodAutoscaler', namespaceOf(service)),
      ...objects.of('ScaledObject', namespaceOf(service)),
    ]).toHaveLength(1);
  });
});

/** What Argo CD's application of a service leaves to the platform. */
const platformsOwn = /\/(namespace-|resourcequota-|limitrange-|networkpolicy-namespace-)[^/]*$/;

describe('the layers of a service namespace', () => {
  const input = { platform: resolved(retailflowWith({})), releases: released, outputs: { identities: {} } };
  const filesOf = async (layers: 'everything' | 'platform') =>
    (await renderCluster(input, layers)).manifests
      .map(({ file }) => file)
      .filter((file) => services.some((service) => file.startsWith(`${namespaceOf(service)}/`)));

  test('are told apart by the names of their files: nothing is owned twice, and nothing by nobody', async () => {
    const everything = await filesOf('everything');
    const platforms = await filesOf('platform');
    expect(platforms).toEqual(everything.filter((file) => platformsOwn.test(file)));
    expect(everything.length).toBeGreaterThan(platforms.length);
  });
});

describe('in the mesh of the add-on', () => {
  const addon = {
    stages: {
      production: { sites: { recovery: { kubernetes: { mesh: { flavor: 'aks-addon', revision: 'asm-1-29' } } } } },
    },
  };

  test('namespaces ask for it by revision, and proxies reach its control plane', async () => {
    const objects = await wholeCluster(addon, released);
    expect(objects.one('Namespace', namespaceOf('order')).metadata.labels).toMatchObject({
      'istio.io/rev': 'asm-1-29',
    });
    expect(JSON.stringify(objects.one('NetworkPolicy', 'namespace-mesh', namespaceOf('order')))).toContain(
      '"kubernetes.io/metadata.name":"aks-istio-system"',
    );
  });

  test('services are what they are elsewhere', async () => {
    const [here, there] = await Promise.all([whole(), wholeCluster(addon, released)]);
    const own = (objects: ClusterObjects) =>
      objects.all.filter(
        ({ kind, metadata }) => metadata.namespace === namespaceOf('order') && kind !== 'NetworkPolicy',
      );
    expect(own(there)).toEqual(own(here));
  });
});
