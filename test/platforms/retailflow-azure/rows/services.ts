import { one, type Row } from '../../support/about';
import { containing, eachOneOf, like, oneLike, withoutText } from '../../support/matchers';

const hot = ['catalog', 'customer', 'inventory', 'order', 'web'];
const namespaceOf = (service: string): string => `retailflow-azure-${service}`;

/** What runs in the cluster: services, pages, releases, limits. */
export const services: Row = {
  row: 'services',
  expectations: [
    ...hot.map((service) =>
      one(`${service} grows from 3 to 24`, 'ScaledObject', `${namespaceOf(service)}/scaledobject-${service}`, {
        'spec.minReplicaCount': 3,
        'spec.maxReplicaCount': 24,
        'spec.triggers[name=schedule-black-friday].metadata.desiredReplicas': '20',
        'spec.triggers[name=schedule-black-friday].metadata.start': '0 0 20 11 *',
        'spec.triggers[name=schedule-black-friday].metadata.timezone': 'America/New_York',
      }),
    ),
    ...hot.map((service) =>
      one(
        `a release of ${service} moves traffic step by step`,
        'Rollout',
        `${namespaceOf(service)}/rollout-${service}`,
        {
          'spec.strategy.canary.steps.1.setWeight': 5,
          'spec.strategy.canary.steps.2.setHeaderRoute.match.0.headerValue.exact': `${service}-canary`,
          'spec.strategy.canary.steps.3.analysis.args.0.value': '5',
          'spec.strategy.canary.trafficRouting.managedRoutes.0.name': 'new-version',
          'spec.template.spec.serviceAccountName': service,
        },
      ),
    ),
    ...hot.map((service) =>
      one(
        `calls to ${service} are cut where it does not answer`,
        'DestinationRule',
        `${namespaceOf(service)}/destinationrule-${service}`,
        {
          'spec.trafficPolicy.outlierDetection.consecutiveGatewayErrors': 5,
          'spec.trafficPolicy.tls.mode': 'ISTIO_MUTUAL',
        },
      ),
    ),
    one('order finds its events, its replicas and its documents', 'Rollout', `${namespaceOf('order')}/rollout-order`, {
      'spec.template.spec.containers.0.env[*].name': oneLike(/^EVENTS_ORDERS_APPEND$/),
    }),
    one('order appends events by what appends them', 'Rollout', `${namespaceOf('order')}/rollout-order`, {
      'spec.template.spec.containers.0.env[*].value': oneLike(/^events\.append_orders_events$/),
    }),
    one('order is told no password', 'Rollout', `${namespaceOf('order')}/rollout-order`, {
      'spec.template.spec.containers.0.env': containing({ name: 'DATABASE_ORDER_AUTH', value: 'entra' }),
      'spec.template.spec.containers.0.env[*].name': withoutText(/PASSWORD|CONNECTION_STRING|ACCESS_KEY/),
    }),
    {
      name: 'order reaches services, databases, messages and caches by their ports, and nothing else',
      type: 'NetworkPolicy',
      where: /^retailflow-azure-order\/networkpolicy-order-uses$/,
      path: 'spec.egress[*].ports[*].port',
      is: eachOneOf(443, 1433, 5671, 8080, 10_000),
      count: 1,
    },
    {
      name: 'the catalog knows search by its name, and nobody else does',
      type: 'ServiceEntry',
      where: /\/serviceentry-srch-/,
      path: 'spec.hosts[0]',
      is: like(/^srch-retailflow-azure-production-products-\w{6}\.search\.windows\.net$/),
      count: 1,
    },
  ],
};
