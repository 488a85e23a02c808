import { about, at, none, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, atLeast, containing, exactly, like, oneLike } from '../../../support/matchers';
import { subnet } from './facts';

const stack = 'edge';
const hosts = ['shop.example.com', 'recovery.shop.example.com'];

const listeners: readonly Expectation[] = Object.entries({ public: 'Https', private: 'Https', plain: 'Http' }).map(
  ([name, protocol]) => ({
    name: `the application gateway hears ${name} by ${protocol}`,
    stack,
    type: 'azurerm_application_gateway',
    path: 'http_listener',
    is: containing({
      name,
      protocol,
      host_names: hosts,
      frontend_ip_configuration_name: name === 'private' ? 'private' : 'public',
      ...(protocol === 'Https'
        ? { ssl_certificate_name: 'domain', frontend_port_name: 'https' }
        : { frontend_port_name: 'http' }),
    }),
  }),
);

const headers: readonly Expectation[] = ['gateway', 'assets'].flatMap((set) =>
  (
    [
      ['Content-Security-Policy', /default-src 'self'.*frame-ancestors 'none'/],
      ['Permissions-Policy', /camera=\(\)/],
      ['Referrer-Policy', /^strict-origin-when-cross-origin$/],
      ['Strict-Transport-Security', /max-age=63072000; includeSubDomains/],
      ['X-Content-Type-Options', /^nosniff$/],
      ['X-Frame-Options', /^DENY$/],
      ['Server', /^$/],
      ['X-Powered-By', /^$/],
    ] as const
  ).map(([header, value]): Expectation => ({
    name: `browsers are told ${header} at the application gateway, of ${set}`,
    stack,
    type: 'azurerm_application_gateway',
    path: `rewrite_rule_set[name=${set}].rewrite_rule[name=headers].response_header_configuration[header_name=${header}].header_value`,
    is: like(value),
  })),
);

/** An ending, or what the world asks of every site. */
const fileAddress = '([.][^/]*$)|(^/[.]well-known/)';

const backends: readonly Expectation[] = about(
  { stack, type: 'azurerm_application_gateway' },
  {
    'the gateway is found at its fixed address': {
      path: 'backend_address_pool',
      is: containing({ name: 'gateway', ip_addresses: ['10.32.16.20'] }),
    },
    'files are found by the name of their account': {
      path: 'backend_address_pool[name=assets].fqdns[*]',
      is: oneLike(/^stretailflow\w+\.blob\.core\.windows\.net$/),
    },
    'whoever answers is called by TLS': { path: 'backend_http_settings[*].protocol', is: 'Https' },
    'requests that are under way are finished': {
      path: 'backend_http_settings[*].connection_draining.enabled',
      is: true,
    },
    'no customer is bound to one server': { path: 'backend_http_settings[*].cookie_based_affinity', is: 'Disabled' },
    'the gateway is called at its port': {
      path: 'backend_http_settings',
      is: containing({ name: 'gateway', port: 8000, host_name: 'shop.example.com', probe_name: 'gateway' }),
    },
    'the gateway is asked for its health at another port': {
      path: 'backend_http_settings',
      is: containing({ name: 'status', port: 8100, host_name: 'shop.example.com', probe_name: 'gateway' }),
    },
    'files are called under the name of their account': {
      path: 'backend_http_settings[name=assets].host_name',
      is: like(/^stretailflow\w+\.blob\.core\.windows\.net$/),
    },
    'files are called at the port of TLS': {
      path: 'backend_http_settings',
      is: containing({ name: 'assets', port: 443, probe_name: 'assets' }),
    },
    'whoever tests the site reaches the health of the gateway': {
      path: 'url_path_map[*].path_rule',
      is: containing({
        name: 'health',
        paths: ['/status/ready'],
        backend_address_pool_name: 'gateway',
        backend_http_settings_name: 'status',
      }),
    },
    'whoever asks who leads is told': {
      path: 'url_path_map[*].path_rule',
      is: containing({
        name: 'leader',
        paths: ['/.well-known/mainstay-leader.json'],
        backend_address_pool_name: 'assets',
        backend_http_settings_name: 'assets',
        rewrite_rule_set_name: 'leader',
      }),
    },
    'who leads is told by what lies there': {
      path: 'rewrite_rule_set[name=leader].rewrite_rule[name=leader]',
      is: containing({ url: { path: '/mainstay-leader/leader.json' } }),
    },
    'an address of a file leads to the file, at the application gateway': {
      path: 'rewrite_rule_set[name=assets].rewrite_rule[name=file]',
      is: containing({
        condition: [{ variable: 'var_uri_path', pattern: fileAddress, negate: false }],
        url: { path: '/assets{var_uri_path}' },
      }),
    },
    'any other address leads to the page, at the application gateway': {
      path: 'rewrite_rule_set[name=assets].rewrite_rule[name=page]',
      is: containing({
        condition: [{ variable: 'var_uri_path', pattern: fileAddress, negate: true }],
        url: { path: '/assets/index.html' },
      }),
    },
    'whoever is sent on is sent to the same address': { path: 'redirect_configuration[*].include_path', is: true },
    'whoever is sent on asks for the same': { path: 'redirect_configuration[*].include_query_string', is: true },
    'the gateway is waited for as long as its longest service takes': {
      path: 'backend_http_settings[name=gateway].request_timeout',
      is: 125,
    },
    'the gateway is asked whether it is ready': {
      path: 'probe',
      is: containing({ name: 'gateway', path: '/status/ready', port: 8100, protocol: 'Https', interval: 10 }),
    },
    'files are asked whether they are there': {
      path: 'probe',
      is: containing({ name: 'assets', path: '/assets/index.html', protocol: 'Https' }),
    },
    'a server that is unwell three times gets nothing': { path: 'probe[*].unhealthy_threshold', is: 3 },
    'the API goes to the gateway': {
      path: 'url_path_map[*].path_rule',
      is: containing({
        name: 'api',
        paths: ['/api', '/api/*'],
        backend_address_pool_name: 'gateway',
        backend_http_settings_name: 'gateway',
        rewrite_rule_set_name: 'gateway',
      }),
    },
    'the rest goes to files': { path: 'url_path_map[*].default_backend_address_pool_name', is: 'assets' },
    'files are told to browsers like the rest': { path: 'url_path_map[*].default_rewrite_rule_set_name', is: 'assets' },
  },
);

