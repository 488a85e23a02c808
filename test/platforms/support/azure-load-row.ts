import { loadMark } from '../../../lib/platform/load-tests/admitted';
import { about, one, type Row } from './about';
import { reference } from './graph';
import { absent, all, containing, eachOneOf, exactly, like, withoutText } from './matchers';
import type { Hardened } from './mutations';
import { foreign } from './hardened-azure';

/** What a platform's load test shows in what comes out for the stage that runs it. */
export interface AzureLoadRow {
  readonly platform: string;
  readonly test: string;
  readonly origin: string;
  readonly schedule: string;
  readonly timeZone: string;
  readonly users: number;
  readonly programs: number;
  /** Requests a minute that an address may make. */
  readonly admitted: number;
  /** Who counts requests: Kong, or API Management at a route that is open. */
  readonly counts: 'kong' | { readonly openRoute: string };
}

const store = 'data/LoadStore';
const principal = reference('foundation/Identities/LoadTests', 'principal_id');
const byFrontDoor = 'azurerm_cdn_frontdoor_rule';
const marks = 'edge/Edge/Loads';
const addresses = [1, 2].map((number) => reference(`edge/LoadAddress${number}`, 'ip_address'));
/** As Front Door's rules want them, which take ranges alone. */
const ranges = addresses.map((address) => `${address}/32`);

/** Where results are kept, and who lets load in. */
export const loadSiteRow = ({ admitted, counts, platform, programs, test }: AzureLoadRow): Row => ({
  row: 'load tests',
  expectations: [
    one('results of load tests lie in an account of their own, closed', 'azurerm_storage_account', `${store}/Account`, {
      public_network_access_enabled: false,
      shared_access_key_enabled: false,
      'network_rules.default_action': 'Deny',
      'lifecycle.prevent_destroy': true,
    }),
    one('results of load tests are kept for more than a year', 'azurerm_storage_management_policy', `${store}/Expiry`, {
      'rule.0.actions.base_blob.delete_after_days_since_modification_greater_than': 400,
    }),
    ...about(
      { type: 'azurerm_role_assignment', having: { principal_id: principal }, count: 1 },
      {
        'who keeps results may write one container, and nothing else': {
          path: 'scope',
          is: reference(`${store}/Container`, 'id'),
        },
        'who keeps results may not give rights': { path: 'role_definition_name', is: 'Storage Blob Data Contributor' },
      },
    ),
    one('results are reached from the network alone', 'azurerm_private_endpoint', `${store}/Endpoint`, {
      'private_service_connection.private_connection_resource_id': reference(`${store}/Account`, 'id'),
      'private_service_connection.subresource_names.0': 'blob',
    }),
    one(
      'one account of the cluster keeps results',
      'azurerm_federated_identity_credential',
      'cluster/Federation/LoadTests',
      { subject: `system:serviceaccount:${platform}-load-tests:load-tests` },
    ),
    ...about(
      { type: 'azurerm_cdn_frontdoor_firewall_policy', count: 1 },
      {
        'limits of an address are not for the addresses of the site': {
          path: 'custom_rule[name=RequestsPerAddress].match_condition',
          is: containing({
            match_variable: 'SocketAddr',
            operator: 'IPMatch',
            negation_condition: true,
            match_values: addresses,
          }),
        },
      },
    ),
    one('load is marked by its addresses alone, whatever it sends', byFrontDoor, `${marks}/LoadMark`, {
      'conditions.socket_address_condition.0.match_values': ranges,
      'conditions.socket_address_condition.0.operator': 'IPMatch',
      'conditions.socket_address_condition.0.negate_condition': false,
      'actions.request_header_action.0.header_action': 'Overwrite',
      'actions.request_header_action.0.header_name': loadMark.header,
      'actions.request_header_action.0.value': loadMark.value,
    }),
    one('the mark of load is taken from everybody else', byFrontDoor, `${marks}/ForgedLoadMark`, {
      'conditions.socket_address_condition.0.match_values': ranges,
      'conditions.socket_address_condition.0.operator': 'IPMatch',
      'conditions.socket_address_condition.0.negate_condition': true,
      'actions.request_header_action.0.header_action': 'Delete',
      'actions.request_header_action.0.header_name': loadMark.header,
    }),
    one('the API is asked for by way of these rules', 'azurerm_cdn_frontdoor_route', 'edge/Edge/ApiRoute', {
      cdn_frontdoor_rule_set_ids: containing(reference(`${marks}/Set`, 'id')),
    }),
    one(
      'the mark of load is refused to who comes past Front Door',
      'azurerm_web_application_firewall_policy',
      'edge/GatewayFirewall/Policy',
      {
        'custom_rules[name=ForgedLoadMark].action': 'Block',
        'custom_rules[name=ForgedLoadMark].match_conditions.0.negation_condition': true,
        'custom_rules[name=ForgedLoadMark].match_conditions.1.match_variables.0.selector': loadMark.header,
        'custom_rules[name=ForgedLoadMark].match_conditions.1.match_values': [loadMark.value],
      },
    ),
    ...(counts === 'kong'
      ? []
      : [
          one(
            'the gateway knows load by the mark, and bounds it',
            'azurerm_api_management_api_policy',
            counts.openRoute,
            {
              xml_content: like(
                new RegExp(
                  `"${loadMark.header}", ""\\) == "${loadMark.value}" \\? ${admitted} : \\d+\\)' renewal-period='60'`,
                ),
              ),
            },
          ),
        ]),
    ...about(
      { type: 'azurerm_monitor_alert_prometheus_rule_group', where: /^operations\/WorkloadAlerts\/Group$/, count: 1 },
      {
        'somebody is called when a load test fails': {
          path: 'rule[alert=LoadTestFailed].expression',
          is: like(new RegExp(`kube_job_failed\\{namespace="${platform}-load-tests",condition="true"\\}`)),
        },
        'eight days without a good run of a load test are too many, and so is none at all': {
          path: 'rule[alert=LoadTestMissed].expression',
          is: like(new RegExp(`job_name=~"${test}-\\[0-9\\]\\+".*== ${programs}\\) > 691200 or absent\\(`)),
        },
        'a load test is no migration': {
          path: 'rule[alert=MigrationFailed].expression',
          is: like(new RegExp(`namespace!="${platform}-load-tests"`)),
        },
      },
    ),
  ],
});

