import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, containing, exactly, like } from '../../../support/matchers';

const stack = 'edge';
const part = (path: string): string => reference(`edge/Edge/${path}`, 'id');
const certificate = reference('edge/Certificate/Identity', 'id');
const hosts = { Domain: 'shop.example.com', Site: 'recovery.shop.example.com' } as const;

/** What is asked for at the edge: by which route, of which origin, for how long it is kept, by which rules. */
const routes: Readonly<
  Record<string, { patterns: readonly string[]; to: 'Assets' | 'Gateway'; rules?: string; kept?: false }>
> = {
  ApiRoute: { patterns: ['/api', '/api/*'], to: 'Gateway' },
  LeaderRoute: {
    patterns: ['/.well-known/mainstay-leader.json'],
    to: 'Assets',
    rules: 'LeaderRules',
    kept: false,
  },
  FilesRoute: { patterns: ['/*'], to: 'Assets', rules: 'FilesRules' },
  Kept30Route: { patterns: ['/api/search', '/api/search/*'], to: 'Gateway', rules: 'Kept30Rules' },
  Kept60Route: { patterns: ['/api/products', '/api/products/*'], to: 'Gateway', rules: 'Kept60Rules' },
  Kept300Route: { patterns: ['/api/categories', '/api/categories/*'], to: 'Gateway', rules: 'Kept300Rules' },
};

const eachRoute: readonly Expectation[] = Object.entries(routes).map(
  ([name, { patterns, rules, to, kept = rules !== undefined }]) =>
    one(
      `${patterns[0]} is answered by ${to}, ${kept ? 'and kept' : 'and never kept'}`,
      'azurerm_cdn_frontdoor_route',
      `edge/Edge/${name}`,
      {
        patterns_to_match: [...patterns],
        cdn_frontdoor_origin_group_id: part(`${to}/Group`),
        cdn_frontdoor_origin_ids: [part(`${to}/Origin`)],
        cdn_frontdoor_rule_set_ids: [part('Headers/Set'), ...(rules === undefined ? [] : [part(`${rules}/Set`)])],
        'cache.query_string_caching_behavior': !kept
          ? absent
          : to === 'Assets'
            ? 'IgnoreQueryString'
            : 'UseQueryString',
      },
    ),
);

const kept: readonly Expectation[] = Object.entries({
  FilesRules: '1.00:00:00',
  Kept30Rules: '00:00:30',
  Kept60Rules: '00:01:00',
  Kept300Rules: '00:05:00',
}).flatMap(([rules, duration]) => [
  one(`answers by ${rules} are kept for ${duration}`, 'azurerm_cdn_frontdoor_rule', `edge/Edge/${rules}/Keep`, {
    'actions.route_configuration_override_action.cache_duration': duration,
    'actions.route_configuration_override_action.cache_behavior': 'OverrideIfOriginMissing',
    cdn_frontdoor_rule_set_id: part(`${rules}/Set`),
  }),
  one(
    `what is kept by ${rules} is asked for by nobody in particular`,
    'azurerm_cdn_frontdoor_rule',
    `edge/Edge/${rules}/Strangers`,
    {
      'actions.request_header_action': [
        { header_action: 'Delete', header_name: 'Authorization' },
        { header_action: 'Delete', header_name: 'Cookie' },
      ],
      cdn_frontdoor_rule_set_id: part(`${rules}/Set`),
    },
  ),
]);

/** An ending, or what the world asks of every site. */
const fileAddress = '([.][^/]*$)|(^[.]well-known/)';

/** What browsers are told, on the way through Front Door. */
const headers: readonly Expectation[] = (
  [
    ['Headers1', 'Content-Security-Policy', /default-src 'self'.*frame-ancestors 'none'/],
    ['Headers1', 'Permissions-Policy', /camera=\(\)/],
    ['Headers1', 'Referrer-Policy', /^strict-origin-when-cross-origin$/],
    ['Headers1', 'Strict-Transport-Security', /max-age=63072000; includeSubDomains/],
    ['Headers1', 'X-Content-Type-Options', /^nosniff$/],
    ['Headers2', 'X-Frame-Options', /^DENY$/],
  ] as const
).map(([rule, name, value]) =>
  one(`browsers are told ${name} at the edge`, 'azurerm_cdn_frontdoor_rule', `edge/Edge/Headers/${rule}`, {
    [`actions.response_header_action[header_name=${name}].value`]: like(value),
    [`actions.response_header_action[header_name=${name}].header_action`]: 'Overwrite',
    cdn_frontdoor_rule_set_id: part('Headers/Set'),
  }),
);

