import { loadPlatform } from '../../bin/inputs';
import { registrationsOf } from '../../bin/registrations';
import { FlagRollout, flagsPolicy, flagsRoom } from '../../lib/kubernetes/flag-rollout';
import type { Registered } from '../../lib/kubernetes/manifests';
import { prometheusNetwork } from '../../lib/kubernetes/observability-network';
import { rolloutsOn } from '../../lib/platform/flag-rollout';
import { clusterContext } from '../../stacks/kubernetes/cluster';

const context = clusterContext(loadPlatform('retailflow-azure', 'production'));
const sets = rolloutsOn(context.platform, context.siteName);
const image = `registry.example.com/failover@sha256:${'1'.repeat(64)}`;
const mine = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'retailflow-azure-flag-rollout' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'flag-rollout' } },
};

describe('what changes flags in a cluster', () => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    resources = await registrationsOf(
      () => {
        new FlagRollout('flag-rollout', { context, sets, image, after: [] }, {});
      },
      { project: 'mainstay', stack: 'test' },
    );
  });
  const inputs = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map((each) => each.inputs as object);

  test('gives a set its turn every minute, one at a time, and ends before the next', () => {
    expect(inputs('CronJob')).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({ name: 'shop', namespace: 'retailflow-azure-flag-rollout' }),
        spec: expect.objectContaining({
          schedule: '* * * * *',
          concurrencyPolicy: 'Forbid',
          failedJobsHistoryLimit: 0,
          jobTemplate: expect.objectContaining({
            spec: expect.objectContaining({ backoffLimit: 0, activeDeadlineSeconds: 50 }),
          }),
        }),
      }),
    ]);
  });

  test('is told of the store, of the steps, and how to ask who fails', () => {
    const [job] = inputs('CronJob') as [
      { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ command: string[] }] } } } } } },
    ];
    const pod = job.spec.jobTemplate.spec.template.spec;
    expect(pod).toMatchObject({
      serviceAccountName: 'flag-rollout',
      automountServiceAccountToken: false,
      containers: [{ image, securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } }],
    });
    const { command } = pod.containers[0];
    const told = (option: string) => command.flatMap((word, index) => (word === option ? [command[index + 1]] : []));
    expect(command).toContain('bin/flag-rollout.ts');
    expect(told('--store')).toEqual([expect.stringMatching(/^https:\/\/appcs-[\w-]+-shop-\w{6}\.azconfig\.io$/)]);
    expect(['--set', '--minutes', '--step-percent', '--bake-minutes'].flatMap(told)).toEqual([
      'shop',
      '20',
      '20',
      '15',
    ]);
    expect(told('--prometheus')).toEqual(['http://prometheus-server.observability.svc.cluster.local:80']);
    expect(told('--failing')[0]).toMatch(
      /^label_replace\(.+"retailflow-azure-order".+, "service", "order", "", ""\) or label_replace\(.+"retailflow-azure-web".+, "service", "web", "", ""\)$/,
    );
  });

  test('cannot be reached, and reaches the store, Prometheus and the issuer of tokens alone', () => {
    const { egress, ingress, policyTypes } = flagsPolicy(context, sets);
    expect([policyTypes, ingress]).toEqual([['Egress'], undefined]);
    expect(egress).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        ],
        ports: [{ port: 9090, protocol: 'TCP' }],
      },
      { to: [{ ipBlock: { cidr: '10.16.17.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] },
      { to: [{ ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });

  test('is let in by Prometheus, where there are flags that the cloud does not change', () => {
    const askers = ({ platform }: typeof context) =>
      prometheusNetwork({ ...context, platform }).ingress?.flatMap(({ from }) => from);
    expect(askers(context)).toContainEqual(mine);
    expect(askers({ ...context, platform: { ...context.platform, flags: {} } })).not.toContainEqual(mine);
  });

  test('has room for one run a set', () => {
    expect(flagsRoom([...sets, ...sets]).count).toBe(2);
  });

  test('fails when the cloud changes flags by itself', () => {
    const { flagStores: _none, ...cloud } = context.cloud;
    expect(() => flagsPolicy({ cloud }, sets)).toThrow(
      'flags.shop must be on a cloud with a store of flags, not azure',
    );
  });
});
