import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { App } from 'cdktf';
import { FoundationStack } from '../../../stacks/azure/foundation';
import { siteOn } from '../../../lib/platform/platform';
import { ofType, only, resourcesOf } from '../../support/azure';
import { resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const stackOf = remember((patch: Parameters<typeof retailflowWith>[0] = {}) => {
  const platform = resolved(retailflowWith(patch));
  const site = siteOn(platform, 'azure');
  if (site === undefined) throw new Error('the platform must have a site on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  return { platform, stack: new FoundationStack(app, 'foundation', { platform, site }) };
});

describe('the foundation of the site', () => {
  const { platform, stack } = stackOf();

  test('has one identity for each service and function, for the gateway, the keeper, the job of migrations, what copies objects, pipelines, what watches and encryption', () => {
    const names = ofType(stack, 'azurerm_user_assigned_identity').map(({ name }) => name);
    const words = [
      ...Object.keys(platform.services),
      ...Object.keys(platform.functions),
      'encryption',
      'flag-rollout',
      'gateway',
      'image-importer',
      'keeper',
      'migration',
      'object-copier',
      'observability',
      'scaler',
    ];
    expect(names.sort()).toEqual(words.map((word) => `id-retailflow-production-${word}`).sort());
  });

  test('knows every secret of the definition, and holds no value', () => {
    expect(Object.keys(stack.secrets)).toEqual(Object.keys(platform.secrets));
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_key_vault_secret');
  });

  test('encrypts once the use of keys is granted', () => {
    for (const type of ['azurerm_container_registry', 'azurerm_storage_account']) {
      expect(only(stack, type)['depends_on']).toEqual(
        expect.arrayContaining([expect.stringMatching(/^azurerm_role_assignment\.Keys_/)]),
      );
    }
  });

  test('makes keys only when somebody is called for their end, since a vault tells of no version that was there before', () => {
    const made = Object.entries(resourcesOf(stack)['azapi_resource'] ?? {});
    const ofVault = (start: string) => made.filter(([, { type }]) => String(type).startsWith(start));
    const told = ofVault('Microsoft.EventGrid/').map(([name]) => `azapi_resource.${name}`);
    const keys = ofVault('Microsoft.KeyVault/');
    expect(told).toContainEqual(expect.stringMatching(/KeyEnds/));
    expect(keys).toHaveLength(stack.encryption.keys.length);
    for (const [, { depends_on: after }] of keys) expect([...(after as string[])].sort()).toEqual([...told].sort());
  });

  test('gives no role on the subscription or on a group', () => {
    const roles = ofType(stack, 'azurerm_role_assignment');
    expect(roles.length).toBeGreaterThan(0);
    for (const { role_definition_name: role, scope } of roles) {
      expect(role).not.toMatch(/^(Owner|Contributor|User Access Administrator)$/);
      expect(scope).not.toMatch(/azurerm_resource_group|^\/subscriptions\/[^/]+$/);
    }
  });

  test('asks nothing of what only the network can reach, so that it can be applied from outside', () => {
    const { provider } = stack.toTerraform() as { readonly provider: Record<string, readonly object[]> };
    expect(provider['azurerm']).toEqual([
      expect.objectContaining({
        features: [expect.objectContaining({ storage: [{ data_plane_available: false }] })],
        storage_use_azuread: true,
      }),
    ]);
    expect(provider['azapi']).toHaveLength(1);
    for (const type of ['azurerm_key_vault_key', 'azurerm_storage_container', 'azurerm_storage_queue']) {
      expect(resourcesOf(stack)).not.toHaveProperty(type);
    }
  });

  test('has one way to Azure Monitor, which workspace and insights are in', () => {
    expect(only(stack, 'azurerm_monitor_private_link_scope')).toBeDefined();
    expect(ofType(stack, 'azurerm_monitor_private_link_scoped_service').map(({ name }) => name)).toEqual([
      'insights',
      'workspace',
    ]);
  });

  test('copies images nowhere without copies of the site', () => {
    expect(only(stack, 'azurerm_container_registry')).not.toHaveProperty('georeplications');
  });

  test('copies images where the site says that it has copies', () => {
    const copying = stackOf({
      stages: { production: { sites: { recovery: { copies: { region: 'southeastasia' } } } } },
    });
    expect(only(copying.stack, 'azurerm_container_registry')).toMatchObject({
      georeplications: [{ location: 'southeastasia' }],
    });
  });

  test('lets the primary replicate from its databases', () => {
    expect(
      ofType(stack, 'azurerm_network_security_rule').filter(
        (rule) => rule['source_address_prefix'] === platform.stage.sites.primary.network.cidr,
      ),
    ).toHaveLength(1);
  });

  test('tells the runbook in every alert, and each is there', () => {
    const runbooks = readdirSync(resolve(__dirname, '../../../docs/runbooks'));
    const descriptions = ['azurerm_monitor_metric_alert', 'azurerm_monitor_activity_log_alert'].flatMap((type) =>
      ofType(stack, type).map(({ description }) => String(description)),
    );
    expect(descriptions.length).toBeGreaterThan(10);
    for (const description of descriptions) {
      const [, file] = /Runbook: docs\/runbooks\/(\S+)$/.exec(description) ?? [];
      expect(runbooks).toContain(file);
    }
  });

  test('tells the identities of all who log in', () => {
    const { output } = stack.toTerraform() as { readonly output: Record<string, { readonly value: object }> };
    const told = output['workload_identities']?.value ?? {};
    expect(Object.keys(told).sort()).toEqual(
      [
        ...Object.keys(platform.services),
        ...Object.keys(platform.functions),
        'flag-rollout',
        'gateway',
        'image-importer',
        'keeper',
        'migration',
        'object-copier',
        'observability',
        'scaler',
      ].sort(),
    );
    expect(told).toMatchObject({
      order: {
        client_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.Identities_Order_\w+\.client_id\}$/),
        principal_id: expect.stringMatching(
          /^\$\{azurerm_user_assigned_identity\.Identities_Order_\w+\.principal_id\}$/,
        ),
      },
    });
  });

  test('outputs addresses, and nothing that is secret', () => {
    const outputs = JSON.stringify(stack.toTerraform().output);
    expect(outputs).toContain('EgressAddresses');
    expect(outputs).not.toMatch(/instrumentation_key|access_key|shared_key|password/);
  });

  test('tells how Application Insights is found, which takes no key that stands there', () => {
    const outputs = JSON.stringify(stack.toTerraform().output);
    expect(outputs.match(/\w+\.connection_string/g)).toHaveLength(1);
    expect(only(stack, 'azurerm_application_insights')).toMatchObject({ local_authentication_disabled: true });
  });
});
