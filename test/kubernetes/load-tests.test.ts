import { loadPlatform } from '../../bin/inputs';
import { registrationsOf } from '../../bin/registrations';
import { LoadTests, loadsPolicy, loadsRoom } from '../../lib/kubernetes/load-tests';
import type { Registered } from '../../lib/kubernetes/manifests';
import { loads } from '../../lib/platform/nouns/load-tests';
import { clusterContext } from '../../stacks/kubernetes/cluster';

const context = clusterContext(loadPlatform('techflow', 'staging'));
const image = `registry.example.com/failover@sha256:${'1'.repeat(64)}`;

describe('load tests in a cluster', () => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    const spec = loads.parse({ schedule: '30 2 * * 0', timeZone: 'Europe/Berlin' });
    resources = await registrationsOf(
      () => {
        new LoadTests('load-tests', { context, loads: spec, image, after: [] }, {});
      },
      { project: 'mainstay', stack: 'test' },
    );
  });
  const inputs = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map((each) => each.inputs as object);

  test('begin by the clock of the definition, one run at a time, each program once', () => {
    expect(inputs('CronJob')).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({ name: 'regression', namespace: 'techflow-load-tests' }),
        spec: expect.objectContaining({
          schedule: '30 2 * * 0',
          timeZone: 'Europe/Berlin',
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          jobTemplate: expect.objectContaining({
            spec: expect.objectContaining({
              completionMode: 'Indexed',
              completions: 6,
              parallelism: 6,
              backoffLimitPerIndex: 0,
              activeDeadlineSeconds: 4260,
            }),
          }),
        }),
      }),
    ]);
  });

  test('run k6 first, which has no token, and then what keeps its summary, which has one for Azure alone', () => {
    const [job] = inputs('CronJob') as [{ spec: { jobTemplate: { spec: { template: object } } } }];
    expect(job.spec.jobTemplate.spec.template).toMatchObject({
      metadata: {
        labels: { 'sidecar.istio.io/inject': 'false' },
        annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
      },
      spec: {
        serviceAccountName: 'load-tests',
        automountServiceAccountToken: false,
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true },
        initContainers: [
          {
            name: 'k6',
            image: expect.stringMatching(/\.azurecr\.io\/techflow-staging\/copies\/k6@sha256:[0-9a-f]{64}$/),
            command: ['sh', '-c', 'k6 run --quiet --no-usage-report /load/script.js || test $? -eq 99'],
            env: [
              {
                name: 'PROGRAM',
                valueFrom: {
                  fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" },
                },
              },
              { name: 'PROGRAMS', value: '6' },
              {
                name: 'RUN',
                valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } },
              },
              { name: 'SUMMARY', value: '/tmp/summary.json' },
            ],
            resources: { requests: { cpu: '2', memory: '8Gi' }, limits: { memory: '8Gi' } },
            securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'script', mountPath: '/load', readOnly: true }, { name: 'tmp' }],
          },
        ],
        containers: [
          {
            name: 'keep',
            image,
            command: expect.arrayContaining([
              'bin/load-result.ts',
              '/tmp/summary.json',
              expect.stringMatching(/^https:\/\/sttechflow\w+\.blob\.core\.windows\.net\/load-tests$/),
            ]),
            securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'cloud' }, { name: 'tmp' }],
          },
        ],
        volumes: [{ name: 'script', configMap: { name: 'regression' } }, { name: 'cloud' }, { name: 'tmp' }],
      },
    });
  });

  test('walk the script of the definition', () => {
    const [{ data }] = inputs('ConfigMap') as [{ data: Readonly<Record<string, string>> }];
    expect(Object.keys(data)).toEqual(['script.js']);
    expect(data['script.js']).toContain('"origin": "https://staging.app.example.com"');
    expect(data['script.js']).toContain("'p(95)<=' + bound");
  });

  test('cannot be reached, and reach the store and the internet by one port', () => {
    const { egress, policyTypes } = loadsPolicy(context);
    const ports = [{ port: 443, protocol: 'TCP' }];
    expect(policyTypes).toEqual(['Egress']);
    expect(egress).toEqual([
      { to: [{ ipBlock: { cidr: expect.stringMatching(/^10\.18\.\d+\.0\/24$/) } }], ports },
      { to: [{ ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }], ports },
    ]);
  });

  test('have room for every program at once', () => {
    expect(loadsRoom([{ count: 6, vcpu: 2, memoryGiB: 8 }])).toEqual([
      { count: 6, capacity: { vcpu: 2, memoryGiB: 8 } },
    ]);
  });

  test('fails when the cloud keeps no results', () => {
    const { loadStore: _none, ...cloud } = context.cloud;
    expect(() => loadsPolicy({ cloud })).toThrow('load tests must run on a cloud with a store of results, not azure');
  });
});
