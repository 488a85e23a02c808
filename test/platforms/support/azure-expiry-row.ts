import { about, at, one } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { exactly, like } from './matchers';

/** Whom the ends of a vault call. */
export interface VaultExpiryExpected {
  /** Id of the stack with the vault: `foundation`. */
  readonly stack: string;
  /** Who is told of what cannot wait. */
  readonly onCall: string;
  /** Who is told of what may wait for the day. */
  readonly byDay: string;
  /** What watches the vault. @default 'VaultExpiry' */
  readonly part?: string;
  /** The vault. @default 'Keys/Vault' */
  readonly vault?: string;
  /** What ends in it, by what it is told as. @default - everything */
  readonly ends?: readonly (keyof typeof told)[];
}

/** What is told, as what, and where that is read about. */
const told = {
  SecretDue: ['SecretNearExpiry', 'Sev2', 'azure-secrets'],
  SecretLate: ['SecretExpired', 'Sev1', 'azure-secrets'],
  KeyEnds: ['KeyNearExpiry', 'Sev1', 'azure-keys'],
  KeyEnded: ['KeyExpired', 'Sev0', 'azure-keys'],
  CertificateEnds: ['CertificateNearExpiry', 'Sev1', 'azure-certificate'],
  CertificateEnded: ['CertificateExpired', 'Sev0', 'azure-certificate'],
} as const;

/** What is told of a vault that holds keys alone. */
export const endsOfKeys = ['KeyEnds', 'KeyEnded'] as const;

/** Somebody is called when the term of a secret is over, and when a key or a certificate ends. */
export function azureExpiryExpectations(expected: VaultExpiryExpected): readonly Expectation[] {
  const { byDay, ends = Object.keys(told), onCall, stack, vault = 'Keys/Vault' } = expected;
  const part = `${stack}/${expected.part ?? 'VaultExpiry'}`;
  const topic = reference(`${part}/Topic`, 'id');
  const destination = 'body.properties.destination.properties';
  return [
    one(`the vault of ${stack} tells of what ends`, 'azurerm_eventgrid_system_topic', `${part}/Topic`, {
      source_resource_id: reference(`${stack}/${vault}`, 'id'),
      topic_type: 'Microsoft.KeyVault.vaults',
    }),
    {
      name: `nothing else of the vault of ${stack} is told`,
      type: 'azapi_resource',
      where: new RegExp(`^${part}/`),
      count: ends.length,
    },
    ...Object.entries(told)
      .filter(([id]) => ends.some((end) => end === id))
      .flatMap(([id, [event, severity, runbook]]) =>
        about(
          { type: 'azapi_resource', where: at(`${part}/${id}`), count: 1 },
          {
            [`${event} of ${stack} is told`]: {
              path: 'body.properties.filter.includedEventTypes',
              is: exactly(`Microsoft.KeyVault.${event}`),
            },
            [`${event} of ${stack} becomes an alert`]: {
              path: 'body.properties.destination.endpointType',
              is: 'MonitorAlert',
            },
            [`${event} of ${stack} calls people`]: {
              path: `${destination}.actionGroups`,
              is: exactly(severity === 'Sev2' ? byDay : onCall),
            },
            [`${event} of ${stack} is as bad as it is`]: { path: `${destination}.severity`, is: severity },
            [`${event} of ${stack} says what to do`]: {
              path: `${destination}.description`,
              is: like(new RegExp(String.raw`docs/runbooks/${runbook}\.md$`)),
            },
            [`${event} of ${stack} has the form that alerts take`]: {
              path: 'body.properties.eventDeliverySchema',
              is: 'CloudEventSchemaV1_0',
            },
            [`${event} of ${stack} is told for a day if it must`]: {
              path: 'body.properties.retryPolicy',
              is: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 },
            },
            [`${event} is told by the vault of ${stack}`]: { path: 'parent_id', is: topic },
          },
        ),
      ),
    one(
      `what cannot be told of the vault of ${stack} calls people`,
      'azurerm_monitor_metric_alert',
      `${part}/Dropped`,
      {
        scopes: exactly(topic),
        'criteria[*].metric_name': 'DroppedEventCount',
        'action.0.action_group_id': onCall,
      },
    ),
    one(
      `what the vault of ${stack} told is written down`,
      'azurerm_monitor_diagnostic_setting',
      `${part}/Diagnostics`,
      {
        target_resource_id: topic,
        enabled_log: [{ category_group: 'allLogs' }],
        enabled_metric: [{ category: 'AllMetrics' }],
      },
    ),
  ];
}
