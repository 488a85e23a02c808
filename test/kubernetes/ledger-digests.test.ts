import { loadPlatform } from '../../bin/inputs';
import { registrationsOf } from '../../bin/registrations';
import { digestsPolicy, digestsRoom, LedgerDigests } from '../../lib/kubernetes/ledger-digests';
import type { Registered } from '../../lib/kubernetes/manifests';
import { clusterContext } from '../../stacks/kubernetes/cluster';

const context = clusterContext(loadPlatform('retailflow-azure', 'production'));
const image = `registry.example.com/failover@sha256:${'1'.repeat(64)}`;

describe('digests of ledgers in a cluster', () => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    resources = await registrationsOf(
      () => {
        new LedgerDigests('ledger-digests', { context, databases: ['order'], image, after: [] }, {});
      },
      { project: 'mainstay', stack: 'test' },
    );
  });
  const inputs = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map((each) => each.inputs as object);

  test('are taken four times an hour, one run at a time, and leave nothing that failed', () => {
    expect(inputs('CronJob')).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({ name: 'order', namespace: 'retailflow-azure-ledger-digests' }),
        spec: expect.objectContaining({
          schedule: '*/15 * * * *',
          concurrencyPolicy: 'Forbid',
          failedJobsHistoryLimit: 0,
          jobTemplate: expect.objectContaining({
            spec: expect.objectContaining({ backoffLimit: 2, activeDeadlineSeconds: 300 }),
          }),
        }),
      }),
    ]);
  });

  test('run confined, as an identity of their own, with a token for Azure alone', () => {
    const [job] = inputs('CronJob') as [{ spec: { jobTemplate: { spec: { template: { spec: object } } } } }];
    expect(job.spec.jobTemplate.spec.template.spec).toMatchObject({
      serviceAccountName: 'ledger-digests',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          image,
          command: expect.arrayContaining([
            'bin/ledger-digest.ts',
            expect.stringMatching(/^https:\/\/stretailflowazure\w+\.blob\.core\.windows\.net\/ledger-digests$/),
          ]),
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

  test('cannot be reached, and reach the server, the store and the issuer of tokens alone', () => {
    const { egress, policyTypes } = digestsPolicy(context, ['order']);
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

  test('have room for one run a database', () => {
    expect(digestsRoom(['order', 'sales']).count).toBe(2);
  });

  test('fails when the cloud keeps none', () => {
    const { digestStore: _none, ...cloud } = context.cloud;
    expect(() => digestsPolicy({ cloud }, ['order'])).toThrow(
      'digests must be kept on a cloud with a store of them, not azure',
    );
  });
});
