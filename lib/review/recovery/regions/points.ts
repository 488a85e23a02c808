import type { Platform } from '../../../platform/platform';
import { numberOf, stringsOf, textOf } from '../../json';
import { valueAt, valuesAt } from '../../azure/settings';
import { resourcesOf, type Resource } from '../../azure/stack';
import type { AzureOutputs, Outputs } from '../outputs';
import { longest, sumOf, type Part } from '../part';
import type { Point } from '../point';
import { waiversOf } from '../waivers';
import { messageCopies, objectCopies, regionOf } from './copies';
import { followedDatabases } from './databases';
import { means, placeOf } from './place';
import { calls, secondsOf } from './time';

/** What may be lost between two regions of Azure. */
export const regionPoints = (outputs: Outputs<AzureOutputs>, platform: Platform): readonly Point[] => [
  ...followedDatabases(outputs).map(({ name, recovery }) => databasePoint(name, recovery, outputs, platform)),
  ...resourcesOf(outputs.primary.site, 'azurerm_servicebus_namespace').map((each) =>
    messagePoint(each, outputs, platform),
  ),
  ...objectPoints(outputs, platform),
];

/** An alert on a measure of something, which calls people. */
interface Alarm {
  readonly at: string;
  readonly threshold: number;
}

/** The alert on a measure of something that calls people, and stands on the site that is left. */
function alarmOn(metric: string, target: Resource, { all, site }: AzureOutputs): Alarm | undefined {
  return resourcesOf(site, 'azurerm_monitor_metric_alert')
    .filter(
      (alert) =>
        calls(alert) &&
        valueAt(alert.arguments, 'criteria.metric_name') === metric &&
        ['GreaterThan', 'GreaterThanOrEqual'].includes(textOf(valueAt(alert.arguments, 'criteria.operator')) ?? '') &&
        stringsOf(alert.arguments.scopes).some((scope) => means(scope, target, alert, all)),
    )
    .map((alert) => ({
      at: placeOf(alert),
      threshold: numberOf(valueAt(alert.arguments, 'criteria.threshold')) ?? Infinity,
    }))
    .sort((a, b) => a.threshold - b.threshold)[0];
}

/** What is published of how far replicas are behind; no figure is promised. */
const LAG = 'https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas#considerations';

/** What a replica is behind is lost when it is promoted without its writer; an alert holds how far that may be. */
function databasePoint(
  name: string,
  replica: Resource,
  { recovery }: Outputs<AzureOutputs>,
  { goals }: Platform,
): Point {
  const goalMinutes = goals.recovery?.databasePointMinutes ?? 0;
  const alarm = alarmOn('physical_replication_delay_in_seconds', replica, recovery);
  return {
    data: `databases.${name}`,
    ...(alarm === undefined
      ? {
          because: 'nothing calls people when the replica is further behind',
          problem: `must be watched by an alert of at most ${goalMinutes * 60} s on how far ${placeOf(replica)} is behind, got none: have one that calls people`,
        }
      : {
          sum: sumOf(
            [{ part: 'the replica is behind when people are called', seconds: alarm.threshold, source: alarm.at }],
            goalMinutes,
          ),
          because: `what the replica is behind is lost with the region, which the vendor calls seconds to minutes (${LAG}); beyond ${alarm.threshold} s people are called (${alarm.at}). A planned promotion loses nothing`,
        }),
  };
}

/** Messages are refused before more of them wait to be copied than is allowed. */
function messagePoint(namespace: Resource, { primary, recovery }: Outputs<AzureOutputs>, { goals }: Platform): Point {
  const goalMinutes = goals.recovery?.databasePointMinutes ?? 0;
  const copies = messageCopies(namespace, regionOf(recovery), primary);
  const data = 'messages';
  if (copies === undefined) {
    return {
      data,
      because: 'nothing copies them',
      problem: `must be copied to ${regionOf(recovery)}, and nothing in cdktf.out copies them: tell ${placeOf(namespace)} to`,
    };
  }
  const alarm = alarmOn('ReplicationLagDuration', namespace, primary);
  return {
    data,
    // What a row says was sent must not be lost while the row is kept.
    sum: sumOf(
      [{ part: 'copies are behind before senders are refused', seconds: copies.seconds, source: placeOf(copies.by) }],
      goalMinutes,
    ),
    because: `no more is taken while copies are further behind (${placeOf(copies.by)}); a planned promotion loses nothing`,
    ...(alarm === undefined
      ? {
          problem: `must be watched by an alert on ReplicationLagDuration of ${placeOf(namespace)}, got none: have one`,
        }
      : {}),
  };
}

/** Objects are copied by container, and people are called when they wait. */
function objectPoints(outputs: Outputs<AzureOutputs>, platform: Platform): readonly Point[] {
  const { primary, recovery } = outputs;
  const data = 'objects';
  const goalMinutes = platform.goals.recovery?.objectsPointMinutes;
  const waiver = waiversOf(platform).find(({ of }) => of === 'objects');
  const containers = resourcesOf(primary.site, 'azurerm_storage_container').filter(isBucket);
  if (containers.length === 0) return [];
  if (waiver !== undefined) return [{ data, because: `waived: ${waiver.reason}` }];
  const copies = containers.map((container) => ({ container, by: objectCopies(container, outputs) }));
  const alone = copies.filter(({ by }) => by === undefined).map(({ container }) => placeOf(container));
  if (alone.length > 0 || goalMinutes === undefined) {
    return [
      {
        data,
        because: alone.length > 0 ? 'some are copied nowhere' : 'they are copied, and nobody promises how soon',
        problem:
          alone.length > 0
            ? `must be copied to the recovery site, and nothing copies ${alone.join(', ')}: copy them, or waive objects`
            : 'must have a goal, since they are copied: write goals.recovery.objectsPointMinutes',
      },
    ];
  }
  const waits = copies.map(({ by }) => by && waitOf(by, recovery));
  return waits.includes(undefined)
    ? [
        {
          data,
          because: 'nothing calls people when copies wait',
          problem: `must be watched by an alert on PendingOperationsForReplication that calls people, got none: have one that does within ${goalMinutes} min`,
        },
      ]
    : [
        {
          data,
          sum: sumOf(
            [
              longest(
                waits.flatMap((each) => each ?? []),
                never,
              ),
            ],
            goalMinutes,
          ),
          because: 'a copy that waits longer calls people',
        },
      ];
}

const never = { part: 'objects wait', seconds: Infinity, source: 'nothing in cdktf.out' };

const isBucket = ({ path }: Resource): boolean => /\/\w+Bucket\//.test(path);

/** How soon people are called for copies that wait: as soon as any has waited for as long as the alert counts from. */
function waitOf(copies: Resource, { all, site }: AzureOutputs): Part | undefined {
  return resourcesOf(site, 'azurerm_monitor_metric_alert')
    .filter(
      (alert) =>
        calls(alert) &&
        valueAt(alert.arguments, 'criteria.metric_name') === 'PendingOperationsForReplication' &&
        stringsOf(alert.arguments.scopes).some((scope) => means(scope, copies, alert, all)),
    )
    .map((alert) => {
      const ages = valuesAt(alert.arguments, 'criteria.dimension.values').flatMap(stringsOf);
      const looked = secondsOf(textOf(alert.arguments.frequency) ?? '');
      const minutes = Number(ages[0]);
      return {
        part: 'a copy waits before people are called',
        seconds: (Number.isInteger(minutes) ? minutes * 60 : Infinity) + looked,
        source: `${placeOf(alert)}, every ${looked} s`,
      };
    })
    .sort((a, b) => a.seconds - b.seconds)[0];
}
