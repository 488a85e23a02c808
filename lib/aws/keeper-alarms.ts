import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { aws_cloudwatch as cloudwatch, aws_logs as logs, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { keeperCount, turnsThatKept } from '../platform/keeper-process';
import { keeperWord } from '../platform/names';
import { leaseSeconds } from '../platform/sql/keeper';
import { alarmPeriod, type Alarms } from './alarms';
import { serviceAlarms } from './service-alarms';

/** What the alarms of a keeper are made from. */
export interface KeeperAlarmsProps {
  readonly databases: readonly string[];
  readonly service: ecs.FargateService;
  /** Where it writes a line of JSON for each turn. */
  readonly logGroup: logs.LogGroup;
  readonly alarms: Alarms;
}

/** How long nothing may have been kept before somebody is called, in minutes: less than half of what the right to write lasts. */
const silentMinutes = 2;

const runbook = 'keeper';

/**
 * Calls people when a keeper has too few tasks, and when a database had no turn that did what it is for: nobody renewed its right to write, or
 * found that the other site leads.
 */
export function keeperAlarms(scope: Construct, { alarms, databases, logGroup, service }: KeeperAlarmsProps): void {
  serviceAlarms(scope, {
    name: keeperWord,
    scale: { min: keeperCount, max: keeperCount },
    service,
    groups: [],
    alarms,
    runbook,
  });
  const namespace = `Mainstay/Keeper/${Stack.of(scope).stackName}`;
  new logs.MetricFilter(scope, 'Turns', {
    logGroup,
    filterPattern: logs.FilterPattern.any(
      ...turnsThatKept.map((did) => logs.FilterPattern.stringValue('$.did', '=', did)),
    ),
    metricNamespace: namespace,
    metricName: 'Turns',
    metricValue: '1',
    dimensions: { Database: '$.database' },
  });
  for (const database of databases) {
    alarms.raise(scope, `${pascalCase(database)}Silent`, {
      metric: new cloudwatch.Metric({
        namespace,
        metricName: 'Turns',
        dimensionsMap: { Database: database },
        statistic: cloudwatch.Stats.SUM,
        period: alarmPeriod,
      }),
      description: `Nobody keeps the right of database ${database} to write: it ends ${leaseSeconds} s after the last turn, and sales with it.`,
      runbook,
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: silentMinutes,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