export const entrance: Row = {
  row: 'edge: application gateway',
  expectations: [
    ...about(
      { stack, type: 'azurerm_application_gateway', count: 1 },
      {
        'the application gateway has a firewall, and is of the kind that Azure still sells': {
          path: 'sku',
          is: { name: 'WAF_v2', tier: 'WAF_v2' },
        },
        'the application gateway stands in all zones': { path: 'zones', is: ['1', '2', '3'] },
        'the application gateway is never alone': { path: 'autoscale_configuration.min_capacity', is: atLeast(2) },
        'the application gateway grows with the load': { path: 'autoscale_configuration.max_capacity', is: 8 },
        'the firewall stands before the application gateway': {
          path: 'firewall_policy_id',
          is: reference('edge/GatewayFirewall/Policy', 'id'),
        },
        'the firewall holds for every listener': { path: 'force_firewall_policy_association', is: true },
        'the application gateway has no firewall of the old kind': { path: 'waf_configuration', is: absent },
        'customers speak TLS 1.2 or newer': {
          path: 'ssl_policy',
          is: { policy_type: 'Predefined', policy_name: 'AppGwSslPolicy20220101S' },
        },
        'the certificate is read from the vault, in whichever version is newest': {
          path: 'ssl_certificate[*].key_vault_secret_id',
          is: like(/^https:\/\/kv-retailflow-[\w-]+\.vault\.azure\.net\/secrets\/edge$/),
        },
        'no certificate stands in the file': { path: 'ssl_certificate[*].data', is: absent },
        'the application gateway reads its certificate by the identity of the edge': {
          path: 'identity.identity_ids',
          is: exactly(reference('edge/Certificate/Identity', 'id')),
        },
        'the application gateway waits until it may read its certificate': {
          path: 'depends_on[*]',
          is: oneLike(/Certificate_Reads/),
        },
        'the application gateway stands in its subnet': {
          path: 'gateway_ip_configuration[*].subnet_id',
          is: subnet('ApplicationGateway'),
        },
        'the apex leads to the public address': {
          path: 'frontend_ip_configuration',
          is: containing({ name: 'public', public_ip_address_id: reference('edge/ApplicationGateway/Address', 'id') }),
        },
        'Front Door comes by the private address': {
          path: 'frontend_ip_configuration',
          is: containing({
            name: 'private',
            private_ip_address: '10.32.18.254',
            private_link_configuration_name: 'front-door',
            subnet_id: subnet('ApplicationGateway'),
          }),
        },
        'Front Door comes by the private link': {
          path: 'private_link_configuration',
          is: containing({ name: 'front-door', ip_configuration: [{ subnet_id: subnet('PrivateLink') }] }),
        },
        'customers who come without TLS are sent on by the application gateway': {
          path: 'redirect_configuration',
          is: containing({ name: 'to-https', redirect_type: 'Permanent', target_listener_name: 'public' }),
        },
        'nothing is answered without TLS': {
          path: 'request_routing_rule',
          is: containing({ http_listener_name: 'plain', redirect_configuration_name: 'to-https' }),
        },
        'what comes by TLS is answered': {
          path: 'request_routing_rule',
          is: containing(
            { http_listener_name: 'public', url_path_map_name: 'site' },
            { http_listener_name: 'private', url_path_map_name: 'site' },
          ),
        },
      },
    ),
    ...listeners,
    ...backends,
    ...headers,
    ...about(
      { stack, type: 'azurerm_public_ip', where: at('edge/ApplicationGateway/Address'), count: 1 },
      {
        'the address of the apex stands in all zones': { path: 'zones', is: ['1', '2', '3'] },
        'the address of the apex does not change': { path: 'allocation_method', is: 'Static' },
        'the address of the apex is of the kind that Azure still sells': { path: 'sku', is: 'Standard' },
        'the address of the apex is never given away': { path: 'lifecycle.prevent_destroy', is: true },
      },
    ),
    none({ type: 'azurerm_lb' }, 'nobody else lets the internet in'),
  ],
};
