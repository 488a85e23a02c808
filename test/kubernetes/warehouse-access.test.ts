import { outsideOf } from '../../lib/kubernetes/outside';
import { WarehouseAccess, warehouseMounts, warehouseVolumes } from '../../lib/kubernetes/warehouse-access';
import { clusterContext } from '../../stacks/kubernetes/cluster';
import { resolved } from '../support/platform';
import { rendered } from '../support/kubernetes';
import { techflowWith } from '../support/techflow';

const context = clusterContext({ platform: resolved(techflowWith({})), releases: {}, outputs: { identities: {} } });
const hosts = (service: string) =>
  outsideOf(context, service)
    .hosts.map(({ host }) => host)
    .filter((host) => host.endsWith('googleapis.com'));

describe('the way of a service to a warehouse', () => {
  test('is a token that one provider takes, beside what tells Google’s libraries where', () => {
    expect(warehouseVolumes(context, 'user')).toEqual([
      {
        name: 'warehouse',
        projected: {
          defaultMode: 0o440,
          sources: [
            {
              serviceAccountToken: {
                audience: expect.stringMatching(
                  /^https:\/\/iam\.googleapis\.com\/projects\/\d+\/.*\/providers\/primary$/,
                ),
                expirationSeconds: 3600,
                path: 'token',
              },
            },
            { configMap: { name: 'warehouse' } },
          ],
        },
      },
    ]);
    expect(warehouseMounts(context, 'user')).toEqual([
      { name: 'warehouse', mountPath: '/var/run/warehouse', readOnly: true },
    ]);
  });

  test('leads to events for who feeds it, to rows for who asks, and for others nowhere', () => {
    expect(hosts('user')).toEqual(['sts.googleapis.com', 'europe-west4-pubsub.googleapis.com']);
    expect(hosts('analytics')).toContain('bigquery.googleapis.com');
    expect(hosts('notification')).toEqual([]);
    expect(warehouseVolumes(context, 'notification')).toEqual([]);
  });

  test('is written down without anything secret', async () => {
    const objects = await rendered((options) => {
      for (const service of ['user', 'notification']) new WarehouseAccess(service, { context, service }, options);
    });
    expect(objects.all.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
      'ConfigMap techflow-user',
    ]);
    const { data } = objects.one('ConfigMap', 'warehouse', 'techflow-user') as { data?: Record<string, string> };
    expect(Object.keys(JSON.parse(data?.['credentials.json'] ?? '{}') as object).sort()).toEqual([
      'audience',
      'credential_source',
      'subject_token_type',
      'token_url',
      'type',
    ]);
  });
});
