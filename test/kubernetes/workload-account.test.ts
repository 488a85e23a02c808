import { workloadAccount } from '../../lib/kubernetes/workload-account';
import { clusterOf, rendered } from '../support/kubernetes';

const identity = {
  clientId: '00000000-0000-4000-8000-000000000001',
  principalId: '00000000-0000-4000-8000-000000000002',
};
const context = clusterOf({}, { outputs: { identities: { order: identity } } });

test('a workload has an account of its own, which acts as its identity and gives no token of the cluster', async () => {
  const objects = await rendered((options) => {
    workloadAccount('order', { context, word: 'order', team: 'order' }, options);
  });
  expect(objects.all).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'order',
        namespace: 'retailflow-order',
        labels: expect.objectContaining({ team: 'order' }) as unknown,
        annotations: {
          'azure.workload.identity/client-id': identity.clientId,
          'azure.workload.identity/tenant-id': '00000000-0000-0000-0000-000000000000',
        },
      },
      automountServiceAccountToken: false,
    },
  ]);
});
