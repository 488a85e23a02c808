import { about, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { atLeast, oneLike } from '../../../support/matchers';
import { one } from './facts';

const stack = 'operations';
const insights = reference('foundation/Observability/Insights', 'id');

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
        'application_insights_web_test_location_availability_criteria.component_id': insights,
        scopes: [test, insights],
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
        'results of tests lie with the traces': { path: 'application_insights_id', is: insights },
      },
    ),
  ],
};
