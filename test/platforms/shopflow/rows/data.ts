import { about, type Row } from '../../support/about';
import { databaseUsers, eventTables } from '../../support/database-users-row';
import { reference } from '../../support/graph';
import { absent, containing, exactly } from '../../support/matchers';
import { dataSubnets, key, services } from './facts';

const stack = 'Data';
const cluster = (database: string): string =>
  `arn:aws:rds:us-east-2:111122223333:cluster:${reference(`Data/${database}Database/Server/Cluster`)}`;
/** Search keeps nothing that it could not make again, and pages keep nothing. */
const without = ['Payment', 'Search', 'Web'];
const withSchema = services.filter((name) => !without.includes(name));

/** A schema and a user a service, logs of events, sessions, and backups of what must not be lost. */
export const dataRow: Row = {
  row: 'data',
  expectations: [
    ...databaseUsers({ store: withSchema, payments: ['Payment'] }),
    ...eventTables([
      { service: 'Order', database: 'store', table: 'orders_events' },
      { service: 'Inventory', database: 'store', table: 'stock_events' },
      { service: 'Payment', database: 'payments', table: 'payment_states_events' },
    ]),
    ...about(
      { stack, type: 'AWS::ElastiCache::ReplicationGroup', where: /SessionsCache\/Group$/, count: 1 },
      {
        'sessions stand in three zones': { path: 'NumCacheClusters', is: 3 },
        'sessions outlive a node': { path: 'AutomaticFailoverEnabled', is: true },
        'sessions are asked by TLS alone': { path: 'TransitEncryptionEnabled', is: true },
        'sessions are encrypted with the key of data': { path: 'KmsKeyId', is: key.data },
        'sessions know no password': { path: 'AuthToken', is: absent },
        'who asks for sessions is of their own group': {
          path: 'UserGroupIds',
          is: exactly(reference('Data/SessionsCache/Users')),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElastiCache::SubnetGroup' },
      { 'caches stand where nothing leads out': { path: 'SubnetIds', is: exactly(...dataSubnets) } },
    ),
    ...about(
      { stack, type: 'AWS::Backup::BackupSelection', count: 1 },
      {
        'databases and pictures are backed up': {
          path: 'BackupSelection.Resources',
          is: containing(cluster('Payments'), cluster('Store'), reference('Data/PicturesBucket/Bucket', 'Arn')),
        },
      },
    ),
  ],
};
