import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { atLeast, like, oneLike } from '../../../support/matchers';
import { workspace } from './facts';

const stack = 'operations';
const results = reference('operations/Availability/Results', 'id');

const targets: Readonly<Record<string, string>> = {
  Gateway: 'https://recovery.shop.example.com/status/ready',
  Pages: 'https://recovery.shop.example.com/',
};

const eachTarget: readonly Expectation[] = Object.entries(targets).flatMap(([name, url]) => {
  const test = reference(`operations/Availability/${name}Test`, 'id');
  return [
    one(
      `${url} is looked at from outside`,
      'azurerm_application_insights_standard_web_test',
      `operations/Availability/${name}Test`,
      {
        'request.url': url,
      },
    ),
    one(
      `somebody is called when ${url} is not reached from two places`,
      'azurerm_monitor_metric_alert',
      `operations/Availability/${name}Lost`,
      {
        'application_insights_web_test_location_availability_criteria.failed_location_count': 2,
        'application_insights_web_test_location_availability_criteria.web_test_id': test,
        'application_insights_web_test_location_availability_criteria.component_id': results,
        scopes: [test, results],
        severity: 1,
        window_size: 'PT5M',
      },
    ),
  ];
});

export const availability: Row = {
  row: 'operations: from outside',
  expectations: [
    ...eachTarget,
    ...about(
      { stack, type: 'azurerm_application_insights_standard_web_test', count: 2 },
      {
        'tests from outside are on': { path: 'enabled', is: true },
        'tests from outside are made every five minutes': { path: 'frequency', is: 300 },
        'tests from outside are made again before anybody is called': { path: 'retry_enabled', is: true },
        'tests from outside are made where customers are': { path: 'geo_locations[*]', is: oneLike(/^apac-sg/) },
        'tests from outside are made from five places': { path: 'geo_locations.4', is: 'us-va-ash-azr' },
        'a test that is answered wrongly fails': { path: 'validation_rules.expected_status_code', is: 200 },
        'a certificate that is not valid fails the test': { path: 'validation_rules.ssl_check_enabled', is: true },
        'a certificate that ends in two weeks fails the test': {
          path: 'validation_rules.ssl_cert_remaining_lifetime',
          is: atLeast(14),
        },
        'tests from outside wait for half a minute': { path: 'timeout', is: 30 },
        'tests from outside take no other answer for the right one': {
          path: 'request.follow_redirects_enabled',
          is: false,
        },
        'tests from outside change nothing': { path: 'request.http_verb', is: 'GET' },
        'results of tests lie by themselves': { path: 'application_insights_id', is: results },
      },
    ),
    ...about(
      { stack, type: 'azurerm_application_insights', count: 1 },
      {
        'results of tests lie among the logs': { path: 'workspace_id', is: workspace },
        'results of tests come from outside of the network': { path: 'internet_ingestion_enabled', is: true },
        'results of tests are not sent with a key': { path: 'local_authentication_disabled', is: true },
        'all results of tests are kept': { path: 'sampling_percentage', is: 100 },
        'results of tests do not tell addresses': { path: 'disable_ip_masking', is: false },
      },
    ),
    one(
      'somebody is called when a test from outside tells nothing',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'operations/Availability/Silent',
      {
        'criteria.0.query': like(
          /^datatable\(Name: string\) \['availability-pages', 'availability-gateway'\]\n\| join kind=leftouter \(AppAvailabilityResults /,
        ),
        'criteria.0.threshold': 0,
        'criteria.0.operator': 'GreaterThan',
        window_duration: 'PT30M',
      },
    ),
  ],
};
