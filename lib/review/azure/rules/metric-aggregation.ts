import { isObject, listOf, textOf, type JsonObject } from '../../json';
import { aggregations } from '../data/aggregations';
import { reporter, type Rule } from '../rule';

const NAME = 'metric-aggregation';
const report = reporter(NAME);

/** Azure refuses an alert that asks of a metric what it does not reckon, when the stack is applied. */
export const metricAggregation: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources
      .filter(({ type }) => type === 'azurerm_monitor_metric_alert')
      .flatMap((resource) =>
        listOf(resource.arguments.criteria)
          .filter(isObject)
          .flatMap(problems)
          .map((message) => report(resource, message)),
      ),
};

function problems(criteria: JsonObject): readonly string[] {
  const [namespace = '', metric = '', got = ''] = ['metric_namespace', 'metric_name', 'aggregation'].map((argument) =>
    textOf(criteria[argument]),
  );
  const allowed = aggregations[namespace]?.[metric];
  if (allowed === undefined) {
    return [
      `${metric} of ${namespace} is unknown: add what Azure reckons of it to lib/review/azure/data/aggregations.ts`,
    ];
  }
  return allowed.includes(got) ? [] : [`aggregation of ${metric} must be one of ${allowed.join(', ')}, got ${got}`];
}
