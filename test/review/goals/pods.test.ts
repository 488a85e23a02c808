import { loadPlatform } from '../../../bin/inputs';
import { clustersAlone } from '../../../lib/review/goals/outputs';
import { reviewGoals } from '../../../lib/review/goals/review';
import type { Cluster } from '../../../lib/review/kubernetes/cluster';

const { platform } = loadPlatform('retailflow-azure', 'production');
const object = (kind: string, apiVersion: string, spec: object) => ({
  file: `aks/retailflow-azure-catalog/${kind.toLowerCase()}-catalog.yaml`,
  cluster: 'aks',
  apiVersion,
  kind,
  name: 'catalog',
  namespace: 'retailflow-azure-catalog',
  labels: {},
  annotations: {},
  value: { apiVersion, kind, spec } as Cluster['objects'][number]['value'],
});
const rollout = (startFailures: number) =>
  object('Rollout', 'argoproj.io/v1alpha1', {
    template: {
      spec: {
        containers: [
          {
            name: 'app',
            env: [{ name: 'SERVICE_NAME', value: 'catalog' }],
            startupProbe: { periodSeconds: 5, failureThreshold: startFailures },
            readinessProbe: { periodSeconds: 10, successThreshold: 2 },
          },
        ],
      },
    },
  });
const scaled = (percent: number) =>
  object('ScaledObject', 'keda.sh/v1alpha1', {
    scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'catalog' },
    minReplicaCount: 3,
    maxReplicaCount: 24,
    advanced: {
      horizontalPodAutoscalerConfig: {
        behavior: { scaleUp: { policies: [{ type: 'Percent', value: percent, periodSeconds: 60 }] } },
      },
    },
    triggers: [
      { type: 'cpu', metadata: { value: '60' } },
      { type: 'cron', metadata: { timezone: 'UTC', start: '0 0 20 11 *', end: '0 0 1 12 *', desiredReplicas: '20' } },
    ],
  });
const of = (startFailures: number, percent: number) =>
  reviewGoals(clustersAlone([{ name: 'aks', objects: [rollout(startFailures), scaled(percent)] }], platform), platform);
const catalogOf = ({ findings }: ReturnType<typeof of>) =>
  findings.filter(({ path }) => path.endsWith('services.catalog')).map(({ message }) => message);

describe('pods', () => {
  const review = of(12, 100);

  test('serve after their place, image, start and answers', () => {
    expect(review.starts.map(({ parts, seconds }) => [seconds, parts.map(({ seconds: each }) => each)])).toEqual([
      [101, [5, 11, 60, 5, 20]],
    ]);
  });

  test('become as many as their use asks for, and wait for nodes', () => {
    expect(review.growths[0]?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
      ['the rush is noticed', 75],
      ['3 tasks become 24 in 4 steps', 180],
      ['nodes for them', 600],
      ['the last of them serve', 101],
    ]);
    expect(catalogOf(review)).toEqual([]);
  });

  test('that are planned serve when nodes have come', () => {
    expect(review.planned).toEqual([
      expect.objectContaining({
        about: 'services.catalog',
        begins: '0 0 20 11 * UTC',
        tasks: 20,
        serveAfterSeconds: 701,
      }),
    ]);
  });

  test.each<[string, ReturnType<typeof of>, RegExp]>([
    ['they may become few more a minute', of(12, 10), /^takes \d+ s and scale\.growsWithinSeconds allows 1200 s: /],
    ['a start takes five minutes more', of(90, 100), /the last of them serve 491 s/],
  ])('are refused when %s', (_, refused, message) => {
    expect(catalogOf(refused)).toEqual([expect.stringMatching(message)]);
  });
});
