import { copyAlerts, copySettings } from '../../lib/azure/service-bus';

test('messages themselves are copied, from where the namespace stands', () => {
  expect(copySettings('westeurope', { region: 'northeurope', messagesLagSeconds: 300 })).toEqual({
    geoDataReplication: {
      maxReplicationLagDurationInSeconds: 300,
      locations: [
        { locationName: 'westeurope', roleType: 'Primary' },
        { locationName: 'northeurope', roleType: 'Secondary' },
      ],
    },
  });
});

test.each([
  [0, 60],
  [300, 150],
  [3600, 1800],
])('where copies may be %d s behind, somebody is called at %d s', (messagesLagSeconds, threshold) => {
  expect(copyAlerts({ region: 'northeurope', messagesLagSeconds }).CopiesBehind).toMatchObject({
    metricName: 'ReplicationLagDuration',
    threshold,
    runbook: 'azure-region',
  });
});
