import { VaultExpiry } from '../../lib/azure/vault-expiry';
import { encryption, monitoring, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

const byDay = resourceId('Microsoft.Insights/actionGroups', 'by-day');

/** What is told, by construct: the event, how bad it is, whom it calls. */
const toldBy = (given = monitoring) => {
  const stack = testStack();
  new VaultExpiry(stack, 'VaultExpiry', { place, monitoring: given, vaultId: encryption.vaultId });
  const told = ofType(stack, 'azapi_resource').map(({ body, name, type }) => ({ name, type, body }));
  return { stack, told };
};

const notice = (event: string, severity: string, group: string, runbook: string) => ({
  properties: {
    destination: {
      endpointType: 'MonitorAlert',
      properties: {
        severity,
        actionGroups: [group],
        description: expect.stringContaining(`docs/runbooks/${runbook}.md`),
      },
    },
    eventDeliverySchema: 'CloudEventSchemaV1_0',
    filter: { includedEventTypes: [`Microsoft.KeyVault.${event}`] },
    retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 },
  },
});

describe('what a vault tells of ends', () => {
  test('calls people, by day for a term that is over, and at once for what has ended', () => {
    const { told } = toldBy({ ...monitoring, warningGroupId: byDay });
    const { actionGroupId: onCall } = monitoring;
    expect(Object.fromEntries(told.map(({ body, name }) => [name, body]))).toEqual({
      SecretDue: notice('SecretNearExpiry', 'Sev2', byDay, 'azure-secrets'),
      SecretLate: notice('SecretExpired', 'Sev1', onCall, 'azure-secrets'),
      KeyEnds: notice('KeyNearExpiry', 'Sev1', onCall, 'azure-keys'),
      KeyEnded: notice('KeyExpired', 'Sev0', onCall, 'azure-keys'),
      CertificateEnds: notice('CertificateNearExpiry', 'Sev1', onCall, 'azure-certificate'),
      CertificateEnded: notice('CertificateExpired', 'Sev0', onCall, 'azure-certificate'),
    });
  });

  test('calls those on call where nobody looks by day', () => {
    const { told } = toldBy();
    expect(told).toHaveLength(6);
    for (const { body } of told)
      expect(JSON.stringify(body)).toContain(`"actionGroups":["${monitoring.actionGroupId}"]`);
  });

  test('is told where the vault is, by nobody who could do more', () => {
    const { stack } = toldBy();
    const topic = only(stack, 'azurerm_eventgrid_system_topic');
    expect(topic).toMatchObject({
      source_resource_id: encryption.vaultId,
      topic_type: 'Microsoft.KeyVault.vaults',
      location: place.location,
    });
    expect(topic).not.toHaveProperty('identity');
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_role_assignment');
  });

  test('is written down, and missed when it could not be told', () => {
    const { stack } = toldBy();
    expect(only(stack, 'azurerm_monitor_metric_alert')).toMatchObject({
      name: 'vault-expiry-dropped',
      criteria: [{ metric_name: 'DroppedEventCount', threshold: 1 }],
      action: [{ action_group_id: monitoring.actionGroupId }],
    });
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      enabled_log: [{ category_group: 'allLogs' }],
    });
  });
});