const run = 'spec.jobTemplate.spec';
const pod = `${run}.template.spec`;

/** What makes load, in the cluster. */
export const loadClusterRow = (facts: AzureLoadRow): Row => {
  const { admitted, counts, origin, platform, programs, schedule, test, timeZone, users } = facts;
  const namespace = `${platform}-load-tests`;
  return {
    row: 'making load',
    expectations: [
      one('a load test runs every week, beside no other and once', 'CronJob', `${namespace}/cronjob-${test}`, {
        'spec.schedule': schedule,
        'spec.timeZone': timeZone,
        'spec.concurrencyPolicy': 'Forbid',
        'spec.suspend': absent,
        [`${run}.backoffLimitPerIndex`]: 0,
        [`${run}.completionMode`]: 'Indexed',
        [`${run}.completions`]: programs,
        [`${run}.parallelism`]: programs,
        [`${run}.activeDeadlineSeconds`]: 71 * 60,
      }),
      one('programs of k6 are confined, and know no identity', 'CronJob', `${namespace}/cronjob-${test}`, {
        [`${pod}.automountServiceAccountToken`]: false,
        [`${pod}.serviceAccountName`]: 'load-tests',
        [`${pod}.securityContext.runAsNonRoot`]: true,
        [`${pod}.initContainers[name=k6].image`]: like(/\/copies\/k6@sha256:[0-9a-f]{64}$/),
        [`${pod}.initContainers[name=k6].securityContext.readOnlyRootFilesystem`]: true,
        [`${pod}.initContainers[name=k6].securityContext.capabilities.drop`]: exactly('ALL'),
        [`${pod}.initContainers[name=k6].resources.requests.cpu`]: '2',
        [`${pod}.initContainers[name=k6].resources.limits.memory`]: '8Gi',
        [`${pod}.initContainers[name=k6].volumeMounts[*].name`]: eachOneOf('script', 'tmp'),
      }),
      one('what a program found is kept', 'CronJob', `${namespace}/cronjob-${test}`, {
        [`${pod}.containers[name=keep].command`]: containing('bin/load-result.ts', '/tmp/summary.json'),
        [`${pod}.containers[name=keep].image`]: like(/\/failover@sha256:[0-9a-f]{64}$/),
        [`${pod}.containers[name=keep].securityContext.capabilities.drop`]: exactly('ALL'),
      }),
      one('load is what the definition says', 'ConfigMap', `${namespace}/configmap-${test}`, {
        'data[script.js]': all(
          like(new RegExp(`"origin": "${origin}"`)),
          like(new RegExp(`"full": \\{\\s+"users": ${users},`)),
          withoutText(/password|authorization/i),
        ),
      }),
      ...(counts === 'kong'
        ? [
            one(
              'Kong knows load by the mark, and bounds it',
              'ExternalSecret',
              `${platform}-gateway/externalsecret-gateway-document`,
              {
                'spec.target.template.data[kong.yml]': like(
                  new RegExp(
                    `"keyauth_credentials":\\[\\{"key":"${loadMark.value}"\\}\\],"plugins":\\[\\{"name":"rate-limiting","config":\\{"minute":${admitted},"limit_by":"ip"`,
                  ),
                ),
              },
            ),
          ]
        : []),
      one('nobody reaches programs of k6', 'NetworkPolicy', `${namespace}/networkpolicy-load-tests`, {
        'spec.policyTypes': exactly('Egress'),
        'spec.ingress': absent,
      }),
      one(
        'programs of k6 reach the internet and the store, by 443 alone',
        'NetworkPolicy',
        `${namespace}/networkpolicy-load-tests`,
        {
          'spec.egress[*].ports[*].port': eachOneOf(443),
          'spec.egress[*].to[*].ipBlock.cidr': like(/^(0\.0\.0\.0\/0|10\.\d+\.\d+\.0\/24)$/),
        },
      ),
    ],
  };
};

