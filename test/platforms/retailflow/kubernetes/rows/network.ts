import { about, one, type Row } from '../../../support/about';
import { exactly } from '../../../support/matchers';
import { caller, internet, ofEach, ofServices, peer, podsOf, range, services, system, tcp } from './facts';

const routed = Object.keys(services).filter((name) => services[name]?.calledBy.includes('gateway') === true);

export const network: Row = {
  row: 'ways between pods',
  expectations: [
    ...ofEach((name, { calledBy, calls, databasePort, endpoints }) => [
      ...(calledBy.length === 0
        ? [
            one(`${name} is reached by nobody`, 'NetworkPolicy', `retailflow-${name}/networkpolicy-${name}-callers`, {
              'spec.ingress': [],
            }),
          ]
        : [
            one(
              `${name} is reached by ${calledBy.join(', ')} and nobody else`,
              'NetworkPolicy',
              `retailflow-${name}/networkpolicy-${name}-callers`,
              {
                'spec.ingress': [{ from: calledBy.map(caller), ports: tcp(8080) }],
              },
            ),
          ]),
      one(
        `policies of who calls ${name} are of its pods`,
        'NetworkPolicy',
        `retailflow-${name}/networkpolicy-${name}-callers`,
        {
          'spec.podSelector.matchLabels': podsOf(name),
          'spec.policyTypes': exactly('Ingress'),
        },
      ),
      one(
        `${name} reaches what it calls and uses, and nothing else`,
        'NetworkPolicy',
        `retailflow-${name}/networkpolicy-${name}-uses`,
        {
          'spec.egress': exactly(
            ...calls.map((callee) => ({ ports: tcp(8080), to: [peer(callee)] })),
            internet,
            ...(endpoints.length === 0 ? [] : [range('10.32.17.0/24', ...endpoints)]),
            range('10.32.16.64/26', databasePort),
          ),
        },
      ),
      one(
        `whatever stands beside ${name} reaches the same`,
        'NetworkPolicy',
        `retailflow-${name}/networkpolicy-${name}-uses`,
        {
          'spec.podSelector': {},
          'spec.policyTypes': exactly('Egress'),
        },
      ),
      one(
        `the mesh lets ${calledBy.length === 0 ? 'nobody' : calledBy.join(', ')} in to ${name}`,
        'AuthorizationPolicy',
        `retailflow-${name}/authorizationpolicy-${name}`,
        {
          'spec.action': 'ALLOW',
          'spec.selector.matchLabels': podsOf(name),
          ...(calledBy.length === 0
            ? {}
            : {
                'spec.rules': [
                  {
                    from: [
                      {
                        source: {
                          principals: calledBy.map((caller) => `cluster.local/ns/retailflow-${caller}/sa/${caller}`),
                        },
                      },
                    ],
                    to: [{ operation: { ports: ['8080'] } }],
                  },
                ],
              }),
        },
      ),
      one(
        `the proxy of ${name} knows what it calls, and no other service`,
        'Sidecar',
        `retailflow-${name}/sidecar-${name}`,
        {
          'spec.egress[*].hosts': exactly(
            './*',
            'observability/*',
            ...calls.map((callee) => `retailflow-${callee}/${callee}.retailflow-${callee}.svc.cluster.local`),
          ),
          'spec.outboundTrafficPolicy.mode': 'REGISTRY_ONLY',
        },
      ),
    ]),
    one(
      'the gateway reaches the services that it routes to, and its counter',
      'NetworkPolicy',
      'retailflow-gateway/networkpolicy-gateway',
      {
        'spec.egress': exactly(...routed.map((name) => ({ ports: tcp(8080), to: [peer(name)] })), {
          ports: tcp(6379),
          to: [
            system('retailflow-gateway', {
              'app.kubernetes.io/component': 'limits',
              'app.kubernetes.io/name': 'gateway',
            }),
          ],
        }),
      },
    ),
    one('the gateway is reached by the edge alone', 'NetworkPolicy', 'retailflow-gateway/networkpolicy-gateway', {
      'spec.ingress': [{ from: [{ ipBlock: { cidr: '10.32.18.0/24' } }], ports: tcp(8000, 8100) }],
      'spec.podSelector.matchLabels': podsOf('gateway'),
      'spec.policyTypes': exactly('Ingress', 'Egress'),
    }),
    one(
      'the counter of requests is reached by the gateway, and reaches nothing',
      'NetworkPolicy',
      'retailflow-gateway/networkpolicy-limits',
      {
        'spec.egress': [],
        'spec.podSelector.matchLabels': {
          'app.kubernetes.io/component': 'limits',
          'app.kubernetes.io/name': 'gateway',
        },
        'spec.ingress': [{ from: [peer('gateway')], ports: tcp(6379) }],
        'spec.policyTypes': exactly('Ingress', 'Egress'),
      },
    ),
    one(
      'the job of migrations reaches the databases and what gives it tokens',
      'NetworkPolicy',
      'retailflow-migration/networkpolicy-migration',
      {
        'spec.egress': exactly(range('10.32.16.64/26', 5432), range('10.32.17.0/24', 1433), internet),
        'spec.policyTypes': exactly('Egress'),
        'spec.podSelector.matchLabels': { 'app.kubernetes.io/name': 'migration' },
      },
    ),
    ...about(
      { type: 'ServiceEntry', where: ofServices },
      {
        'hosts outside are known to the namespace that asks them alone': { path: 'spec.exportTo', is: exactly('.') },
        'hosts outside are outside of the mesh': { path: 'spec.location', is: 'MESH_EXTERNAL' },
      },
    ),
    ...about(
      { type: 'ServiceEntry', where: /\/serviceentry-tcp-6432$/, count: 6 },
      {
        'databases are known by their range': { path: 'spec.addresses', is: ['10.32.16.64/26'] },
        'databases are known at the port of their pool': {
          path: 'spec.ports',
          is: [{ name: 'tcp-6432', number: 6432, protocol: 'TCP' }],
        },
        'databases are asked where the name leads': { path: 'spec.resolution', is: 'NONE' },
        'databases are known by their own names': {
          path: 'spec.hosts',
          is: exactly(
            'psqlve-retailflow-production-store-0ac5u7.writer.postgres.database.azure.com',
            'psqlve-retailflow-production-store-0ac5u7.reader.postgres.database.azure.com',
          ),
        },
      },
    ),
    ...about(
      { type: 'ServiceEntry', where: /^retailflow-.*\/serviceentry-(?!tcp-)/ },
      {
        'hosts outside are asked by their names': { path: 'spec.resolution', is: 'DNS' },
        'hosts outside are asked by TLS': { path: 'spec.ports[*].protocol', is: 'TLS' },
      },
    ),
  ],
};
