import { about, one, type Row } from '../../../support/about';
import { reference } from '../../../support/graph';
import { exactly } from '../../../support/matchers';
import { workspace } from './facts';

const stack = 'operations';
const figures = reference('cluster/Cluster/Monitoring/Workspace', 'id');
const grafana = reference('operations/Dashboards/Grafana', 'id');

const reads: readonly (readonly [name: string, what: string, role: string, on: string])[] = [
  ['ReadsLogs', 'logs', 'Log Analytics Reader', workspace],
  ['ReadsMetrics', 'figures', 'Monitoring Data Reader', figures],
  ['ReadsTraces', 'traces', 'Monitoring Reader', reference('foundation/Observability/Insights', 'id')],
];

export const dashboards: Row = {
  row: 'operations: dashboards',
  expectations: [
    ...about(
      { stack, type: 'azurerm_dashboard_grafana', count: 1 },
      {
        'dashboards are not reached from the internet': { path: 'public_network_access_enabled', is: false },
        'dashboards know no keys': { path: 'api_key_enabled', is: false },
        'dashboards stand in all zones': { path: 'zone_redundancy_enabled', is: true },
        'dashboards are of the kind with a promise': { path: 'sku', is: 'Standard' },
        'dashboards are of a version that Azure mends': { path: 'grafana_major_version', is: '12' },
        'dashboards show the figures of the cluster': {
          path: 'azure_monitor_workspace_integrations[*].resource_id',
          is: figures,
        },
        'dashboards call from addresses that are known': { path: 'deterministic_outbound_ip_enabled', is: true },
        'dashboards are known by name': { path: 'identity.type', is: 'SystemAssigned' },
      },
    ),
    ...reads.map(([name, what, role, on]) =>
      one(`dashboards read ${what}, and write none`, 'azurerm_role_assignment', `operations/Dashboards/${name}`, {
        role_definition_name: role,
        scope: on,
        principal_id: reference('operations/Dashboards/Grafana', 'identity.principal_id'),
      }),
    ),
    one(
      'the administrators of the platform administer the dashboards',
      'azurerm_role_assignment',
      'operations/Dashboards/Administrators',
      {
        role_definition_name: 'Grafana Admin',
        scope: grafana,
        principal_type: 'Group',
        principal_id: '00000000-0000-0000-0000-000000000000',
      },
    ),
    ...about(
      { stack, type: 'azurerm_dashboard_grafana_managed_private_endpoint', count: 1 },
      {
        'dashboards read figures through a way of their own': { path: 'private_link_resource_id', is: figures },
        'the way of the dashboards is to figures': { path: 'group_ids', is: exactly('prometheusMetrics') },
        'the way is that of the dashboards': { path: 'grafana_id', is: grafana },
      },
    ),
  ],
};
