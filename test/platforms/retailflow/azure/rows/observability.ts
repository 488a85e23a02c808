import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, exactly, like } from '../../../support/matchers';
import { subnet, workspace, zone } from './facts';

const stack = 'foundation';
const insights = reference('foundation/Observability/Insights', 'id');

const logs: readonly Expectation[] = about(
  { stack, type: 'azurerm_log_analytics_workspace', count: 1 },
  {
    'logs are kept for a year': { path: 'retention_in_days', is: 365 },
    'logs are read by name, and not with a key': { path: 'local_authentication_enabled', is: false },
    'logs are taken from the network alone': { path: 'internet_ingestion_enabled', is: false },
    'people read logs from wherever they are called': { path: 'internet_query_enabled', is: true },
    'logs are taken however many there are': { path: 'daily_quota_gb', is: -1 },
    'a team reads the logs of its own resources': { path: 'allow_resource_only_permissions', is: true },
    'logs are paid by their size': { path: 'sku', is: 'PerGB2018' },
    'Terraform does not destroy the logs': { path: 'lifecycle.prevent_destroy', is: true },
  },
);

const traces: readonly Expectation[] = about(
  { stack, type: 'azurerm_application_insights', count: 1 },
  {
    'traces lie among the logs': { path: 'workspace_id', is: workspace },
    'traces are sent by name, and not with a key': { path: 'local_authentication_disabled', is: true },
    'traces are taken from the network alone': { path: 'internet_ingestion_enabled', is: false },
    'traces do not tell the addresses of customers': { path: 'disable_ip_masking', is: false },
    'all traces that are sent are kept': { path: 'sampling_percentage', is: 100 },
    'traces are of a web application': { path: 'application_type', is: 'web' },
  },
);

const privately: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_monitor_private_link_scope', count: 1 },
    {
      'the network sends logs to this site alone': { path: 'ingestion_access_mode', is: 'PrivateOnly' },
      'people in the network read other logs too': { path: 'query_access_mode', is: 'Open' },
    },
  ),
  ...(
    [
      ['Workspace', workspace, 'logs'],
      ['Insights', insights, 'traces'],
    ] as const
  ).map(([name, id, what]) =>
    one(
      `${what} are sent through the network`,
      'azurerm_monitor_private_link_scoped_service',
      `foundation/PrivateMonitor/${name}`,
      { linked_resource_id: id, scope_name: reference('foundation/PrivateMonitor/Scope', 'name') },
    ),
  ),
  one(
    'the network finds Azure Monitor by all of its names',
    'azurerm_private_endpoint',
    'foundation/PrivateMonitor/Endpoint',
    {
      'private_service_connection.private_connection_resource_id': reference('foundation/PrivateMonitor/Scope', 'id'),
      'private_service_connection.subresource_names': exactly('azuremonitor'),
      'private_dns_zone_group.private_dns_zone_ids': exactly(
        ...['Monitor', 'Blob', 'MonitorAgents', 'MonitorIngestion', 'MonitorQueries'].map(zone),
      ),
      subnet_id: subnet('Endpoints'),
    },
  ),
];

const people: readonly Expectation[] = about(
  { stack, type: 'azurerm_monitor_action_group', count: 1 },
  {
    'those on call are told by mail': {
      path: 'email_receiver[*].email_address',
      is: 'on-call@example.com',
    },
    'every alert reads alike': { path: 'email_receiver[*].use_common_alert_schema', is: true },
    'the group of those on call is not switched off': { path: 'enabled', is: absent },
    'those on call have a short name': { path: 'short_name', is: like(/^.{1,12}$/) },
  },
);

export const observability: Row = {
  row: 'operations: logs and traces',
  expectations: [...logs, ...traces, ...privately, ...people],
};
