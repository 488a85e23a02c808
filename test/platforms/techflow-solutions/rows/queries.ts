import { about, type Row } from '../../support/about';
import { like } from '../../support/matchers';

const rules = { stack: 'Telemetry', type: 'AWS::APS::RuleGroupsNamespace', count: 1 } as const;

/** Where the rule is in its group by which somebody is called, by the end of its name. */
export const queryRule = (name: string): string => `Data.groups[name=workloads].rules[alert=workloads-${name}]`;

/** Where a figure is reckoned that is kept under a name. */
export const queryFigure = (name: string): string =>
  `Data.groups[name=services].rules[record=service:queries:${name}].expr`;

const counted =
  'job=~"techflow-solutions/\\(billing\\|notification\\|project\\|reporting\\|user\\)",db_namespace=~"\\(store\\)';

/** A query takes 280 ms, where a service waits for it. */
export const queries: Row = {
  row: 'queries of 280 ms',
  expectations: [
    ...about(
      { ...rules, where: /\/Figures\/Rules$/ },
      {
        'somebody is called when one query in twenty takes longer than 280 ms': {
          path: `${queryRule('QueriesSlow')}.expr`,
          is: like(/^service:queries:p95_5m > 0\.28 and 300 \* service:queries:rate5m >= 100$/),
        },
        'whoever is called for slow queries is told of which service, and what to do': {
          path: `${queryRule('QueriesSlow')}.annotations.description`,
          is: like(/\{\{ \$labels\.job \}\}.*280 ms.*runbooks\/database\.md/),
        },
        'somebody is called when one of five services does not count its queries': {
          path: `${queryRule('QueriesUntold')}.expr`,
          is: like(/service:queries:within5m\[1d\].* < 5$/),
        },
      },
    ),
    ...about(
      { ...rules, where: /\/Recorded$/ },
      {
        'the slowest twentieth of queries is that of the database, as each service counts it': {
          path: queryFigure('p95_5m'),
          is: like(new RegExp(`^histogram_quantile\\(0\\.95, sum by \\(job, le\\) .*_bucket\\{${counted}`)),
        },
        'queries are counted of the database, and not of caches': {
          path: queryFigure('rate5m'),
          is: like(new RegExp(`db_client_operation_duration_seconds_count\\{${counted}`)),
        },
        'a service counts with a bound at the goal': { path: queryFigure('within5m'), is: like(/,le="0\.28"/) },
      },
    ),
  ],
};
