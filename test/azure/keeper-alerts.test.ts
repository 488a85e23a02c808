import { KeeperAlerts, keeperQueries } from '../../lib/azure/keeper-alerts';
import { monitoring, ofType, place, testStack } from '../support/azure';

const props = { place, monitoring, namespace: 'shop-keeper', databases: ['store', 'archive'] };

describe('alerts of a keeper', () => {
  test('ask for turns of each database, and need no line to find that there is none', () => {
    expect(keeperQueries(props)['keeper-silent']).toBe(
      [
        "datatable(database: string) ['store', 'archive']",
        "| join kind=leftanti (ContainerLogV2 | where PodNamespace == 'shop-keeper' | extend turn = parse_json(tostring(LogMessage)) | extend database = tostring(turn.database), did = tostring(turn.did) | where did in ('renewed', 'released', 'nothing')) on database",
        '| summarize silent = count() by database',
      ].join('\n'),
    );
  });

  test('call for a site that is further behind than was promised, where something was promised', () => {
    const names = (pointMinutes: number | undefined): unknown => {
      const stack = testStack();
      new KeeperAlerts(stack, 'KeeperAlerts', { ...props, pointMinutes });
      return ofType(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2').map(({ criteria, name }) => [
        name,
        (criteria as readonly { readonly threshold: number }[])[0]?.threshold,
      ]);
    };
    expect(names(2)).toEqual([
      ['keeper-behind', 120],
      ['keeper-silent', 0],
    ]);
    expect(names(undefined)).toEqual([['keeper-silent', 0]]);
  });
});