const origins: readonly Expectation[] = [
  one(
    'the gateway is reached by the private link of the application gateway',
    'azurerm_cdn_frontdoor_origin',
    'edge/Edge/Gateway/Origin',
    {
      host_name: hosts.Site,
      origin_host_header: hosts.Site,
      'private_link.private_link_target_id': like(
        /privateLinkServices\/_e41f87a2_\$\{edge\/ApplicationGateway\/Gateway\.name\}_front-door$/,
      ),
      'private_link.location': 'eastasia',
      'private_link.request_message': like(/./),
      cdn_frontdoor_origin_group_id: part('Gateway/Group'),
    },
  ),
  one(
    'files are reached by the private link of their account',
    'azurerm_cdn_frontdoor_origin',
    'edge/Edge/Assets/Origin',
    {
      'private_link.target_type': 'blob',
      host_name: like(/^stretailflow\w+\.blob\.core\.windows\.net$/),
      origin_host_header: like(/^stretailflow\w+\.blob\.core\.windows\.net$/),
      'private_link.private_link_target_id': like(/Microsoft\.Storage\/storageAccounts\/stretailflow\w+$/),
      'private_link.location': 'eastasia',
      cdn_frontdoor_origin_group_id: part('Assets/Group'),
    },
  ),
  one(
    'Front Door asks the gateway whether it is ready',
    'azurerm_cdn_frontdoor_origin_group',
    'edge/Edge/Gateway/Group',
    {
      'health_probe.path': '/status/ready',
      'health_probe.protocol': 'Https',
    },
  ),
  one('Front Door asks files whether they are there', 'azurerm_cdn_frontdoor_origin_group', 'edge/Edge/Assets/Group', {
    'health_probe.path': '/assets/index.html',
    'health_probe.protocol': 'Https',
    'health_probe.request_type': 'HEAD',
  }),
  ...about(
    { stack, type: 'azurerm_cdn_frontdoor_origin', count: 2 },
    {
      'the edge calls nobody without the right certificate': { path: 'certificate_name_check_enabled', is: true },
      'origins are on': { path: 'enabled', is: true },
    },
  ),
  ...about(
    { stack, type: 'azurerm_cdn_frontdoor_origin_group', count: 2 },
    {
      'no customer is bound to one origin': { path: 'session_affinity_enabled', is: false },
      'origins are asked every minute': { path: 'health_probe.interval_in_seconds', is: 60 },
      'origins are those of the edge': { path: 'cdn_frontdoor_profile_id', is: part('Profile') },
    },
  ),
];

const domains: readonly Expectation[] = Object.entries(hosts).map(([id, host]) =>
  one(`${host} has our own certificate`, 'azurerm_cdn_frontdoor_custom_domain', `edge/Edge/Domains/${id}`, {
    host_name: host,
    'tls.certificate_type': 'CustomerCertificate',
    'tls.cdn_frontdoor_secret_id': part('Domains/Certificate'),
    cdn_frontdoor_profile_id: part('Profile'),
  }),
);

