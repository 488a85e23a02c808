import { loadPlatform } from '../../bin/inputs';
import { registrationsOf } from '../../bin/registrations';
import { images } from '../../lib/platform/cluster-images';
import type { Registered } from '../../lib/kubernetes/manifests';
import { copiedImage } from '../../lib/kubernetes/copied-image';
import { sqlServerUses } from '../../lib/kubernetes/migration-sql-server';
import { migrationPolicy, Migrations } from '../../lib/kubernetes/migrations';
import { migrationWord } from '../../lib/platform/names';
import retailflowAzure from '../../platforms/retailflow-azure';
import { clusterContext } from '../../stacks/kubernetes/cluster';
import { resolved, retailflowWith } from '../support/platform';

const input = loadPlatform('retailflow', 'production');
const told = {
  ...input,
  outputs: {
    ...input.outputs,
    identities: {
      migration: {
        clientId: '11111111-1111-4111-8111-111111111111',
        principalId: '22222222-2222-4222-8222-222222222222',
      },
      order: { clientId: '33333333-3333-4333-8333-333333333333', principalId: '44444444-4444-4444-8444-444444444444' },
    },
  },
};
const programsImage = `registry.example.com/failover@sha256:${'1'.repeat(64)}`;
const registered = async (given = told): Promise<readonly Registered[]> =>
  registrationsOf(
    () => {
      const context = clusterContext(given);
      const images = { postgres: copiedImage(context, 'postgres'), programs: programsImage };
      new Migrations(migrationWord, { context, images, after: [] }, {});
    },
    { project: 'mainstay', stack: 'test' },
  );

interface Object_ {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, string>>;
}
const ofKind = (resources: readonly Registered[], kind: string): readonly Object_[] =>
  resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs as unknown as Object_);

interface Pod {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly automountServiceAccountToken: boolean;
    readonly serviceAccountName: string;
    readonly restartPolicy: string;
    readonly securityContext: object;
    readonly containers: readonly {
      readonly image: string;
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly securityContext: object;
    }[];
    readonly volumes: readonly Readonly<Record<string, unknown>>[];
  };
}
const podOf = ({ spec }: Object_): Pod => spec['template'] as Pod;

