import { parseAllDocuments } from 'yaml';
import { failoverJob } from '../../bin/failover-job';
import { fullSize } from '../../bin/failover-site';
import { loadPlatform } from '../../bin/inputs';
import { formatFinding } from '../../lib/review/finding';
import type { Json } from '../../lib/review/json';
import { clustersOf } from '../../lib/review/kubernetes/read-cluster';
import { findingsIn } from '../../lib/review/kubernetes/review';
import { renderedCluster } from '../support/clusters';

const digest = `sha256:${'a'.repeat(64)}`;
const input = loadPlatform('retailflow', 'production');
const text = failoverJob(input, { digest, job: 'plan-1', args: ['plan', '--run', 'storm'] });

/** As much of an object as is looked at here. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly rules: readonly Readonly<Record<'resources' | 'resourceNames' | 'verbs', readonly string[]>>[];
  readonly spec: {
    readonly backoffLimit: number;
    readonly policyTypes: readonly string[];
    readonly egress: readonly {
      readonly to: readonly { readonly ipBlock: { readonly cidr: string } }[];
      readonly ports: readonly { readonly port: number }[];
    }[];
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
}

interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly envFrom: readonly object[];
  readonly stdin: boolean;
  readonly tty: boolean;
}

const objects = parseAllDocuments(text, { version: '1.1' }).map((each) => each.toJS() as Rendered);
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

describe('the failover control as a job of the cluster', () => {
  test('passes every gate beside everything else of the cluster, but for what no file makes', async () => {
    const { cluster, registry, texts } = await renderedCluster('retailflow', 'production');
    const own = objects.map((object) => {
      const { kind, metadata } = object;
      const file = `${cluster}/${metadata.namespace}/${kind.toLowerCase()}-${metadata.name}.yaml`;
      return [file, object as unknown as Json] as const;
    });
    const rest = Object.entries(texts).map(
      ([file, content]) =>
        [`${cluster}/${file}`, parseAllDocuments(content, { version: '1.1' })[0]?.toJS() as Json] as const,
    );
    const findings = findingsIn(clustersOf([...rest, ...own]), { registry }).map(formatFinding);
    expect(findings).toEqual([
      // People make it, since it holds passwords.
      expect.stringMatching(/^\[secret-references\] .*job-plan-1\.yaml .* got failover, of none/),
      // Kubernetes makes it in every namespace.
      expect.stringMatching(/^\[references\] .*job-plan-1\.yaml .* got "kube-root-ca\.crt"/),
    ]);
  });

  test('runs as the identity that made the roles which a promotion changes, from the registry of the site, and once', () => {
    const [job] = ofKind('Job');
    expect(job?.metadata).toMatchObject({ name: 'plan-1', namespace: 'retailflow-migration' });
    expect(job?.spec.backoffLimit).toBe(0);
    const pod = job?.spec.template.spec;
    expect(pod).toMatchObject({
      serviceAccountName: 'migration',
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
    });
    const [control] = pod?.containers ?? [];
    expect(control?.image).toMatch(new RegExp(`^\\w+\\.azurecr\\.io/retailflow-production/failover@${digest}$`));
    expect(control?.command.slice(-8)).toEqual([
      ...['bin/failover.ts', 'plan', '--run', 'storm'],
      // The image holds every platform.
      ...['--platform', 'retailflow', '--stage', 'production'],
    ]);
    expect([control?.stdin, control?.tty]).toEqual([true, true]);
  });

  test('is the image that was told, unless it says another, and knows what the site told, whenever it was built', () => {
    const told = `sha256:${'b'.repeat(64)}`;
    const keeper = { clientId: digest.slice(-36), principalId: '00000000-0000-4000-8000-000000000007' };
    const later = failoverJob(
      {
        ...input,
        releases: { failover: { digest: told } },
        outputs: { identities: { keeper }, edge: { host: 'shop.z01.azurefd.net', address: '20.0.0.1' } },
      },
      { job: 'follow-1', args: ['follow'] },
    );
    expect(later).toContain(`failover@${told}`);
    expect(later).toContain(`name: FAILOVER_KEEPER\n              value: ${keeper.principalId}`);
    expect(later).toMatch(/name: FAILOVER_ADDRESS\n +value: (20\.0\.0\.1|shop\.z01\.azurefd\.net)/);
    expect(() => failoverJob(input, { job: 'plan-1', args: ['plan'] })).toThrow(/--digest must be sha256: and 64/);
  });

  test('holds nothing secret: passwords come from a secret of the cluster', () => {
    const [control] = ofKind('Job')[0]?.spec.template.spec.containers ?? [];
    expect(control?.env.map(({ name }) => name)).toEqual([
      'AZURE_CLIENT_ID',
      'AZURE_TENANT_ID',
      'AZURE_FEDERATED_TOKEN_FILE',
    ]);
    expect(control?.envFrom).toEqual([{ secretRef: { name: 'failover', optional: true } }]);
  });

  test('may say how many pods a service has and whether its jobs wait, by their names, and nothing else', () => {
    const roles = ofKind('Role');
    expect(roles.map(({ metadata }) => metadata.namespace)).toEqual([
      ...Object.keys(input.platform.services).map((service) => `retailflow-${service}`),
      'retailflow-gateway',
    ]);
    for (const { metadata, rules } of roles) {
      const word = metadata.namespace.replace('retailflow-', '');
      const kind = word === 'gateway' ? 'deployments' : 'rollouts';
      expect(rules.map((rule) => [rule.resources, rule.resourceNames, rule.verbs])).toEqual([
        [[kind], [word], ['get']],
        [[`${kind}/scale`], [word], ['get', 'patch']],
        ...(['order', 'payment'].includes(word) ? [[['cronjobs'], [`${word}-reconcile`], ['get', 'patch']]] : []),
      ]);
    }
    expect(ofKind('RoleBinding').map(({ metadata }) => metadata.namespace)).toEqual(
      roles.map(({ metadata }) => metadata.namespace),
    );
    expect(ofKind('ClusterRole')).toEqual([]);
  });

  test('scales what there is: every service of the cluster, as what it is rendered as', async () => {
    const { texts } = await renderedCluster('retailflow', 'production');
    const files = fullSize(input.platform)
      .filter(({ kind }) => kind === 'Rollout')
      .map(({ name, namespace }) => `${namespace}/rollout-${name}.yaml`);
    expect(files).toHaveLength(Object.keys(input.platform.services).length);
    expect(files.filter((file) => !Object.hasOwn(texts, file))).toEqual([]);
  });

  test('reaches databases of both sites, and of private networks nothing but what it needs', () => {
    const [policy] = ofKind('NetworkPolicy');
    const ways = policy?.spec.egress.map((rule) => [rule.to[0]?.ipBlock.cidr, rule.ports.map(({ port }) => port)]);
    expect(ways).toEqual([
      ['10.32.16.64/26', [5432]],
      ['10.16.0.0/16', [5432]],
      ['10.32.17.0/24', [443]],
      ['0.0.0.0/0', [443]],
      ['10.32.16.0/28', [443]],
    ]);
    expect(policy?.spec.policyTypes).toEqual(['Egress']);
  });

  test('fails when it is told nothing that it could run', () => {
    const problems = (stage: string, command: { digest: string; job: string; args: readonly string[] }) => {
      try {
        failoverJob(loadPlatform('retailflow', stage), command);
        return [];
      } catch (error) {
        return (error as { problems: readonly { path: string }[] }).problems.map(({ path }) => path);
      }
    };
    expect(problems('production', { digest: 'latest', job: 'Plan', args: [] })).toEqual([
      '--digest',
      '--job',
      'command',
    ]);
    expect(problems('development', { digest, job: 'plan', args: ['status'] })).toEqual(['--stage']);
  });
});
