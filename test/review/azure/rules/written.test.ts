import { bothMajors } from '../../../../lib/review/azure/rules/both-majors';
import { cidr } from '../../../../lib/review/azure/rules/cidr';
import { locationsRule } from '../../../../lib/review/azure/rules/locations';
import { names } from '../../../../lib/review/azure/rules/names';
import { retired } from '../../../../lib/review/azure/rules/retired';
import { valuesRule } from '../../../../lib/review/azure/rules/values';
import { judges } from '../fixtures';

describe('retired', () => {
  const valid = {
    'azurerm_kubernetes_cluster.Cluster': {
      network_profile: { network_plugin: 'azure', network_policy: 'cilium' },
      open_service_mesh_enabled: false,
    },
    'azurerm_network_watcher_flow_log.Log': { target_resource_id: '${azurerm_virtual_network.Network.id}' },
    'azurerm_public_ip.Address': { sku: 'Standard', allocation_method: 'Static' },
  };
  judges(retired, valid, [
    [
      'a type is',
      'azurerm_redis_cache.Cache',
      {},
      /^azurerm_redis_cache\.Cache: azurerm_redis_cache is retired \(2026-10-01\): use azurerm_managed_redis/,
    ],
    ['a family of types is', 'azurerm_frontdoor_firewall_policy.Waf', {}, /use azurerm_cdn_frontdoor_profile/],
    [
      'a value is',
      'azurerm_kubernetes_cluster.Cluster/network_profile/network_plugin',
      'kubenet',
      /network_profile\.network_plugin "kubenet" is retired \(2028-03-31\)/,
    ],
    [
      'a block is',
      'azurerm_kubernetes_cluster.Cluster/web_app_routing',
      [{}],
      /web_app_routing \(the block\) is retired/,
    ],
    [
      'a flow log is of a group',
      'azurerm_network_watcher_flow_log.Log/target_resource_id',
      '${azurerm_network_security_group.G.id}',
      /use flow logs of the virtual network/,
    ],
    ['an address is basic', 'azurerm_public_ip.Address/sku', 'Basic', /sku "Basic" is retired/],
  ]);
});

describe('both-majors', () => {
  judges(
    bothMajors,
    {
      'azurerm_key_vault.Vault': { rbac_authorization_enabled: true },
      'azurerm_monitor_diagnostic_setting.D': { enabled_metric: [{ category: 'AllMetrics' }] },
    },
    [
      [
        'a name is old',
        'azurerm_key_vault.Vault/enable_rbac_authorization',
        true,
        /enable_rbac_authorization is no argument of azurerm 5\.0: use rbac_authorization_enabled/,
      ],
      [
        'a block is old',
        'azurerm_monitor_diagnostic_setting.D/metric',
        [{ category: 'AllMetrics' }],
        /metric is no argument of azurerm 5\.0: use enabled_metric/,
      ],
    ],
  );
});

describe('locations', () => {
  judges(
    locationsRule,
    {
      'azurerm_public_ip.A': { location: 'eastasia', zones: ['1', '2', '3'] },
      'azurerm_dashboard_grafana.G': { location: '${var.location}' },
    },
    [
      [
        'there is no such region',
        'azurerm_public_ip.A/location',
        'eastaisa',
        /location must be a region of Azure, got "eastaisa": did you mean eastasia\?/,
      ],
      ['a region has no zones', 'azurerm_public_ip.A/location', 'westus', /zones must be left out in westus/],
      ['there is no such zone', 'azurerm_public_ip.A/zones/2', '4', /zones must be one of 1, 2, 3, got "4"/],
    ],
  );
});

