import type { Row } from '../../support/about';
import { one } from '../../support/about';
import { contentsOf } from '../../support/contents';
import { absent, containing, exactly, like } from '../../support/matchers';
import { registry } from './facts';

/** The database of each service; web has none, and that of the function is in a scope. */
const databases = Object.fromEntries(
  ['analytics', 'catalog', 'customer', 'inventory', 'notification', 'order'].map((name) => [name, [name]]),
);

/** What lays users, schemas and the ledger of events in the databases, before services are released. */
export const contents: Row = {
  row: 'contents of databases',
  expectations: [
    ...contentsOf('retailflow-azure', databases, registry),
    ...contentsOf('retailflow-azure', { payment: ['payment'] }, registry, 'migration-cards'),
    { name: 'nothing else runs as the identity of migrations', type: 'Job', where: /-migration\/job-/, count: 6 },
    { name: 'nor as that of the scope', type: 'Job', where: /-migration-cards\/job-/, count: 1 },
    one(
      'the job of the scope stands on nodes of the scope alone',
      'Job',
      'retailflow-azure-migration-cards/job-payment-contents',
      {
        'spec.template.spec.nodeSelector': {
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/os': 'linux',
          'mainstay/scope': 'cards',
        },
        'spec.template.spec.tolerations.0': {
          effect: 'NoSchedule',
          key: 'mainstay/scope',
          operator: 'Equal',
          value: 'cards',
        },
        'spec.template.spec.tolerations.1': absent,
      },
    ),
    one(
      'the job of the scope reaches the endpoints of the scope, and no database of others',
      'NetworkPolicy',
      'retailflow-azure-migration-cards/networkpolicy-migration-cards',
      {
        'spec.policyTypes': exactly('Egress'),
        'spec.egress.0': { ports: [{ port: 1433, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.16.19.0/27' } }] },
        'spec.egress.1.to.0.ipBlock.cidr': '0.0.0.0/0',
        'spec.egress.1.to.0.ipBlock.except': containing('10.0.0.0/8'),
        'spec.egress.2': absent,
      },
    ),
    one(
      'the ledger of events is made in the database of orders',
      'ConfigMap',
      'retailflow-azure-migration/configmap-order-contents',
      {
        'data[migration.sql]': like(/LEDGER = ON \(APPEND_ONLY = ON\)[^]*events orders/),
      },
    ),
    one(
      'the job reaches Azure SQL and what gives it tokens, and nobody reaches it',
      'NetworkPolicy',
      'retailflow-azure-migration/networkpolicy-migration',
      {
        'spec.policyTypes': exactly('Egress'),
        'spec.egress': exactly(
          { ports: [{ port: 1433, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.16.17.0/24' } }] },
          {
            ports: [{ port: 443, protocol: 'TCP' }],
            to: [
              {
                ipBlock: {
                  cidr: '0.0.0.0/0',
                  except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
                },
              },
            ],
          },
        ),
        'spec.podSelector.matchLabels': { 'app.kubernetes.io/name': 'migration' },
      },
    ),
  ],
};
