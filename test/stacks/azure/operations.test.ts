import { App } from 'cdktf';
import { siteOn } from '../../../lib/platform/platform';
import { createSites } from '../../../stacks/azure/site';
import { ofType, only, resourcesOf } from '../../support/azure';
import { resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const made = remember(() => {
  const platform = resolved(retailflowWith({}));
  const site = siteOn(platform, 'azure');
  if (site === undefined) throw new Error('the platform must have a site on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  return { platform, stack: createSites(app, platform, [site])[0].stacks.operations };
});

describe('the operations of the site', () => {
  const { platform, stack } = made();

  test('back up every PostgreSQL database, for as long as the most careful of them asks', () => {
    expect(
      ofType(stack, 'azurerm_data_protection_backup_instance_postgresql_flexible_server').map(({ name }) => name),
    ).toEqual(
      Object.entries(platform.databases)
        .filter(([, { engine }]) => engine === 'postgres')
        .map(([name]) => name),
    );
    expect(only(stack, 'azurerm_data_protection_backup_policy_postgresql_flexible_server')).toMatchObject({
      default_retention_rule: { life_cycle: [{ duration: 'P35D' }] },
    });
  });

  test('take back the objects that are used, and not the archive', () => {
    expect(ofType(stack, 'azurerm_data_protection_backup_instance_blob_storage').map(({ name }) => name)).toEqual([
      'assets',
      'hot',
    ]);
  });

  test('show the metrics of the cluster, which another stack keeps', () => {
    expect(only(stack, 'azurerm_dashboard_grafana')).toMatchObject({
      azure_monitor_workspace_integrations: [
        { resource_id: expect.stringMatching(/^\$\{azurerm_monitor_workspace\.Cluster_\w+\.id\}$/) },
      ],
    });
  });

  test('look at the recovery site under a name of its own, while the domain leads elsewhere', () => {
    const urls = ofType(stack, 'azurerm_application_insights_standard_web_test').map(
      ({ request }) => (request as { readonly url: string }).url,
    );
    expect(urls.sort()).toEqual([
      'https://recovery.shop.example.com/',
      'https://recovery.shop.example.com/status/ready',
    ]);
  });

  test('watch every service by the figures of its releases', () => {
    const errors = ofType(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2').find(
      ({ name }) => name === 'service-errors',
    );
    for (const service of Object.keys(platform.services)) expect(JSON.stringify(errors)).toContain(`'${service}', `);
  });

  test('watch the groups of the stacks by name', () => {
    const groups = ofType(stack, 'azurerm_monitor_activity_log_alert').flatMap(({ criteria }) =>
      JSON.stringify(criteria).match(/rg-retailflow-production-[\w-]+/g),
    );
    expect(groups.filter(Boolean)).toEqual(
      ['foundation', 'messaging', 'cluster', 'edge', 'messages', 'link-base'].map(
        (word) => `rg-retailflow-production-${word}`,
      ),
    );
  });

  test('hold the site to a quarter of the spending while it waits', () => {
    expect(only(stack, 'azurerm_consumption_budget_subscription')).toMatchObject({
      amount: (platform.goals.monthlyDollars ?? 0) / 4,
    });
  });

  test('give no role on the subscription or on a group', () => {
    const roles = ofType(stack, 'azurerm_role_assignment');
    expect(roles.length).toBeGreaterThan(5);
    for (const { role_definition_name: role, scope } of roles) {
      expect(role).not.toMatch(/^(Owner|Contributor|User Access Administrator)$/);
      expect(scope).not.toMatch(/azurerm_resource_group|^\/subscriptions\/[^/]+$/);
    }
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_resource_group_policy_assignment');
  });
});
