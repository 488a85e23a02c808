import { servicePool } from '../../../bin/failover-site';
import { App } from 'cdktf';
import { siteOn } from '../../../lib/platform/platform';
import { createSites } from '../../../stacks/azure/site';
import { ofType, only, resourcesOf } from '../../support/azure';
import { resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const siteWith = (patch: unknown = {}) => {
  const platform = resolved(retailflowWith(patch));
  const site = siteOn(platform, 'azure');
  if (site === undefined) throw new Error('the platform must have a site on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  return { platform, stack: createSites(app, platform, [site])[0].stacks.cluster };
};
const standing = remember(() => siteWith());
const pool = (stack: ReturnType<typeof siteWith>['stack']) => only(stack, 'azurerm_kubernetes_cluster_node_pool');

describe('the cluster of the site', () => {
  test('stands by with nodes for the least of every service, and may grow to hold the most', () => {
    expect(pool(standing().stack)).toMatchObject({ vm_size: 'Standard_D8ds_v5', min_count: 5, max_count: 36 });
  });

  test('stands full by one value of the definition', () => {
    const { stack } = siteWith({ stages: { production: { sites: { recovery: { size: 'full' } } } } });
    expect(pool(stack)).toEqual({ ...pool(standing().stack), min_count: 36 });
  });

  test('lets an account act as each service, the gateway, the keeper, the job of migrations, what watches and what counts pods, and none as a function', () => {
    const { platform, stack } = standing();
    expect(
      ofType(stack, 'azurerm_federated_identity_credential')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(
      [
        ...[...Object.keys(platform.services), 'flag-rollout', 'gateway', 'keeper', 'migration'].map(
          (name) => `system:serviceaccount:retailflow-${name}:${name}`,
        ),
        'system:serviceaccount:observability:observability',
        'system:serviceaccount:keda:keda-operator',
      ].sort(),
    );
  });

  test('has the functions of the site', () => {
    const { platform, stack } = standing();
    expect(Object.keys(stack.functions)).toEqual(Object.keys(platform.functions));
    expect(ofType(stack, 'azurerm_function_app_flex_consumption')).toHaveLength(2);
  });

  test('asks nothing of Application Insights where there is no function', () => {
    const { stack } = siteWith({
      functions: { 'feed-analytics': null, 'feed-archive': null },
      databases: { 'analytics-backup': null },
      stages: { development: { omits: { databases: null } } },
    });
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_function_app_flex_consumption');
    expect(stack.toTerraform().data ?? {}).not.toHaveProperty('azurerm_application_insights');
  });

  test('lets what watches write figures and traces, and nothing else, and tells it where', () => {
    const { stack } = standing();
    const own = ofType(stack, 'azurerm_role_assignment').filter(({ principal_id: who }) =>
      /Identities_Observability/.test(String(who)),
    );
    expect(own.map(({ role_definition_name: role }) => role)).toEqual([
      'Monitoring Metrics Publisher',
      'Monitoring Metrics Publisher',
    ]);
    expect(own.map(({ scope }) => String(scope)).sort()).toEqual([
      expect.stringMatching(/azurerm_application_insights/),
      expect.stringMatching(/azurerm_monitor_data_collection_rule.*Metrics/),
    ]);
    expect(JSON.stringify(stack.toTerraform().output)).toMatch(
      /metrics_ingestion_endpoint\}\/dataCollectionRules\/\$\{[^}]+immutable_id\}\/streams\/Microsoft-PrometheusMetrics\/api\/v1\/write\?api-version=2023-04-24/,
    );
  });

  test('lets the gateway read the certificate of the domain, and no other certificate', () => {
    const own = ofType(standing().stack, 'azurerm_role_assignment').filter(({ principal_id: who }) =>
      /Identities_Gateway/.test(String(who)),
    );
    expect(own.map(({ role_definition_name: role, scope }) => [role, String(scope).replace(/^.*\}/, '')])).toEqual([
      ['Key Vault Secrets User', '/secrets/edge'],
      ...['A', 'B', 'C'].map((id) => ['Key Vault Secrets User', `/secrets/token-keys-publicKey${id}`]),
    ]);
  });

  test('lets a failover raise nodes, and neither remove a pool nor enter the cluster', () => {
    const { stack } = standing();
    const [role] = ofType(stack, 'azurerm_role_definition').filter(({ name }) => /^Pool scaler/.test(String(name)));
    expect(role?.['permissions']).toEqual([
      {
        actions: [
          'Microsoft.ContainerService/managedClusters/agentPools/read',
          'Microsoft.ContainerService/managedClusters/agentPools/write',
          'Microsoft.Network/virtualNetworks/subnets/join/action',
        ],
      },
    ]);
    const own = ofType(stack, 'azurerm_role_assignment').filter(({ principal_id: who }) =>
      /Identities_Migration/.test(String(who)),
    );
    expect(own.map(({ scope }) => String(scope)).sort()).toEqual([
      expect.stringMatching(/azurerm_kubernetes_cluster/),
      expect.stringMatching(/azurerm_subnet/),
    ]);
  });

  test('has the pool that a failover raises', () => {
    const pools = ofType(standing().stack, 'azurerm_kubernetes_cluster_node_pool').map(({ name }) => name);
    expect(pools).toContain(servicePool);
  });

  test('lets nobody raise nodes where nothing fails over', () => {
    const { stack } = siteWith({ databases: { store: { on: ['primary'] } } });
    expect(ofType(stack, 'azurerm_role_definition')).toEqual([]);
  });

  test('gives no role on the subscription or on a group', () => {
    const roles = ofType(standing().stack, 'azurerm_role_assignment');
    expect(roles.length).toBeGreaterThan(10);
    for (const { role_definition_name: role, scope } of roles) {
      expect(role).not.toMatch(/^(Owner|Contributor|User Access Administrator)$/);
      expect(scope).not.toMatch(/azurerm_resource_group|^\/subscriptions\/[^/]+$/);
    }
  });
});
