import { about, type Row } from '../../support/about';
import { databaseUsers, eventTables } from '../../support/database-users-row';
import { like } from '../../support/matchers';

const services = ['Analytics', 'Catalog', 'Notification', 'Order', 'Payment', 'User'];

export const eventStore: Row = {
  row: 'event store, users of the database',
  expectations: [
    ...eventTables([
      { service: 'Order', database: 'store', table: 'orders_events' },
      { service: 'Catalog', database: 'store', table: 'inventory_events' },
    ]),
    ...databaseUsers({ store: services }),
    ...services.flatMap((name) =>
      about(
        { stack: `Service-${name}`, type: 'AWS::ECS::TaskDefinition', where: /Migration\/Task$/, count: 1 },
        {
          [`the recovery site can follow the tables of ${name.toLowerCase()}`]: {
            path: 'ContainerDefinitions[Name=platform-store].Environment[Name=DATABASE_SQL].Value',
            is: like(/CREATE PUBLICATION mainstay_recovery/),
          },
        },
      ),
    ),
  ],
};
