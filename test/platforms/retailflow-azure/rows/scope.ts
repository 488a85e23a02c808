import { none, one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, exactly, like } from '../../support/matchers';
import { principal } from './facts';

/** Ranges of the scope's subnets, and of those that it shares. */
const ranges = {
  apiServer: '10.16.16.0/28',
  cluster: '10.16.0.0/20',
  endpoints: '10.16.19.0/27',
  functions: '10.16.19.64/26',
  nodes: '10.16.19.32/28',
  pods: '10.64.0.0/14',
  shared: '10.16.17.0/24',
} as const;

const network = (part: string): string => `foundation/CardsScope/Network/${part}`;
const ownPorts = exactly('443', '1433');

/** What may pass, by the rule: everybody else is refused in both directions. */
const passes = {
  'EndpointsGroup/InboundFunctions': { source_address_prefix: ranges.functions, destination_port_ranges: ownPorts },
  'EndpointsGroup/InboundNodes': { source_address_prefix: ranges.nodes, destination_port_ranges: ownPorts },
  'FunctionsGroup/OutboundOwn': { destination_address_prefix: ranges.endpoints, destination_port_ranges: ownPorts },
  'FunctionsGroup/OutboundShared': {
    destination_address_prefix: ranges.shared,
    destination_port_ranges: exactly('443', '5671'),
  },
  'FunctionsGroup/OutboundEntra': {
    destination_address_prefix: 'AzureActiveDirectory',
    destination_port_range: '443',
  },
  'FunctionsGroup/OutboundThirdParties': { destination_address_prefix: 'Internet', destination_port_range: '443' },
  'NodesGroup/InboundKubelet': {
    source_address_prefixes: exactly(ranges.apiServer, ranges.cluster, ranges.pods),
    destination_port_range: '10250',
  },
  'NodesGroup/OutboundOwn': { destination_address_prefix: ranges.endpoints, destination_port_ranges: ownPorts },
  'NodesGroup/OutboundApiServer': {
    destination_address_prefix: ranges.apiServer,
    destination_port_ranges: exactly('443', '4443'),
  },
  'NodesGroup/OutboundNames': { destination_address_prefix: ranges.pods, destination_port_range: '53' },
  'NodesGroup/OutboundShared': { destination_address_prefix: ranges.shared, destination_port_range: '443' },
  'NodesGroup/OutboundInternet': { destination_address_prefix: 'Internet', destination_port_range: '443' },
} as const;

/** Private endpoints of what is in the scope. */
const endpoints = [
  'foundation/CardsScope/Keys/Endpoint',
  'data/CardsSqlServer/Endpoint',
  'cluster/PaymentFunction/Endpoint',
  'cluster/PaymentFunction/Storage/BlobEndpoint',
  'cluster/PaymentFunction/Storage/QueueEndpoint',
  'cluster/PaymentFunction/Storage/TableEndpoint',
] as const;

const server = reference('data/CardsSqlServer/Server', 'id');
const own = { 'tags.scope': 'cards' } as const;