describe('the migrations of a cluster', () => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    resources = await registered();
  });
  const jobs = () => ofKind(resources, 'Job');
  const orders = () => jobs().find(({ metadata }) => metadata.name.startsWith('store-order-'));

  test('are one a user and database, or one a database of SQL Server, each beside its SQL', () => {
    const names = jobs().map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}$/, ''));
    expect([...names].sort()).toEqual([
      'analytics-backup-contents',
      ...['analytics', 'catalog', 'feed-analytics', 'feed-archive', 'notification', 'order', 'payment', 'user'].map(
        (user) => `store-${user}`,
      ),
    ]);
    expect(ofKind(resources, 'ConfigMap').map(({ metadata }) => metadata.name)).toEqual(
      jobs().map(({ metadata }) => metadata.name),
    );
    for (const { metadata } of jobs()) expect(metadata.namespace).toBe('retailflow-migration');
  });

  test('run psql by digest, confined, as the account of the identity and without credentials of the cluster', () => {
    const pod = podOf(orders() as Object_);
    expect(pod.spec).toMatchObject({
      serviceAccountName: 'migration',
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const [container] = pod.spec.containers;
    expect(container?.image).toMatch(new RegExp(`/copies/postgres@${images.postgres.digest}$`));
    expect(container?.securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('show the token of their account to the cloud alone, and stay out of the mesh', () => {
    const pod = podOf(orders() as Object_);
    expect(pod.spec.volumes.find(({ name }) => name === 'account')).toMatchObject({
      projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange', path: 'token' } }] },
    });
    expect(pod.metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
    expect(pod.metadata.labels).not.toHaveProperty('azure.workload.identity/use');
  });

  test('log in as the administrator and tie the user to the identity of the service', () => {
    const env = Object.fromEntries(
      (podOf(orders() as Object_).spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]),
    );
    expect(env).toMatchObject({
      PGUSER: 'id-retailflow-production-migration',
      PGHOST: expect.stringMatching(/^psqlve-retailflow-production-store-\w+\.writer\.postgres\.database\.azure\.com$/),
      PGPORT: '5432',
      PGOPTIONS: '-c mainstay.principal=44444444-4444-4444-8444-444444444444',
      TOKEN_URL: expect.stringMatching(/^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/oauth2\/v2\.0\/token$/),
      TOKEN_FORM: expect.stringContaining('client_id=11111111-1111-4111-8111-111111111111'),
    });
  });

  test('are new ones when an identity changes, and stay when nothing does', async () => {
    const { migration } = told.outputs.identities;
    const order = { clientId: migration.clientId, principalId: '55555555-5555-4555-8555-555555555555' };
    const other = await registered({ ...told, outputs: { ...told.outputs, identities: { migration, order } } });
    const namesOf = (given: readonly Registered[]) => ofKind(given, 'Job').map(({ metadata }) => metadata.name);
    expect(namesOf(await registered())).toEqual(namesOf(resources));
    expect(namesOf(other).filter((name) => !namesOf(resources).includes(name))).toEqual([
      expect.stringMatching(/^store-order-/),
    ]);
  });

  test('cannot be reached, and reach the servers and the issuer of tokens alone', () => {
    const [policy] = ofKind(resources, 'NetworkPolicy');
    expect(policy?.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'migration' } },
      policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: expect.stringMatching(/^10\.32\./) } }], ports: [{ port: 5432, protocol: 'TCP' }] },
        { to: [{ ipBlock: { cidr: '10.32.17.0/24' } }], ports: [{ port: 1433, protocol: 'TCP' }] },
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8']) } }],
          ports: [{ port: 443, protocol: 'TCP' }],
        },
      ],
    });
  });

  test('reach nothing of databases that they do not use', () => {
    expect(migrationPolicy(clusterContext(told), { postgres: [], sqlServer: [] }).egress).toHaveLength(1);
  });

  test('lay the contents of SQL Server by a program of ours, as the identity that administers the server', () => {
    const contents = jobs().find(({ metadata }) => metadata.name.startsWith('analytics-backup-contents-'));
    const [container] = podOf(contents as Object_).spec.containers;
    expect(container).toMatchObject({
      image: programsImage,
      command: expect.arrayContaining(['bin/sql-contents.ts', '--port', '1433', '--database', 'analytics_backup']),
      env: expect.arrayContaining([
        { name: 'AZURE_CLIENT_ID', value: '11111111-1111-4111-8111-111111111111' },
        { name: 'AZURE_FEDERATED_TOKEN_FILE', value: '/var/run/secrets/azure/token' },
      ]),
    });
    const sql = ofKind(resources, 'ConfigMap').find(({ metadata }) => metadata.name === contents?.metadata.name);
    expect(sql?.data['migration.sql']).toContain('CREATE USER [svc_feed_analytics]');
  });

  test('fails when the cloud has no SQL Server', () => {
    const context = clusterContext(told);
    const { sqlServer: _none, ...cloud } = context.cloud;
    expect(() => migrationPolicy({ cloud }, { postgres: [], sqlServer: ['analytics-backup'] })).toThrow(
      'databases.analytics-backup must be on a cloud with SQL Server, not azure',
    );
  });
});

describe('the contents of databases of SQL Server', () => {
  const azure = resolved(retailflowAzure);

  test('are laid for every database, and before everybody who has a user in one is released', () => {
    expect(sqlServerUses(azure, 'primary').map(({ database, users }) => [database, users])).toEqual(
      ['catalog', 'inventory', 'order', 'customer', 'notification', 'analytics'].sort().map((name) => [name, [name]]),
    );
  });

  test('are laid in a scope by its own administrator alone', () => {
    expect(sqlServerUses(azure, 'primary', 'migration-cards').map(({ database }) => database)).toEqual(['payment']);
  });

  test('are laid nowhere where no such database is', () => {
    expect(sqlServerUses(resolved(retailflowWith({})), 'primary')).toEqual([]);
  });
});
