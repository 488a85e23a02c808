import { failoverSeconds } from '../../platform/sql/failover';
import { hasTraffic } from '../../platform/ending';
import { placedOn, type Platform } from '../../platform/platform';
import { containerTold, ecsServicesOf } from '../aws/ecs-services';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from '../json';
import type { Cluster } from '../kubernetes/cluster';
import { find, ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { SERVICE_NAME } from '../recovery/contract';
import { longest, type Part } from '../recovery/part';
import { growing } from './figures';
import { secondsIn } from './seconds-in';
import type { Rollback } from './rollbacks';
import { timed, type Timed } from './timed';

/** From a fault to its end without anybody's doing: releases that are taken back, and databases whose writer is lost. */
export const repairsOf = (
  outputs: { readonly aws: Assembly | undefined; readonly clusters: readonly Cluster[] },
  rollbacks: readonly Rollback[],
  platform: Platform,
): readonly Timed[] => [...releaseRepairs(outputs, rollbacks, platform), ...databaseRepairs(platform)];

const goal = 'goals.repairMinutes';
const goalSecondsOf = ({ goals: { repairMinutes } }: Platform): number | undefined =>
  repairMinutes === undefined ? undefined : repairMinutes * 60;

/** Of the releases that something measures, of services that get requests, without which there is nothing to measure: until the slowest measurement has seen it, and until the version before has every request. */
function releaseRepairs(
  { aws, clusters }: { readonly aws: Assembly | undefined; readonly clusters: readonly Cluster[] },
  rollbacks: readonly Rollback[],
  platform: Platform,
): readonly Timed[] {
  const noticed = [...(aws === undefined ? [] : noticedByAlarms(aws)), ...clusters.flatMap(noticedByAnalysis)];
  return noticed
    .filter(({ name }) => hasTraffic(platform, name))
    .flatMap(({ name, part }) => {
      const back = rollbacks.find(({ about }) => about === `services.${name}`);
      return [timed(`services.${name}`, goal, goalSecondsOf(platform), [part, ...(back?.parts ?? [])])];
    });
}

interface Noticed {
  readonly name: string;
  readonly part: Part;
}

const bad = 'a bad release is noticed';

/** By the alarms that a service of ECS names; a name without an alarm notices nothing. */
const noticedByAlarms = (aws: Assembly): readonly Noticed[] =>
  ecsServicesOf(aws).flatMap(({ containers, service, stack }) => {
    const name = containerTold({ containers }, SERVICE_NAME)?.value;
    const named = listOf(objectOf(objectOf(service.properties.DeploymentConfiguration).Alarms).AlarmNames);
    if (name === undefined || named.length === 0) return [];
    const part = longest(
      named.map((alarm) => alarmPart(stack, textOf(alarm))),
      unseen,
    );
    return [{ name, part }];
  });

const unseen: Part = { part: bad, seconds: Infinity, source: 'nothing in the output' };

function alarmPart(stack: Stack, name: string | undefined): Part {
  const alarm = resourcesOf(stack, 'AWS::CloudWatch::Alarm').find(({ properties }) => properties.AlarmName === name);
  if (alarm === undefined) return { ...unseen, source: `cdk.out ${stack.name}: no alarm ${name ?? 'by a name'}` };
  return {
    part: bad,
    seconds: growing.metric.value + periodOf(alarm) * pointsOf(alarm),
    source: `cdk.out ${stack.name}: ${alarm.logicalId}, and ${growing.metric.source}`,
  };
}

const pointsOf = ({ properties: { DatapointsToAlarm, EvaluationPeriods } }: Resource): number =>
  numberOf(DatapointsToAlarm) ?? numberOf(EvaluationPeriods) ?? Infinity;

/** Of the one metric that it watches, or the longest of those from which it computes. */
function periodOf({ properties: { Metrics, Period } }: Resource): number {
  const periods = listOf(Metrics)
    .filter(isObject)
    .flatMap((each) => numberOf(objectOf(each.MetricStat).Period) ?? []);
  return numberOf(Period) ?? (periods.length === 0 ? Infinity : Math.max(...periods));
}

/** By the analysis that a rollout names, which takes back a release at the measurement after those that may be chance. */
const noticedByAnalysis = (cluster: Cluster): readonly Noticed[] =>
  ofKind(cluster, 'Rollout').flatMap((rollout) => {
    const strategy = objectOf(placeIn(rollout.value, 'spec.strategy'));
    const judged = [objectOf(strategy.canary).analysis, objectOf(strategy.blueGreen).postPromotionAnalysis];
    return judged.flatMap((each) =>
      listOf(objectOf(each).templates)
        .filter(isObject)
        .map(({ templateName }) => ({
          name: rollout.name,
          part: analysisPart(cluster, textOf(templateName) ?? '', rollout.namespace),
        })),
    );
  });

function analysisPart(cluster: Cluster, name: string, namespace: string | undefined): Part {
  const template = find(cluster, 'AnalysisTemplate', name, namespace);
  if (template === undefined)
    return { ...unseen, source: `k8s.out: no AnalysisTemplate ${name} in ${namespace ?? ''}` };
  const metrics = listOf(placeIn(template.value, 'spec.metrics')).filter(isObject);
  return longest(
    metrics.map((metric) => ({ part: bad, seconds: measuredSeconds(metric), source: `k8s.out ${template.file}` })),
    unseen,
  );
}

const measuredSeconds = ({ failureLimit, initialDelay, interval }: JsonObject): number =>
  (secondsIn(initialDelay) ?? 0) + (numberOf(failureLimit) ?? 0) * (secondsIn(interval) ?? Infinity);

/** As long as vendors say of the primary's topologies; a database that has no other server is no promise of this kind. */
const databaseRepairs = (platform: Platform): readonly Timed[] =>
  placedOn(platform.databases, 'primary').flatMap(([name, database]) =>
    database.engine !== 'postgres'
      ? []
      : [
          timed(`databases.${name}`, goal, goalSecondsOf(platform), [
            {
              part: 'another server takes writes',
              seconds: failoverSeconds(platform.stage.sites.primary.cloud, database.topology),
              source: `as its vendor publishes it for ${platform.stage.sites.primary.cloud === 'aws' ? database.topology : 'a standby in another zone'}`,
            },
          ]),
        ],
  );
