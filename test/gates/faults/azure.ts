import { TerraformResource, TerraformStack, type App } from 'cdktf';
import { AzapiResource } from '../../../lib/azure/azapi';
import { exempt } from '../../../lib/azure/exempt';
import { regionFaults } from './azure-regions';
import { googleFaults } from './google';
import { find, stackNamed, type SiteFault } from './site';

/** Gives an argument of a resource another value. */
const override =
  (type: string, argument: string, value: unknown, part?: string) =>
  (app: App): string => {
    const resource = find(app, type, part);
    resource.addOverride(argument, value);
    return resource.node.path;
  };

/** Takes away what stands beside a resource of a type and has an id. */
const removeBeside =
  (type: string, id: (resource: TerraformResource) => string, part?: string) =>
  (app: App): string => {
    const resource = find(app, type, part);
    if (resource.node.scope?.node.tryRemoveChild(id(resource)) !== true) {
      throw new Error(`${resource.node.path} must have ${id(resource)} beside it`);
    }
    return resource.node.path;
  };

const VAULT = 'azurerm_key_vault';
const POSTGRES = 'azurerm_postgresql_flexible_server';
const REDIS = 'azurerm_managed_redis';
const BUS = 'azurerm_servicebus_namespace';

/** Every fault that is planted, in the order of planting. */
export const siteFaults: readonly SiteFault[] = [
  {
    rule: 'arguments',
    says: 'purge_protection_enable is no argument here: did you mean purge_protection_enabled?',
    plant: override(VAULT, 'purge_protection_enable', true),
  },
  {
    rule: 'values',
    says: 'sku_name must be a SKU such as GP_Standard_D4ds_v5, got "GP_Standard_D5ds_v5"',
    plant: override(POSTGRES, 'sku_name', 'GP_Standard_D5ds_v5'),
  },
  {
    rule: 'public-access',
    says: 'public_network_access_enabled must be false, got true',
    plant: override(VAULT, 'public_network_access_enabled', true),
  },
  {
    rule: 'scope',
    says: 'is in the scope cards, and subnet_id is in no scope: give it a subnet of its own scope, or of none',
    plant: override('azurerm_private_endpoint', 'tags.scope', 'cards', 'Registry'),
  },
  {
    rule: 'private-endpoint',
    says: 'which is not linked to azurerm_virtual_network.',
    plant: (app) => {
      find(app, 'azurerm_private_dns_zone_virtual_network_link', 'Registry').addOverride(
        'virtual_network_id',
        '/subscriptions/other',
      );
      return find(app, 'azurerm_private_endpoint', 'Registry').node.path;
    },
  },
  {
    rule: 'retired',
    says: 'azurerm_redis_cache is retired (2026-10-01): use azurerm_managed_redis',
    plant: (app) =>
      new TerraformResource(stackNamed(app, 'data'), 'OldCache', { terraformResourceType: 'azurerm_redis_cache' }).node
        .path,
  },
  {
    rule: 'literal-secrets',
    says: 'administrator_password must not hold a literal, got one',
    plant: override(POSTGRES, 'administrator_password', 'hunter2'),
  },
  {
    rule: 'references',
    says: 'tenant_id names azurerm_key_vault.Gone, which',
    plant: override(VAULT, 'tenant_id', '${azurerm_key_vault.Gone.tenant_id}'),
  },
  {
    rule: 'retention',
    says: 'must have a management lock (CanNotDelete), got none, which loses the messages that nobody has received',
    plant: removeBeside(BUS, ({ node }) => `${node.id}Lock`),
  },
  {
    rule: 'diagnostics',
    says: 'must have a diagnostic setting, got none',
    plant: removeBeside(BUS, () => 'Diagnostics'),
  },
  {
    rule: 'exemptions',
    says: 'is exempted from roles, which finds nothing: take the exemption away',
    plant: (app) => {
      const cache = find(app, REDIS);
      exempt(cache, { roles: 'it was needed once and nobody has looked since' });
      return cache.node.path;
    },
  },
  {
    rule: 'stateful-lock',
    says: 'has another logical id there, which loses the messages that nobody has received',
    plant: (app) => {
      const subscription = find(app, 'azurerm_servicebus_subscription');
      subscription.node.scope?.node.tryRemoveChild(subscription.node.id);
      return subscription.node.path;
    },
  },
  {
    rule: 'tls-version',
    says: 'minimum_tls_version must be "1.2", got "1.0"',
    plant: override(BUS, 'minimum_tls_version', '1.0'),
  },
  {
    rule: 'local-auth',
    says: 'local_auth_enabled must be false, got true',
    plant: override(BUS, 'local_auth_enabled', true),
  },
  {
    rule: 'customer-key',
    says: 'must be encrypted with a key by customer_managed_key.key_vault_key_id, got nothing',
    plant: override(REDIS, 'customer_managed_key', null),
  },
  {
    rule: 'both-majors',
    says: 'enable_rbac_authorization is no argument of azurerm 5.0: use rbac_authorization_enabled',
    plant: override(VAULT, 'enable_rbac_authorization', true),
  },
  {
    rule: 'roles',
    says: 'Owner must not be given on a resource group or more',
    plant: (app) => {
      const assignment = find(app, 'azurerm_role_assignment');
      assignment.addOverride('role_definition_name', 'Owner');
      assignment.addOverride('scope', '/subscriptions/7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a');
      return assignment.node.path;
    },
  },
  {
    rule: 'alerts-have-actions',
    says: 'must name an action group or a channel, got none',
    plant: override('azurerm_monitor_metric_alert', 'action', null),
  },
  {
    rule: 'metric-aggregation',
    says: 'aggregation of NamespaceCpuUsage must be one of Maximum, got Average',
    plant: override('azurerm_monitor_metric_alert', 'criteria.0.aggregation', 'Average', 'ServiceBus/CpuHigh'),
  },
  {
    rule: 'cidr',
    says: 'must be an address range such as 10.0.0.0/16, got "10.32.0.0/33"',
    plant: override('azurerm_virtual_network', 'address_space', ['10.32.0.0/33']),
  },
  {
    rule: 'link',
    says: 'must name 169.254.21.6 or 169.254.22.6 for instance-1, got nothing: without, every tunnel speaks by the first address',
    plant: override('azapi_resource', 'body.properties.gatewayCustomBgpIpAddresses', [], 'Connection1Tunnel1'),
  },
  {
    rule: 'locations',
    says: 'location must be a region of Azure, got "eastaisa": did you mean eastasia?',
    plant: override('azurerm_user_assigned_identity', 'location', 'eastaisa'),
  },
  {
    rule: 'names',
    says: 'name must be lower-case letters and digits, got "st-shop"',
    plant: override('azurerm_storage_account', 'name', 'st-shop'),
  },
  {
    rule: 'open-ingress',
    says: 'lets everybody in to ports 22',
    plant: (app) => {
      const rule = find(app, 'azurerm_network_security_rule', 'Inbound');
      const open = {
        access: 'Allow',
        source_address_prefix: '*',
        source_address_prefixes: null,
        destination_port_range: '22',
        destination_port_ranges: null,
      };
      for (const [argument, value] of Object.entries(open)) rule.addOverride(argument, value);
      return rule.node.path;
    },
  },
  {
    rule: 'api-management',
    says: 'url must begin with https://, got "http://10.0.0.4": encrypt',
    plant: (app) => {
      const bus = find(app, BUS);
      return new AzapiResource(TerraformStack.of(bus), 'PlantedBackend', {
        place: {
          subscriptionId: '00000000-0000-0000-0000-000000000000',
          tenantId: '00000000-0000-0000-0000-000000000000',
        },
        type: 'Microsoft.ApiManagement/service/backends@2024-05-01',
        name: 'planted',
        parentId: bus.getStringAttribute('id'),
        body: {
          properties: {
            type: 'Single',
            url: 'http://10.0.0.4',
            tls: { validateCertificateChain: true, validateCertificateName: true },
            circuitBreaker: { rules: [] },
          },
        },
      }).node.path;
    },
  },
  {
    rule: 'policies',
    says: 'policy_definition_id must be a policy of Azure that is written down, got "/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37"',
    plant: override(
      'azurerm_resource_group_policy_assignment',
      'policy_definition_id',
      '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37',
      'RestrictedPods',
    ),
  },
  {
    rule: 'provider-pin',
    says: 'version of azurerm must be one version, got "~> 4.0": pin it',
    plant: (app) => {
      const stack = stackNamed(app, 'edge');
      stack.addOverride('terraform.required_providers.azurerm.version', '~> 4.0');
      return stack.node.path;
    },
  },
  {
    rule: 'state',
    says: 'use_azuread_auth must be true, got false',
    plant: (app) => {
      const stack = stackNamed(app, 'edge');
      stack.addOverride('terraform.backend.azurerm.use_azuread_auth', false);
      return stack.node.path;
    },
  },
  ...regionFaults,
  ...googleFaults,
];
