import { loadPlatform } from '../../bin/inputs';
import { registrationsOf } from '../../bin/registrations';
import { digesting, LedgerJobs, ledgerPolicy, ledgerRoom, verifying } from '../../lib/kubernetes/ledger-jobs';
import type { Registered } from '../../lib/kubernetes/manifests';
import { clusterContext } from '../../stacks/kubernetes/cluster';

const context = clusterContext(loadPlatform('retailflow-azure', 'production'));
const image = `registry.example.com/failover@sha256:${'1'.repeat(64)}`;

interface Job {
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: object } } } };
}

describe('what is done with ledgers in a cluster', () => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    resources = await registrationsOf(
      () => {
        for (const task of [digesting, verifying]) {
          new LedgerJobs(task.word, { context, task, databases: ['order'], image, after: [] }, {});
        }
      },
      { project: 'mainstay', stack: 'test' },
    );
  });
  const inputs = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map((each) => each.inputs as object);

  const jobIn = (namespace: string): Job | undefined =>
    (inputs('CronJob') as Job[]).find(({ metadata }) => metadata.namespace === `retailflow-azure-${namespace}`);

  test('has a job a task and database, one run at a time', () => {
    expect(inputs('CronJob')).toHaveLength(2);
    for (const job of inputs('CronJob')) {
      expect(job).toMatchObject({
        metadata: { name: 'order' },
        spec: { concurrencyPolicy: 'Forbid', successfulJobsHistoryLimit: 1 },
      });
    }
  });

  test('takes digests four times an hour, and keeps nothing that failed', () => {
    expect(jobIn('ledger-digests')).toMatchObject({
      spec: {
        schedule: '*/15 * * * *',
        failedJobsHistoryLimit: 0,
        jobTemplate: { spec: { backoffLimit: 2, activeDeadlineSeconds: 300 } },
      },
    });
  });

  test('verifies every night, tries twice, and keeps what failed for people', () => {
    expect(jobIn('ledger-verification')).toMatchObject({
      spec: {
        schedule: '30 2 * * *',
        failedJobsHistoryLimit: 1,
        jobTemplate: { spec: { backoffLimit: 1, activeDeadlineSeconds: 14_400 } },
      },
    });
  });

  test.each([
    ['ledger-digests', 'bin/ledger-digest.ts'],
    ['ledger-verification', 'bin/ledger-verification.ts'],
  ])('runs %s confined, as an identity of its own, with a token for Azure alone', (word, program) => {
    expect(jobIn(word)?.spec.jobTemplate.spec.template.spec).toMatchObject({
      serviceAccountName: word,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          image,
          command: expect.arrayContaining([
            program,
            expect.stringMatching(/^https:\/\/stretailflowazure\w+\.blob\.core\.windows\.net\/ledger-digests$/),
          ]),
          env: expect.arrayContaining([{ name: 'AZURE_CLIENT_ID', value: context.cloud.identity(word).clientId }]),
          securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        },
      ],
      volumes: expect.arrayContaining([
        expect.objectContaining({
          projected: {
            sources: [{ serviceAccountToken: expect.objectContaining({ audience: 'api://AzureADTokenExchange' }) }],
          },
        }),
      ]),
    });
  });

  test('cannot be reached, and reaches the server, the store and the issuer of tokens alone', () => {
    const { egress, podSelector, policyTypes } = ledgerPolicy(context, verifying, ['order']);
    expect(podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'ledger-verification' } });
    expect(policyTypes).toEqual(['Egress']);
    expect(egress).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.16.17.0/24' } }],
        ports: [
          { port: 443, protocol: 'TCP' },
          { port: 1433, protocol: 'TCP' },
        ],
      },
      { to: [{ ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });

  test('has room for one run a database', () => {
    expect(ledgerRoom(['order', 'sales']).count).toBe(2);
  });

  test('fails when the cloud keeps none', () => {
    const { digestStore: _none, ...cloud } = context.cloud;
    expect(() => ledgerPolicy({ cloud }, digesting, ['order'])).toThrow(
      'digests must be kept on a cloud with a store of them, not azure',
    );
  });
});
