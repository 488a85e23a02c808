import { one, type Row } from '../../support/about';
import { absent, atLeast, containing, equal, like, notContaining, present } from '../../support/matchers';
import { services } from './facts';

const container = 'spec.template.spec.containers[0]';

const scale = {
  analytics: [2, 10],
  integration: [3, 30],
  notification: [2, 12],
  user: [3, 30],
  web: [3, 30],
  workflow: [6, 60],
} as const;

/** Who a service is: the owner of a schema, or the site that people see. */
const identity = (name: (typeof services)[number]) =>
  name === 'web'
    ? { name: 'SITE_URL', value: 'https://app.example.com' }
    : { name: 'DATABASE_STORE_SCHEMA', value: `svc_${name}` };

/** The services, each alone in its namespace. */
export const service: Row = {
  row: 'services',
  expectations: services.flatMap((name) => [
    one(`${name} runs as nobody, told who it is`, 'Rollout', `techflow-${name}/rollout-${name}`, {
      [`${container}.env`]: containing(identity(name)),
      [`${container}.securityContext.readOnlyRootFilesystem`]: true,
      'spec.template.spec.automountServiceAccountToken': false,
    }),
    one(`${name} grows and shrinks by itself`, 'ScaledObject', `techflow-${name}/scaledobject-${name}`, {
      'spec.minReplicaCount': scale[name][0],
      'spec.maxReplicaCount': scale[name][1],
    }),
    one(`${name} is not away for an upgrade`, 'PodDisruptionBudget', `techflow-${name}/poddisruptionbudget-${name}`, {
      'spec.maxUnavailable': '25%',
    }),
    one(`nothing reaches ${name} that is not named`, 'NetworkPolicy', `techflow-${name}/networkpolicy-namespace-deny`, {
      'spec.podSelector': equal({}),
    }),
  ]),
};

/** The few figures by which the platform is judged each week. */
export const week: Row = {
  row: 'KPIs each week',
  expectations: [
    one(
      'a page shows the week beside its goals, and the week before',
      'ConfigMap',
      'observability/configmap-dashboard-week',
      {
        'data[week.json].time.from': 'now-7d',
        'data[week.json].panels[title=95th percentile].fieldConfig.defaults.thresholds.steps[color=red].value': 142,
        'data[week.json].panels[title=Good requests].fieldConfig.defaults.thresholds.steps[color=green].value': 99.97,
        'data[week.json].panels[title=Minutes until it was well again].fieldConfig.defaults.thresholds.steps[color=red].value': 18,
        'data[week.json].panels[title=Releases].fieldConfig.defaults.thresholds.steps[color=green].value': 84,
        'data[week.json].panels[title=Releases].targets[legendFormat=this week].expr': like(
          /rollout_events_total\{namespace=~"techflow-\.\+",reason="RolloutCompleted"\}\[7d\]/,
        ),
      },
    ),
  ],
};

/** The engine: events that nothing changes, users that stay with their task, work that is finished. */
export const workflow: Row = {
  row: 'workflow',
  expectations: [
    one(
      'requests of a user go to one task of the engine',
      'DestinationRule',
      'techflow-workflow/destinationrule-workflow',
      {
        'spec.trafficPolicy.loadBalancer.consistentHash.httpHeaderName': 'X-User-Id',
        'spec.subsets': absent,
      },
    ),
    one('a release of the engine moves all users at once', 'Rollout', 'techflow-workflow/rollout-workflow', {
      'spec.strategy.blueGreen': present,
      'spec.strategy.canary': absent,
      'spec.template.spec.terminationGracePeriodSeconds': atLeast(135),
      [`${container}.env`]: containing(
        { name: 'EVENTS_WORKFLOW_ACTIONS_TABLE', value: 'svc_workflow.workflow_actions_events' },
        { name: 'STATE_PERSIST_SECONDS', value: '5' },
        { name: 'DRAIN_SECONDS', value: '120' },
      ),
    }),
    ...services
      .filter((name) => name !== 'workflow')
      .map((name) =>
        one(`${name} is asked in turns`, 'DestinationRule', `techflow-${name}/destinationrule-${name}`, {
          'spec.trafficPolicy.loadBalancer.simple': 'LEAST_REQUEST',
        }),
      )
      // Nobody calls it.
      .filter(({ where }) => where?.source.includes('notification') !== true),
  ],
};

/** Webhooks to third parties, each of which fails alone. */
export const integration: Row = {
  row: 'integration',
  expectations: [
    ...['api.customers.example.com', 'api.documents.example.com'].flatMap((host) => [
      one(`the integration service may reach ${host}`, 'ServiceEntry', `techflow-integration/serviceentry-${host}`, {
        'spec.hosts': containing(host),
      }),
      one(`${host} fails alone`, 'DestinationRule', `techflow-integration/destinationrule-${host}`, {
        'spec.trafficPolicy.outlierDetection': present,
      }),
    ]),
    one(
      'webhooks that failed wait to be tried again, and more pods come when many wait',
      'ScaledObject',
      'techflow-integration/scaledobject-integration',
      {
        'spec.triggers': containing({ metadata: { queueName: 'webhook-deliveries' } }),
      },
    ),
  ],
};

/** How services reach the warehouse. */
export const feeders: Row = {
  row: 'events to the warehouse',
  expectations: [
    ...['analytics', 'integration', 'user', 'workflow'].flatMap((name) => [
      one(
        `${name} shows Google a token of the cluster, which no other takes`,
        'Rollout',
        `techflow-${name}/rollout-${name}`,
        {
          'spec.template.spec.volumes': containing({
            name: 'warehouse',
            projected: {
              sources: [
                {
                  serviceAccountToken: {
                    audience:
                      'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/clusters/providers/primary',
                  },
                },
              ],
            },
          }),
        },
      ),
      one(
        `${name} reaches the region's own host for events`,
        'ServiceEntry',
        `techflow-${name}/serviceentry-europe-west4-pubsub.googleapis.com`,
        {
          'spec.exportTo': containing('.'),
        },
      ),
    ]),
    one('who has no warehouse has no token for Google', 'Rollout', 'techflow-notification/rollout-notification', {
      'spec.template.spec.volumes': notContaining({ name: 'warehouse' }),
    }),
  ],
};