export const edge: Row = {
  row: 'edge',
  expectations: [
    ...about(
      { stack, type: 'azurerm_cdn_frontdoor_profile', count: 1 },
      {
        'the edge is of the kind with private links and managed rules': {
          path: 'sku_name',
          is: 'Premium_AzureFrontDoor',
        },
        'the edge reads its certificate by its own identity': {
          path: 'identity.identity_ids',
          is: exactly(certificate),
        },
        'the edge writes no queries of customers into its logs': {
          path: 'log_scrubbing_rule',
          is: containing({ match_variable: 'QueryStringArgNames' }),
        },
        'the edge waits longer than the gateway': { path: 'response_timeout_seconds', is: 130 },
      },
    ),
    ...about(
      { stack, type: 'azurerm_cdn_frontdoor_endpoint', count: 1 },
      { 'the edge answers': { path: 'enabled', is: true } },
    ),
    {
      name: 'there are no other routes',
      stack,
      type: 'azurerm_cdn_frontdoor_route',
      count: Object.keys(routes).length,
    },
    ...eachRoute,
    ...about(
      { type: 'azurerm_cdn_frontdoor_route' },
      {
        'origins are called by TLS': { path: 'forwarding_protocol', is: 'HttpsOnly' },
        'customers are sent on to TLS': { path: 'https_redirect_enabled', is: true },
        'customers who come without TLS are heard': { path: 'supported_protocols', is: exactly('Http', 'Https') },
        'nothing is answered under the name that Azure gave': { path: 'link_to_default_domain', is: false },
        'routes are for our own names': {
          path: 'cdn_frontdoor_custom_domain_ids',
          is: exactly(part('Domains/Domain'), part('Domains/Site')),
        },
        'routes are those of the edge': { path: 'cdn_frontdoor_endpoint_id', is: part('Endpoint') },
        'routes are on': { path: 'enabled', is: true },
      },
    ),
    ...kept,
    ...headers,
    one('nobody is told what answers', 'azurerm_cdn_frontdoor_rule', 'edge/Edge/Headers/Headers2', {
      'actions.response_header_action': containing(
        { header_action: 'Delete', header_name: 'Server' },
        { header_action: 'Delete', header_name: 'X-Powered-By' },
      ),
    }),
    one('an address of a file leads to the file', 'azurerm_cdn_frontdoor_rule', 'edge/Edge/FilesRules/File', {
      'actions.url_rewrite_action.destination': '/assets/',
      'conditions.url_path_condition.0.match_values': [fileAddress],
      'actions.url_rewrite_action.preserve_unmatched_path': true,
      'conditions.url_path_condition.0.negate_condition': false,
      cdn_frontdoor_rule_set_id: part('FilesRules/Set'),
    }),
    one('any other address leads to the page', 'azurerm_cdn_frontdoor_rule', 'edge/Edge/FilesRules/Page', {
      'actions.url_rewrite_action.destination': '/assets/index.html',
      'conditions.url_path_condition.0.match_values': [fileAddress],
      'actions.url_rewrite_action.preserve_unmatched_path': false,
      'conditions.url_path_condition.0.negate_condition': true,
      cdn_frontdoor_rule_set_id: part('FilesRules/Set'),
    }),
    one('the site shows who leads', 'azurerm_cdn_frontdoor_rule', 'edge/Edge/LeaderRules/Object', {
      'actions.url_rewrite_action.destination': '/mainstay-leader/leader.json',
      cdn_frontdoor_rule_set_id: part('LeaderRules/Set'),
    }),
    ...['Headers', 'LeaderRules', 'FilesRules', 'Kept30Rules', 'Kept60Rules', 'Kept300Rules'].map((name) =>
      one(`the edge has its rules ${name}`, 'azurerm_cdn_frontdoor_rule_set', `edge/Edge/${name}/Set`, {
        cdn_frontdoor_profile_id: part('Profile'),
      }),
    ),
    ...origins,
    ...domains,
    ...about(
      { stack, type: 'azurerm_cdn_frontdoor_rule' },
      { 'every rule of the edge is followed by the next': { path: 'behavior_on_match', is: 'Continue' } },
    ),
    ...about(
      { stack, type: 'azurerm_cdn_frontdoor_secret', count: 1 },
      {
        'the certificate lies in the vault, in whichever version is newest': {
          path: 'secret.customer_certificate[*].key_vault_certificate_id',
          is: like(/^https:\/\/kv-retailflow-[\w-]+\.vault\.azure\.net\/certificates\/edge$/),
        },
        'the certificate is that of the edge': { path: 'cdn_frontdoor_profile_id', is: part('Profile') },
      },
    ),
    one('the edge reads its certificate, and no other secret', 'azurerm_role_assignment', 'edge/Certificate/Reads', {
      role_definition_name: 'Key Vault Secrets User',
      scope: `${reference('foundation/Keys/Vault', 'id')}/secrets/edge`,
      principal_id: reference('edge/Certificate/Identity', 'principal_id'),
    }),
    one('the edge has an identity of its own', 'azurerm_user_assigned_identity', 'edge/Certificate/Identity', {
      name: 'id-retailflow-production-edge',
    }),
    ...about(
      { stack, type: 'azurerm_cdn_frontdoor_security_policy', count: 1 },
      {
        'the firewall stands before every name': {
          path: 'security_policies.firewall.association.domain',
          is: containing(
            ...['Endpoint', 'Domains/Domain', 'Domains/Site'].map((name) => ({ cdn_frontdoor_domain_id: part(name) })),
          ),
        },
        'the firewall stands before every address': {
          path: 'security_policies.firewall.association.patterns_to_match',
          is: ['/*'],
        },
        'the firewall is that of the edge': {
          path: 'security_policies.firewall.cdn_frontdoor_firewall_policy_id',
          is: reference('edge/Firewall/Policy', 'id'),
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_diagnostic_setting', where: at('edge/Edge/Diagnostics'), count: 1 },
      { 'who asks for what at the edge is written down': { path: 'enabled_log', is: [{ category_group: 'allLogs' }] } },
    ),
    none({ type: 'azurerm_frontdoor' }, 'there is no Front Door of the kind that ended'),
    none({ type: 'azurerm_cdn_profile' }, 'there is no content delivery of the kind that ended'),
  ],
};