/** Payment stands apart: subnets, a server, a vault and keys of its own, and a list of all that is connected to it. */
export const scopeRow: Row = {
  row: 'scope of cards',
  expectations: [
    ...Object.entries(passes).map(([rule, having]) =>
      one(`the scope lets pass ${rule}`, 'azurerm_network_security_rule', network(rule), {
        access: 'Allow',
        ...having,
      }),
    ),
    none(
      {
        type: 'azurerm_network_security_rule',
        where: new RegExp(
          `^foundation/CardsScope/Network/(?!(${Object.keys(passes).join('|')}|\\w+Group/(In|Out)boundRefuseOthers)$)`,
        ),
      },
      'nothing else passes into the scope or out of it',
    ),
    ...['EndpointsGroup', 'FunctionsGroup', 'NodesGroup'].flatMap((group) =>
      (['Inbound', 'Outbound'] as const).map((direction) =>
        one(
          `${group} refuses everything else ${direction}`,
          'azurerm_network_security_rule',
          network(`${group}/${direction}RefuseOthers`),
          {
            access: 'Deny',
            direction,
            priority: 4096,
            protocol: '*',
            source_address_prefix: '*',
            destination_address_prefix: '*',
          },
        ),
      ),
    ),
    ...(['Endpoints', 'Functions', 'Nodes'] as const).flatMap((subnet) => [
      one(`${subnet} of the scope has no way out of its own`, 'azurerm_subnet', network(subnet), {
        private_endpoint_network_policies: 'Enabled',
        default_outbound_access_enabled: false,
      }),
      one(
        `a list stands before ${subnet} of the scope`,
        'azurerm_subnet_network_security_group_association',
        network(`${subnet}Group/Association`),
        {
          subnet_id: reference(network(subnet), 'id'),
          network_security_group_id: reference(network(`${subnet}Group/Group`), 'id'),
        },
      ),
    ]),
    ...endpoints.map((endpoint) =>
      one(`${endpoint} is in the subnet of the scope`, 'azurerm_private_endpoint', endpoint, {
        ...own,
        subnet_id: reference(network('Endpoints'), 'id'),
      }),
    ),
    none(
      {
        type: 'azurerm_private_endpoint',
        where: new RegExp(`^(?!(${endpoints.join('|')})$)`),
        having: { subnet_id: reference(network('Endpoints'), 'id') },
      },
      'nothing else has an endpoint in the subnet of the scope',
    ),
    one(
      'payments have a server of their own, which their own job administers',
      'azurerm_mssql_server',
      'data/CardsSqlServer/Server',
      {
        ...own,
        'azuread_administrator.login_username': 'id-retailflow-azure-production-migration-cards',
        'azuread_administrator.object_id': principal('MigrationCards'),
        'azuread_administrator.azuread_authentication_only': true,
        administrator_login: absent,
        public_network_access_enabled: false,
        outbound_network_restriction_enabled: true,
        connection_policy: 'Proxy',
        minimum_tls_version: '1.2',
        'identity.identity_ids': exactly(reference('foundation/CardsScope/Keys/Identity', 'id')),
        'tags.data-class': 'restricted',
        'lifecycle.prevent_destroy': true,
      },
    ),
    one(
      'payments are encrypted with a key of the scope',
      'azurerm_mssql_server_transparent_data_encryption',
      'data/CardsSqlServer/Encryption',
      {
        server_id: server,
        key_vault_key_id: reference('foundation/CardsScope/Keys/Database', 'output.properties.keyUriWithVersion'),
        auto_rotation_enabled: true,
      },
    ),
    one(
      'what is done with payments is written down',
      'azurerm_mssql_server_extended_auditing_policy',
      'data/CardsSqlServer/Audit',
      {
        server_id: server,
        enabled: true,
        log_monitoring_enabled: true,
      },
    ),
    one(
      'the code of payment is encrypted with a key of the scope',
      'azurerm_storage_account',
      'cluster/PaymentFunction/Storage/Account',
      {
        ...own,
        'customer_managed_key.key_vault_key_id': reference(
          'foundation/CardsScope/Keys/Storage',
          'output.properties.keyUri',
        ),
        'customer_managed_key.user_assigned_identity_id': reference('foundation/CardsScope/Keys/Identity', 'id'),
      },
    ),
    ...(['Database', 'Storage'] as const).map((key) =>
      one(
        `the key ${key} of the scope is used by its own identity`,
        'azurerm_role_assignment',
        `foundation/CardsScope/Keys/${key}Use`,
        {
          principal_id: reference('foundation/CardsScope/Keys/Identity', 'principal_id'),
          role_definition_name: 'Key Vault Crypto Service Encryption User',
          scope: reference(`foundation/CardsScope/Keys/${key}`, 'id'),
        },
      ),
    ),
    none(
      {
        type: 'azurerm_role_assignment',
        where: /^(?!cluster\/FunctionSecrets\/PaymentPaymentProvider|foundation\/CardsScope\/Keys\/)/,
        having: { scope: like(/CardsScope\/Keys/) },
      },
      'payment and people alone hold a role on the vault of the scope',
    ),
    one(
      'the nodes of the scope are for its job alone',
      'azurerm_kubernetes_cluster_node_pool',
      'cluster/CardsScope/Nodes/Pool',
      {
        vnet_subnet_id: reference(network('Nodes'), 'id'),
        'node_taints.0': 'mainstay/scope=cards:NoSchedule',
        'node_labels[mainstay/scope]': 'cards',
        min_count: 0,
        max_count: 1,
        host_encryption_enabled: true,
      },
    ),
    one(
      'third parties of the scope see an address of its own',
      'azurerm_subnet_nat_gateway_association',
      network('FunctionsNat/SubnetAssociation'),
      {
        subnet_id: reference(network('Functions'), 'id'),
        nat_gateway_id: reference(network('FunctionsNat/Gateway'), 'id'),
      },
    ),
    one(
      'queues of payments are shared, and so connected',
      'azurerm_servicebus_queue',
      'messaging/PaymentsQueue/Queue',
      {
        namespace_id: reference('messaging/ServiceBus/Namespace', 'id'),
      },
    ),
    one(
      'order reads its own key of callbacks, in the vault of the site',
      'azurerm_role_assignment',
      'cluster/Secrets/OrderPaymentCallbacksWebhookKey',
      {
        principal_id: principal('Order'),
        scope: like(/foundation\/Keys\/Vault.*\/secrets\/payment-callbacks-webhookKey/),
      },
    ),
    none(
      {
        type: 'azurerm_role_assignment',
        having: { principal_id: principal('Order'), scope: like(/CardsScope\/Keys|\/secrets\/payment-provider-/) },
      },
      'order may not read the key of the provider',
    ),
  ],
};
