import { clusterOf, digest, rendered, wholeCluster, type ClusterObjects } from '../support/kubernetes';
import { registerKeeper } from '../../stacks/kubernetes/keeper';

interface Deployment {
  readonly replicas: number;
  readonly strategy: object;
  readonly template: {
    readonly spec: {
      readonly serviceAccountName: string;
      readonly topologySpreadConstraints: readonly { readonly topologyKey: string }[];
      readonly containers: readonly {
        readonly image: string;
        readonly command: readonly string[];
        readonly env: readonly { readonly name: string; readonly value: string }[];
        readonly ports?: unknown;
        readonly startupProbe: { readonly exec: { readonly command: readonly string[] } };
      }[];
      readonly volumes: readonly object[];
    };
  };
}

interface Policy {
  readonly policyTypes: readonly string[];
  readonly egress: readonly {
    readonly to: readonly { readonly ipBlock: { readonly cidr: string } }[];
    readonly ports: readonly { readonly port: number }[];
  }[];
}

const namespace = 'retailflow-keeper';

describe('the keeper of a cluster', () => {
  let cluster: ClusterObjects;
  beforeAll(async () => {
    cluster = await wholeCluster({}, { failover: { digest } });
  });
  const deployment = () => cluster.one('Deployment', 'keeper', namespace).spec as Deployment;
  const container = () => {
    const [only, ...others] = deployment().template.spec.containers;
    expect(others).toEqual([]);
    if (only === undefined) throw new Error('the keeper must have a container');
    return only;
  };

  test('runs twice, in two zones, and never three times: its user has few connections', () => {
    expect(deployment()).toMatchObject({
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    });
    expect(deployment().template.spec.topologySpreadConstraints.map(({ topologyKey }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    expect(cluster.one('PodDisruptionBudget', 'keeper', namespace).spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('is the image that was told, keeps the site that it stands on, and knows latch, lease and servers', () => {
    const { command, env, image, ports } = container();
    expect(image).toMatch(new RegExp(`^\\w+\\.azurecr\\.io/retailflow-production/failover@${digest}$`));
    expect(command.join(' ')).toBe(
      'node --require tsx/cjs bin/keeper.ts --platform retailflow --stage production --site recovery --turned /tmp/turned',
    );
    expect(ports).toBeUndefined();
    expect(Object.fromEntries(env.map(({ name, value }) => [name, value]))).toEqual({
      KEEPER_LATCH: 'https://recovery.shop.example.com/.well-known/mainstay-leader.json',
      KEEPER_LEASE_SECONDS: '300',
      KEEPER_STORE: expect.stringMatching(
        /^postgresql:\/\/mainstay_keeper@[\w-]+\.writer\.postgres\.database\.azure\.com:5432$/,
      ),
      AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
      AZURE_TENANT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/token',
    });
  });

  test('acts as an account of its own, with one token, which is good to Entra ID alone', () => {
    const { serviceAccountName, volumes } = deployment().template.spec;
    expect(serviceAccountName).toBe('keeper');
    expect(cluster.of('ServiceAccount', namespace).map(({ metadata }) => metadata.name)).toEqual(['keeper']);
    expect(JSON.stringify(volumes).match(/"audience":"[^"]+"/g)).toEqual(['"audience":"api://AzureADTokenExchange"']);
    expect(cluster.of('RoleBinding', namespace)).toEqual([]);
  });

  test('reaches the servers of its databases past their pools, and the internet by HTTPS; nobody reaches it', () => {
    const { egress, policyTypes } = cluster.one('NetworkPolicy', 'keeper', namespace).spec as Policy;
    expect(policyTypes).toEqual(['Egress']);
    expect(
      egress.map(({ ports, to }) => [to.map(({ ipBlock }) => ipBlock.cidr), ports.map(({ port }) => port)]),
    ).toEqual([
      [[expect.stringMatching(/^10\./)], [5432]],
      [['0.0.0.0/0'], [443]],
    ]);
  });

  test('is asked whether it takes turns still, which it does not once a minute has passed', () => {
    expect(container().startupProbe.exec.command).toEqual(['sh', '-c', 'test -n "$(find /tmp/turned -mmin -1)"']);
  });

  test('is not there where nothing is kept', async () => {
    const context = clusterOf({
      databases: { store: { on: ['primary', 'recovery'] } },
      edge: null,
      stages: { staging: { loadTests: null } },
    });
    const { all } = await rendered((options) => registerKeeper(context, { namespaces: {}, systems: {} }, options));
    expect(all).toEqual([]);
  });
});
