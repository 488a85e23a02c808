import { about, one, type Row } from '../../../support/about';
import { absent, atLeast, between, containing, exactly, like } from '../../../support/matchers';
import { ofServices, prometheus, services } from './facts';

/** Services that are released step by step. */
const stepped = Object.entries(services).flatMap(([name, { release }]) => (release === 'step by step' ? [name] : []));

const args = [
  { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' } },
  { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } },
];

const pause = { pause: { duration: '720m' } };

export const release: Row = {
  row: 'release',
  expectations: [
    ...stepped.flatMap((name) => [
      one(
        `${name} gets a twentieth of the requests at first, and all after 48 hours`,
        'Rollout',
        `retailflow-${name}/rollout-${name}`,
        {
          'spec.strategy.canary.steps': [
            { setWeight: 5 },
            pause,
            { setWeight: 10 },
            pause,
            { setWeight: 25 },
            pause,
            { setWeight: 50 },
            pause,
            { setWeight: 100 },
            { pause: { duration: '60m' } },
          ],
        },
      ),
      one(
        `a new version of ${name} is compared with the one that runs, from its first step`,
        'Rollout',
        `retailflow-${name}/rollout-${name}`,
        {
          'spec.strategy.canary.analysis': { args, startingStep: 1, templates: [{ templateName: 'release' }] },
        },
      ),
      one(`a new version of ${name} begins with two pods`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
        'spec.strategy.canary.minPodsPerReplicaSet': 2,
      }),
      one(`requests to ${name} are shared out by the mesh`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
        'spec.strategy.canary.trafficRouting.istio': {
          destinationRule: { name, canarySubsetName: 'canary', stableSubsetName: 'stable' },
          virtualService: { name, routes: ['primary'] },
        },
      }),
      one(
        `requests to ${name} go to the version that runs, until it is released`,
        'VirtualService',
        `retailflow-${name}/virtualservice-${name}`,
        {
          'spec.http[*].route': [
            {
              destination: {
                host: `${name}.retailflow-${name}.svc.cluster.local`,
                port: { number: 8080 },
                subset: 'stable',
              },
              weight: 100,
            },
            {
              destination: {
                host: `${name}.retailflow-${name}.svc.cluster.local`,
                port: { number: 8080 },
                subset: 'canary',
              },
              weight: 0,
            },
          ],
          'spec.http[*].name': 'primary',
        },
      ),
      one(`both versions of ${name} are told apart`, 'DestinationRule', `retailflow-${name}/destinationrule-${name}`, {
        'spec.subsets[*].name': like(/^(stable|canary)$/),
        'spec.subsets': exactly(
          ...['stable', 'canary'].map((subset) => ({
            labels: { 'app.kubernetes.io/component': 'service', 'app.kubernetes.io/name': name },
            name: subset,
          })),
        ),
      }),
    ]),
    one('analytics moves from one version to the other at once', 'Rollout', 'retailflow-analytics/rollout-analytics', {
      'spec.strategy.blueGreen': {
        activeService: 'analytics',
        autoPromotionEnabled: true,
        postPromotionAnalysis: { args, templates: [{ templateName: 'release' }] },
        previewService: 'analytics-preview',
        scaleDownDelaySeconds: 60,
      },
      'spec.strategy.canary': absent,
    }),
    one(
      'the next version of analytics is seen beforehand',
      'Service',
      'retailflow-analytics/service-analytics-preview',
      {
        'spec.type': 'ClusterIP',
      },
    ),
    one(
      'pods of notification are replaced a quarter at a time, judged meanwhile and for ten minutes more',
      'Rollout',
      'retailflow-notification/rollout-notification',
      {
        'spec.strategy.canary': {
          analysis: { args, templates: [{ templateName: 'release' }] },
          maxSurge: '25%',
          maxUnavailable: 0,
          steps: [{ setWeight: 100 }, { pause: { duration: '10m' } }],
        },
      },
    ),
    ...about(
      { type: 'Rollout', where: ofServices, count: 6 },
      {
        'a release that does not get on is taken back': { path: 'spec.progressDeadlineAbort', is: true },
        'a version that ran lately comes back without its steps': {
          path: 'spec.rollbackWindow.revisions',
          is: atLeast(2),
        },
        'nobody says how many pods a release has but what scales it': { path: 'spec.replicas', is: absent },
      },
    ),
    ...about(
      { type: 'AnalysisTemplate', where: ofServices, count: 6 },
      {
        'failures and times of a new version are judged': {
          path: 'spec.metrics',
          is: containing({ name: 'errors' }, { name: 'latency' }),
        },
        'Prometheus of the cluster judges': { path: 'spec.metrics[*].provider.prometheus.address', is: prometheus },
        'figures are of the new version, and of the one that runs': {
          path: 'spec.metrics[*].provider.prometheus.query',
          is: like(/\{\{args\.canary\}\}.*\{\{args\.stable\}\}/s),
        },
        'a version is taken back after its second bad figure': {
          path: 'spec.metrics[*].failureLimit',
          is: between(1, 3),
        },
        'a figure that cannot be had takes no version back at once': {
          path: 'spec.metrics[*].consecutiveErrorLimit',
          is: between(5, 30),
        },
        'figures are looked at every other minute': { path: 'spec.metrics[*].interval', is: '2m' },
        'a figure is good below a limit': {
          path: 'spec.metrics[*].successCondition',
          is: like(/^result\[0\] <= [\d.]+$/),
        },
      },
    ),
  ],
};
