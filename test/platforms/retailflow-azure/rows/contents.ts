import type { Row } from '../../support/about';
import { one } from '../../support/about';
import { contentsOf } from '../../support/contents';
import { exactly, like } from '../../support/matchers';
import { registry } from './facts';

/** The database of each service, and that of the function; web has none. */
const databases = Object.fromEntries(
  ['analytics', 'catalog', 'customer', 'inventory', 'notification', 'order', 'payment'].map((name) => [name, [name]]),
);

/** What lays users, schemas and the ledger of events in the databases, before services are released. */
export const contents: Row = {
  row: 'contents of databases',
  expectations: [
    ...contentsOf('retailflow-azure', databases, registry),
    { name: 'nothing else runs as the identity of migrations', type: 'Job', where: /-migration\/job-/, count: 7 },
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
