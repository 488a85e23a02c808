import { azureIdentity } from '../../../../lib/platform/azure-names';
import { azureSecretName, kubernetesAccount } from '../../../../lib/platform/names';
import { azureHosts, azurePorts } from '../../../../lib/platform/azure-hosts';
import { callersOf, siteOn, standsOn, type Platform } from '../../../../lib/platform/platform';
import { azureSubnetKey } from '../../../../lib/platform/subnets';
import { listOf, objectOf, stringsOf, textOf } from '../../../../lib/review/json';
import { behind } from '../../../../lib/review/kubernetes/addresses';
import { principalOf } from '../../../../lib/review/kubernetes/mesh';
import { isOpen, waysOf, type Endpoint } from '../../../../lib/review/kubernetes/network';
import { selects } from '../../../../lib/review/kubernetes/selectors';
import { loadPlatform } from '../../../../bin/inputs';
import { renderedCluster } from '../../../support/clusters';
import { ClusterView, said, specOf } from '../../support/cluster';

const { platform } = loadPlatform('retailflow', 'production');
let view: ClusterView;
beforeAll(async () => {
  view = new ClusterView(await renderedCluster('retailflow', 'production'));
});

const services = Object.entries(platform.services).map(([name, spec]) => ({ name, spec }));
const calls = services.flatMap(({ name, spec }) => spec.uses.calls.map((callee) => ({ name, callee })));

const endpointOf = (service: string): Endpoint => {
  const workload = view.workload(service);
  return { namespace: workload.namespace, labels: workload.labels, workload };
};

/** Address ranges and ports outside of the cluster to which a service may go. */
const reachOf = (service: string): readonly { readonly cidr: string; readonly ports: readonly string[] }[] =>
  (waysOf(view.rendered.read, endpointOf(service), 'egress') ?? []).flatMap(({ rule }) =>
    listOf(rule.to)
      .map((peer) => objectOf(objectOf(peer).ipBlock).cidr)
      .flatMap((cidr) =>
        cidr === undefined
          ? []
          : [{ cidr: textOf(cidr) ?? '', ports: listOf(rule.ports).map((port) => said(objectOf(port).port)) }],
      ),
  );

/** Hosts outside of the cluster that the mesh lets a service ask, with their ports: `db.example.com:6432`. */
const hostsOf = (service: string): readonly string[] =>
  view
    .ofKind('ServiceEntry')
    .filter((entry) => {
      const exported = stringsOf(specOf(entry).exportTo);
      const own = view.namespace(service);
      return (
        (entry.namespace === own && (exported.length === 0 || exported.includes('.'))) ||
        exported.includes('*') ||
        exported.includes(own)
      );
    })
    .flatMap((entry) =>
      stringsOf(specOf(entry).hosts).flatMap((host) =>
        listOf(specOf(entry).ports).map((port) => `${host}:${said(objectOf(port).number)}`),
      ),
    );

/** Policies of the mesh that let somebody in to a service. */
const letIn = (service: string): readonly string[] =>
  view
    .ofKind('AuthorizationPolicy', view.namespace(service))
    .filter((policy) => selects(specOf(policy).selector, view.workload(service).labels))
    .filter((policy) => (specOf(policy).action ?? 'ALLOW') === 'ALLOW')
    .flatMap((policy) => listOf(specOf(policy).rules).map(objectOf))
    .flatMap(({ from, to }) =>
      listOf(from)
        .flatMap((source) => stringsOf(objectOf(objectOf(source).source).principals))
        .flatMap((principal) =>
          listOf(to)
            .flatMap((each) => stringsOf(objectOf(objectOf(each).operation).ports))
            .map((port) => `${principal} ${port}`),
        ),
    );

const site = siteOn(platform, 'azure');
const rangeOf = (subnet: 'endpoints' | 'postgres'): string =>
  platform.allocations.addresses[azureSubnetKey('recovery', subnet)] ?? '';
const where = {
  name: platform.name,
  site: platform.stageName,
  subscription: site?.subscription ?? '',
  region: site?.region ?? '',
};

/** What a service uses outside of the cluster: host, port and the range behind it. */
function outsideOf(
  service: string,
  { databases, services: specs }: Platform,
): readonly { host: string; port: number; range: string }[] {
  const uses = specs[service]?.uses;
  if (uses === undefined) return [];
  const here = <Noun extends 'buckets' | 'caches' | 'databases' | 'queues' | 'topics'>(
    noun: Noun,
    names: readonly string[],
  ) => names.filter((name) => standsOn(platform, 'recovery', noun, name));
  const bus = [...here('queues', [...uses.sends, ...uses.receives]), ...here('topics', uses.publishes)];
  return [
    ...here('databases', uses.databases).flatMap((name) => {
      const { environment } = view.told(service);
      const variable = `DATABASE_${name.replaceAll('-', '_').toUpperCase()}`;
      const host = environment[`${variable}_HOST`] ?? '';
      const isPostgres = databases[name]?.engine === 'postgres';
      return [
        { host, port: Number(environment[`${variable}_PORT`]), range: rangeOf(isPostgres ? 'postgres' : 'endpoints') },
      ];
    }),
    ...here('caches', uses.caches).map((name) => ({
      host: azureHosts.cache(where, name),
      port: azurePorts.cache,
      range: rangeOf('endpoints'),
    })),
    ...here('buckets', [...new Set([...uses.reads, ...uses.writes])]).map((name) => ({
      host: new URL(view.told(service).environment[`BUCKET_${name.replaceAll('-', '_').toUpperCase()}_URL`] ?? '').host,
      port: 443,
      range: rangeOf('endpoints'),
    })),
    ...(bus.length === 0
      ? []
      : [{ host: azureHosts.serviceBus(where), port: azurePorts.serviceBus, range: rangeOf('endpoints') }]),
    ...uses.integrations.map((name) => ({
      host: platform.integrations[name]?.host ?? '',
      port: platform.integrations[name]?.port ?? 0,
      range: '0.0.0.0/0',
    })),
  ];
}