const ofStore = /^data\/LoadStore\//;
const ofMarks = /^edge\/Edge\/Loads\/\w*LoadMark$/;

/** What must not be lost of it on the site. */
export const hardenedLoadSite: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_storage_account: [
    { where: ofStore, path: 'public_network_access_enabled' },
    { where: ofStore, path: 'shared_access_key_enabled' },
    { where: ofStore, path: 'lifecycle.prevent_destroy' },
    { where: ofStore, path: 'network_rules.default_action', weak: ['Allow'] },
  ],
  azurerm_storage_management_policy: [
    { where: ofStore },
    { where: ofStore, path: 'rule.0.actions.base_blob.delete_after_days_since_modification_greater_than', weak: [1] },
  ],
  azurerm_role_assignment: [
    { where: ofStore },
    { where: ofStore, path: 'scope', weak: [foreign] },
    { where: ofStore, path: 'role_definition_name', weak: ['Storage Blob Data Owner'] },
  ],
  azurerm_private_endpoint: [{ where: ofStore }],
  azurerm_cdn_frontdoor_firewall_policy: [
    {
      path: 'custom_rule[name=RequestsPerAddress].match_condition[negation_condition=true].match_values',
      weak: [['0.0.0.0/0']],
    },
  ],
  azurerm_cdn_frontdoor_rule: [
    { where: ofMarks },
    { where: ofMarks, path: 'conditions.socket_address_condition.0.match_values', weak: [['0.0.0.0/0']] },
    { where: ofMarks, path: 'conditions.socket_address_condition.0.negate_condition' },
    { where: /\/ForgedLoadMark$/, path: 'actions.request_header_action.0.header_action', weak: ['Append'] },
  ],
  azurerm_web_application_firewall_policy: [
    { where: /^edge\/GatewayFirewall/, path: 'custom_rules[name=ForgedLoadMark]' },
    { where: /^edge\/GatewayFirewall/, path: 'custom_rules[name=ForgedLoadMark].action', weak: ['Log'] },
  ],
  azurerm_monitor_alert_prometheus_rule_group: [
    { where: /^operations\/WorkloadAlerts/, path: 'rule[alert=LoadTestFailed]' },
    { where: /^operations\/WorkloadAlerts/, path: 'rule[alert=LoadTestMissed]' },
  ],
  azurerm_federated_identity_credential: [
    { where: /\/LoadTests$/ },
    { where: /\/LoadTests$/, path: 'subject', weak: ['system:serviceaccount:default:default'] },
  ],
};

const ofLoads = /-load-tests\//;

/** And in the cluster. */
export const hardenedLoadCluster: Readonly<Record<string, readonly Hardened[]>> = {
  CronJob: [
    { where: ofLoads },
    { where: ofLoads, path: 'spec.schedule', weak: ['0 4 1 1 *'] },
    { where: ofLoads, path: 'spec.timeZone', weak: ['Pacific/Auckland'] },
    { where: ofLoads, path: 'spec.concurrencyPolicy', weak: ['Allow'] },
    { where: ofLoads, path: `${run}.backoffLimitPerIndex`, weak: [6] },
    { where: ofLoads, path: `${run}.activeDeadlineSeconds`, weak: [604_800] },
    { where: ofLoads, path: `${pod}.automountServiceAccountToken` },
    { where: ofLoads, path: `${pod}.securityContext.runAsNonRoot` },
    { where: ofLoads, path: `${pod}.initContainers[name=k6].image`, weak: ['docker.io/grafana/k6:latest'] },
    { where: ofLoads, path: `${pod}.initContainers[name=k6].securityContext.readOnlyRootFilesystem` },
  ],
  ConfigMap: [{ where: ofLoads }],
  NetworkPolicy: [{ where: /-load-tests\/networkpolicy-load-tests$/ }],
};
