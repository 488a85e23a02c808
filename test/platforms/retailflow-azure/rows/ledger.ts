import { about, one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like } from '../../support/matchers';
import { onCall, principal, registry } from './facts';

const pod = 'spec.jobTemplate.spec.template.spec';

/** Digests of the ledger of events, where who owns the database cannot change them. */
export const ledger: Row = {
  row: 'digests of the ledger',
  expectations: [
    one('digests lie in an account of their own, closed', 'azurerm_storage_account', 'data/LedgerStore/Account', {
      public_network_access_enabled: false,
      shared_access_key_enabled: false,
      'network_rules.default_action': 'Deny',
      'lifecycle.prevent_destroy': true,
    }),
    one(
      'nobody changes or removes a digest, for seven years',
      'azurerm_storage_container_immutability_policy',
      'data/LedgerStore/Immutable',
      {
        storage_container_resource_manager_id: reference('data/LedgerStore/Container', 'id'),
        immutability_period_in_days: 2557,
        protected_append_writes_enabled: true,
        protected_append_writes_all_enabled: absent,
        locked: true,
      },
    ),
    one('one identity writes digests, and nothing else', 'azurerm_role_assignment', 'data/LedgerStore/Writer', {
      principal_id: principal('LedgerDigests'),
      role_definition_name: 'Storage Blob Data Contributor',
      scope: reference('data/LedgerStore/Container', 'id'),
    }),
    ...about(
      { type: 'azurerm_role_assignment', having: { principal_id: principal('LedgerDigests') } },
      {
        'the identity of digests has no other role': {
          path: 'scope',
          is: reference('data/LedgerStore/Container', 'id'),
          count: 1,
        },
      },
    ),
    one('another identity reads them, and writes none', 'azurerm_role_assignment', 'data/LedgerStore/Reader', {
      principal_id: principal('LedgerVerification'),
      role_definition_name: 'Storage Blob Data Reader',
      scope: reference('data/LedgerStore/Container', 'id'),
    }),
    ...about(
      { type: 'azurerm_role_assignment', having: { principal_id: principal('LedgerVerification') } },
      {
        'the identity of verification has no other role': {
          path: 'scope',
          is: reference('data/LedgerStore/Container', 'id'),
          count: 1,
        },
      },
    ),
    one(
      'one account of the cluster verifies',
      'azurerm_federated_identity_credential',
      'cluster/Federation/LedgerVerification',
      { subject: 'system:serviceaccount:retailflow-azure-ledger-verification:ledger-verification' },
    ),
    ...about(
      { type: 'azurerm_monitor_alert_prometheus_rule_group', where: /^operations\/WorkloadAlerts\/Group$/, count: 1 },
      {
        'somebody is called by night when a ledger is not verified': {
          path: 'rule[alert=LedgerNotVerified].action.0.action_group_id',
          is: onCall,
        },
        'two days without a verification are too many': {
          path: 'rule[alert=LedgerVerificationMissed].expression',
          is: like(/> 172800 or \(max by \(namespace\) \(kube_namespace_status_phase\{.* offset 48h\) == 1 unless/),
        },
        'somebody is called by night for that, too': {
          path: 'rule[alert=LedgerVerificationMissed].action.0.action_group_id',
          is: onCall,
        },
      },
    ),
    one('the store is reached from the network alone', 'azurerm_private_endpoint', 'data/LedgerStore/Endpoint', {
      'private_service_connection.private_connection_resource_id': reference('data/LedgerStore/Account', 'id'),
      'private_service_connection.subresource_names.0': 'blob',
    }),
    one(
      'somebody is called when digests are missing',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'data/LedgerStore/OrderMissing',
      {
        'criteria.0.query': like(/OperationName == "AppendBlock".*\/ledger-digests\/order\//),
        'criteria.0.threshold': 0,
        'action.action_groups.0': onCall,
        enabled: absent,
      },
    ),
  ],
};

/** What takes them, in the cluster. */
export const digests: Row = {
  row: 'taking digests',
  expectations: [
    one('digests are taken four times an hour', 'CronJob', 'retailflow-azure-ledger-digests/cronjob-order', {
      'spec.schedule': '*/15 * * * *',
      'spec.concurrencyPolicy': 'Forbid',
      'spec.failedJobsHistoryLimit': 0,
      [`${pod}.serviceAccountName`]: 'ledger-digests',
      [`${pod}.containers[*].command`]: containing('bin/ledger-digest.ts', '--database', 'order'),
      [`${pod}.containers[*].image`]: like(
        new RegExp(`^${registry}/retailflow-azure-production/failover@sha256:[0-9a-f]{64}$`),
      ),
      [`${pod}.containers[*].securityContext.capabilities.drop`]: exactly('ALL'),
    }),
    one('ledgers are verified every night', 'CronJob', 'retailflow-azure-ledger-verification/cronjob-order', {
      'spec.schedule': '30 2 * * *',
      'spec.concurrencyPolicy': 'Forbid',
      'spec.failedJobsHistoryLimit': 1,
      [`${pod}.serviceAccountName`]: 'ledger-verification',
      [`${pod}.containers[*].command`]: containing('bin/ledger-verification.ts', '--database', 'order'),
      [`${pod}.containers[*].image`]: like(
        new RegExp(`^${registry}/retailflow-azure-production/failover@sha256:[0-9a-f]{64}$`),
      ),
      [`${pod}.containers[*].securityContext.capabilities.drop`]: exactly('ALL'),
    }),
    { name: 'digests are taken of one database, which is verified', type: 'CronJob', where: /-ledger-/, count: 2 },
    one(
      'who takes digests may ask for them, and for nothing else',
      'ConfigMap',
      'retailflow-azure-migration/configmap-order-contents',
      {
        'data[migration.sql]': like(
          /GRANT GENERATE LEDGER DIGEST TO \[mainstay_digests\];\n(?![^]*TO \[mainstay_digests\])/,
        ),
      },
    ),
    one(
      'who verifies may read the ledger, and nothing else',
      'ConfigMap',
      'retailflow-azure-migration/configmap-order-contents',
      {
        'data[migration.sql]': like(
          /GRANT VIEW LEDGER CONTENT TO \[mainstay_verification\];\n(?![^]*TO \[mainstay_verification\])/,
        ),
      },
    ),
  ],
};
