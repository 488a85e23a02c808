import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { virtualNetwork } from './facts';

const stack = 'foundation';

/** Private DNS zones, by what is found in them. */
const zones: Readonly<Record<string, string>> = {
  Blob: 'privatelink.blob.core.windows.net',
  Flags: 'privatelink.azconfig.io',
  Grafana: 'privatelink.grafana.azure.com',
  KeyVault: 'privatelink.vaultcore.azure.net',
  Monitor: 'privatelink.monitor.azure.com',
  MonitorAgents: 'privatelink.agentsvc.azure-automation.net',
  MonitorIngestion: 'privatelink.ods.opinsights.azure.com',
  MonitorQueries: 'privatelink.oms.opinsights.azure.com',
  Postgres: 'privatelink.postgres.database.azure.com',
  Queue: 'privatelink.queue.core.windows.net',
  Redis: 'privatelink.redis.azure.net',
  Registry: 'privatelink.azurecr.io',
  ServiceBus: 'privatelink.servicebus.windows.net',
  Sites: 'privatelink.azurewebsites.net',
  Sql: 'privatelink.database.windows.net',
  Table: 'privatelink.table.core.windows.net',
};

const eachZone: readonly Expectation[] = Object.entries(zones).flatMap(([name, domain]) => [
  one(`names of ${name} have their private zone`, 'azurerm_private_dns_zone', `foundation/Network/Dns/${name}`, {
    name: domain,
  }),
  one(
    `the network looks for names of ${name} in the private zone`,
    'azurerm_private_dns_zone_virtual_network_link',
    `foundation/Network/Dns/${name}Link`,
    {
      private_dns_zone_name: reference(`foundation/Network/Dns/${name}`, 'name'),
      virtual_network_id: virtualNetwork,
    },
  ),
]);

export const dns: Row = {
  row: 'network: private names',
  expectations: [
    ...eachZone,
    ...about(
      { stack, type: 'azurerm_private_dns_zone_virtual_network_link', count: Object.keys(zones).length },
      {
        'no machine writes names of its own into a zone of Azure': { path: 'registration_enabled', is: false },
        'a service of somebody else is found, too': { path: 'resolution_policy', is: 'NxDomainRedirect' },
      },
    ),
  ],
};