describe('cidr', () => {
  const valid = {
    'azurerm_virtual_network.Network': { address_space: ['10.32.0.0/16'] },
    'azurerm_subnet.A': {
      virtual_network_name: '${azurerm_virtual_network.Network.name}',
      address_prefixes: ['10.32.0.0/24'],
    },
    'azurerm_subnet.B': {
      virtual_network_name: '${azurerm_virtual_network.Network.name}',
      address_prefixes: ['10.32.1.0/24'],
    },
    'azurerm_kubernetes_cluster.C': {
      network_profile: { pod_cidr: '10.64.0.0/14', service_cidr: '10.33.0.0/16', dns_service_ip: '10.33.0.10' },
    },
    'azurerm_network_security_rule.R': {
      source_address_prefix: '10.32.0.4',
      destination_address_prefix: 'VirtualNetwork',
    },
  };
  const profile = 'azurerm_kubernetes_cluster.C/network_profile';
  judges(cidr, valid, [
    [
      'a range is malformed',
      'azurerm_subnet.A/address_prefixes/0',
      '10.32.0.0/33',
      /address_prefixes\[0\] must be an address range such as 10\.0\.0\.0\/16, got "10\.32\.0\.0\/33"/,
    ],
    [
      'an address of a rule is malformed',
      'azurerm_network_security_rule.R/source_address_prefix',
      '10.32.0.400',
      /source_address_prefix must be an address range/,
    ],
    [
      'a range does not begin at its network',
      'azurerm_network_security_rule.R/source_address_prefix',
      '10.32.0.4/24',
      /write "10\.32\.0\.0\/24"/,
    ],
    [
      'a subnet is outside',
      'azurerm_subnet.B/address_prefixes/0',
      '10.40.0.0/24',
      /10\.40\.0\.0\/24 must lie in azurerm_virtual_network\.Network, 10\.32\.0\.0\/16/,
    ],
    [
      'subnets overlap',
      'azurerm_subnet.B/address_prefixes/0',
      '10.32.0.128/25',
      /^azurerm_subnet\.A: address_prefixes 10\.32\.0\.0\/24 overlaps azurerm_subnet\.B/,
    ],
    [
      'pods are in the network',
      `${profile}/pod_cidr`,
      '10.32.128.0/17',
      /network_profile\.pod_cidr 10\.32\.128\.0\/17 overlaps azurerm_virtual_network\.Network/,
    ],
    [
      'services are among pods',
      `${profile}/pod_cidr`,
      '10.33.0.0/17',
      /pod_cidr 10\.33\.0\.0\/17 overlaps service_cidr/,
    ],
    [
      'the name server is elsewhere',
      `${profile}/dns_service_ip`,
      '10.34.0.10',
      /dns_service_ip must lie in 10\.33\.0\.0\/16, got "10\.34\.0\.10"/,
    ],
  ]);
});

describe('names', () => {
  judges(
    names,
    {
      'azurerm_storage_account.A': { name: 'stshop1' },
      'azurerm_key_vault.V': { name: 'kv-shop' },
      'azurerm_virtual_network.N': { name: '${var.name}' },
    },
    [
      [
        'it is too long',
        'azurerm_key_vault.V/name',
        'kv-shop-production-and-more',
        /name must have 3 to 24 characters, got 27/,
      ],
      [
        'a character is refused',
        'azurerm_storage_account.A/name',
        'st-shop',
        /name must be lower-case letters and digits, got "st-shop"/,
      ],
    ],
  );
});

describe('values', () => {
  const valid = {
    'azurerm_postgresql_flexible_server.S': {
      sku_name: 'GP_Standard_D4ds_v5',
      backup_retention_days: 35,
      storage_mb: 131072,
      high_availability: { mode: 'ZoneRedundant' },
    },
    'azurerm_managed_redis.R': { sku_name: 'Balanced_B5' },
    'azurerm_monitor_metric_alert.A': { severity: 0, criteria: [{ operator: 'GreaterThan' }] },
    'azurerm_kubernetes_cluster.C': {
      automatic_upgrade_channel: '${var.channel}',
      default_node_pool: { vm_size: 'Standard_D4ds_v5' },
    },
    'azurerm_network_security_rule.N': { destination_port_ranges: ['443', '8000-8080'] },
  };
  judges(valuesRule, valid, [
    [
      'a SKU is none',
      'azurerm_postgresql_flexible_server.S/sku_name',
      'GP_Standard_D5ds_v5',
      /sku_name must be a SKU such as GP_Standard_D4ds_v5, got "GP_Standard_D5ds_v5"/,
    ],
    ['a size is none', 'azurerm_postgresql_flexible_server.S/storage_mb', 100000, /storage_mb must be one of 32768, /],
    [
      'days are out of range',
      'azurerm_postgresql_flexible_server.S/backup_retention_days',
      36,
      /backup_retention_days must be 7 to 35, got 36/,
    ],
    [
      'a mode of a block is misspelt',
      'azurerm_postgresql_flexible_server.S/high_availability/mode',
      'ZoneRedundent',
      /high_availability\.mode must be one of .* did you mean ZoneRedundant\?/,
    ],
    [
      'a Redis SKU is of the old service',
      'azurerm_managed_redis.R/sku_name',
      'Premium',
      /sku_name must be a SKU such as Balanced_B5/,
    ],
    ['a severity is none', 'azurerm_monitor_metric_alert.A/severity', 5, /severity must be 0 to 4, got 5/],
    [
      'one of several blocks is wrong',
      'azurerm_monitor_metric_alert.A/criteria/0/operator',
      'Above',
      /criteria\.operator must be one of/,
    ],
    [
      'a channel is none',
      'azurerm_kubernetes_cluster.C/automatic_upgrade_channel',
      'none',
      /automatic_upgrade_channel must be one of/,
    ],
    [
      'an element of a list is wrong',
      'azurerm_network_security_rule.N/destination_port_ranges/1',
      'https',
      /destination_port_ranges must be a port/,
    ],
  ]);
});
