import { Availability, silentTests } from '../../lib/azure/availability';
import { monitoring, only, place, resourcesOf, testStack } from '../support/azure';

describe('looking at a site from outside', () => {
  const stack = testStack();
  const insightsId = expect.stringMatching(/^\$\{azurerm_application_insights\.Availability_Results_\w+\.id\}$/);
  new Availability(stack, 'Availability', {
    place,
    monitoring,
    targets: { api: 'https://recovery.shop.example.com/api/products' },
  });

  test('is done every five minutes from five places, certificate and all', () => {
    const test = only(stack, 'azurerm_application_insights_standard_web_test');
    expect(test).toMatchObject({
      application_insights_id: insightsId,
      enabled: true,
      frequency: 300,
      retry_enabled: true,
      request: {
        url: 'https://recovery.shop.example.com/api/products',
        http_verb: 'GET',
        follow_redirects_enabled: false,
      },
      validation_rules: { expected_status_code: 200, ssl_check_enabled: true, ssl_cert_remaining_lifetime: 14 },
    });
    expect(new Set(test['geo_locations'] as string[]).size).toBe(5);
  });

  test('calls somebody when two places see a failure', () => {
    expect(only(stack, 'azurerm_monitor_metric_alert')).toMatchObject({
      application_insights_web_test_location_availability_criteria: {
        component_id: insightsId,
        failed_location_count: 2,
        web_test_id: expect.stringContaining('azurerm_application_insights_standard_web_test.'),
      },
      scopes: expect.arrayContaining([insightsId]),
      action: [{ action_group_id: monitoring.actionGroupId }],
    });
  });

  test('has a place for its results that takes them from outside, by no key', () => {
    expect(only(stack, 'azurerm_application_insights')).toMatchObject({
      name: 'appi-shop-production-availability',
      workspace_id: monitoring.workspaceId,
      internet_ingestion_enabled: true,
      local_authentication_disabled: true,
    });
  });

  test('calls somebody when a test tells nothing', () => {
    expect(silentTests(['api', 'pages'])).toBe(
      [
        "datatable(Name: string) ['availability-api', 'availability-pages']",
        '| join kind=leftouter (AppAvailabilityResults | summarize results = count() by Name) on Name',
        '| project Name, silent = iff(isnull(results), 1, 0)',
      ].join('\n'),
    );
    expect(only(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2')).toMatchObject({
      name: 'availability-silent',
      window_duration: 'PT30M',
      criteria: [{ query: silentTests(['api']), metric_measure_column: 'silent', threshold: 0 }],
    });
    expect(only(stack, 'azurerm_application_insights_standard_web_test')['name']).toBe('availability-api');
  });

  test('is not done where there is nothing to look at', () => {
    const empty = testStack();
    new Availability(empty, 'Availability', { place, monitoring, targets: {} });
    expect(resourcesOf(empty)).toEqual({});
  });
});