describe.each(calls)('$name calls $callee', ({ callee, name }) => {
  const port = platform.services[callee]?.port ?? 0;

  test('by an address that leads to its pods', () => {
    const url = new URL(view.told(name).environment[`SERVICE_${callee.replaceAll('-', '_').toUpperCase()}_URL`] ?? '');
    const [service = '', namespace = ''] = url.hostname.split('.');
    const found = behind(view.rendered.read, { service, namespace });
    expect(found?.workloads.map(({ object }) => object.name)).toEqual([callee]);
    expect(found?.port(Number(url.port))).toBe(port);
  });

  test('through policies of the network at both ends', () => {
    const way = { from: endpointOf(name), to: endpointOf(callee), port: `TCP/${port}` };
    for (const direction of ['egress', 'ingress'] as const) {
      expect(isOpen(view.rendered.read, { ...way, direction })).toBe(true);
    }
  });

  test('as an account that the mesh of the called lets in', () => {
    expect(letIn(callee)).toContain(`${principalOf(view.workload(name))} ${port}`);
  });
});

describe.each(services)('$name', ({ name, spec }) => {
  test('runs as the account that is its identity on Azure', () => {
    const workload = view.workload(name);
    expect(workload.account).toBe(kubernetesAccount(name));
    const account = view.object('ServiceAccount', workload.account, view.namespace(name));
    expect(Object.keys(account.annotations)).toEqual(
      expect.arrayContaining(['azure.workload.identity/client-id', 'azure.workload.identity/tenant-id']),
    );
    expect(workload.labels['azure.workload.identity/use']).toBe('true');
    expect(azureIdentity(where, name)).toContain(name);
  });

  test('reaches what it uses outside of the cluster: known to the mesh, and let out by the network', () => {
    const used = outsideOf(name, platform);
    const [hosts, reach] = [hostsOf(name), reachOf(name)];
    for (const { host, port, range } of used) {
      expect(hosts).toContain(`${host}:${port}`);
      expect(reach.filter(({ cidr, ports }) => cidr === range && ports.includes(String(port)))).not.toEqual([]);
    }
    expect(used.length > 0 || spec.uses.calls.length > 0).toBe(true);
  });

  test('reaches no other range than those of what it uses, and of what gives it tokens', () => {
    const used = new Set([...outsideOf(name, platform).map(({ port, range }) => `${range} ${port}`), '0.0.0.0/0 443']);
    // Secrets are read by External Secrets, and not by the service.
    const open = reachOf(name).flatMap(({ cidr, ports }) => ports.map((port) => `${cidr} ${port}`));
    expect([...new Set(open)].filter((each) => !used.has(each))).toEqual([]);
  });

  test('is given each secret of its own, from the vault, by its own account', () => {
    const { secrets } = view.told(name);
    const wanted = spec.uses.secrets.flatMap((secret) =>
      (platform.secrets[secret]?.fields ?? []).map((field) => azureSecretName(secret, field)),
    );
    const read = Object.values(secrets).map(({ key, secret }) => {
      const external = specOf(view.object('ExternalSecret', secret, view.namespace(name)));
      const store = specOf(
        view.object('SecretStore', textOf(objectOf(external.secretStoreRef).name) ?? '', view.namespace(name)),
      );
      const vault = objectOf(objectOf(store.provider).azurekv);
      expect(vault.vaultUrl).toBe(azureHosts.vault(where));
      expect(objectOf(vault.serviceAccountRef).name).toBe(kubernetesAccount(name));
      const entry = listOf(external.data)
        .map(objectOf)
        .find(({ secretKey }) => secretKey === key);
      return textOf(objectOf(entry?.remoteRef).key) ?? '';
    });
    expect(read.sort()).toEqual(wanted.sort());
  });

  test('is reached by those that call it, the gateway if it is routed, and nobody else of the platform', () => {
    const callers = [...callersOf(platform, name), ...(spec.routes.length > 0 ? ['gateway'] : [])];
    const principals = callers.map(
      (caller) => `cluster.local/ns/${view.namespace(caller)}/sa/${kubernetesAccount(caller)} ${spec.port}`,
    );
    const own = letIn(name).filter((line) => line.includes(`/ns/${platform.name}-`));
    expect([...new Set(own)].sort()).toEqual(principals.sort());
  });
});
