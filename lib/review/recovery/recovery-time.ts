import type { Platform } from '../../platform/platform';
import { nodesFor, nodeSizes } from '../../platform/azure-nodes';
import { isObject, listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import { resourcesOf as awsResources, type Assembly } from '../aws/stack';
import { resourcesOf } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { workloadsOf } from '../kubernetes/workloads';
import { clockSkewSeconds, underWaySeconds } from '../../platform/sql/keeper';
import { awsKeeperOf } from './aws-keeper';
import { SERVICE_NAME } from './contract';
import { keeperVariables } from './data/keeper';
import { databasePairs } from './databases';
import { assumed, measured, published } from './data/figures';
import type { Outputs } from './outputs';
import { problemAt, type Problem } from './problem';
import { podsOf } from './replicas';
import { waiversOf } from './waivers';

/** A part of a recovery time or point. */
export interface Part {
  readonly part: string;
  readonly seconds: number;
  /** A value of an output or of the definition, a published figure, what the drill measured, or an assumption that says so. */
  readonly source: string;
}

/** What parts add up to, and what the definition promises. */
export interface Sum {
  readonly parts: readonly Part[];
  readonly seconds: number;
  readonly goalSeconds: number;
}

export const sumOf = (parts: readonly Part[], goalMinutes: number): Sum => ({
  parts,
  seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
  goalSeconds: goalMinutes * 60,
});

/** From the loss of the primary to service on the recovery site. Parts that follow each other are added; what goes on meanwhile is said. */
export const recoveryTime = (outputs: Outputs, platform: Platform): Sum | undefined => {
  const goal = platform.goals.recovery;
  if (goal === undefined) return undefined;
  const promotion = promotionOf(outputs, platform);
  const parts = [
    detection(outputs.aws),
    {
      part: 'somebody on call agrees',
      seconds: goal.approvalMinutes * 60,
      source: 'goals.recovery.approvalMinutes of the definition',
    },
    ...promotion,
    nodes(outputs, promotion),
    pods(outputs.clusters),
    ...traffic(outputs.aws, platform.stage.domain),
    ...waiversOf(platform).map(({ minutes, of, reason }) => ({
      part: `without ${of}`,
      seconds: minutes * 60,
      source: `waives.${of} of the definition: ${reason}`,
    })),
  ];
  return sumOf(parts, goal.timeMinutes);
};

/** What is worse than promised, with the sum; or a part of which nothing is known. */
export function timeProblems(time: Sum | undefined): readonly Problem[] {
  if (time === undefined) {
    return [problemAt('goals', 'time', 'must be promised by goals.recovery, since there is a recovery site: write it')];
  }
  const { goalSeconds, parts, seconds } = time;
  return seconds <= goalSeconds
    ? []
    : [
        problemAt(
          'goals',
          'time',
          `is ${seconds} s and goals.recovery.timeMinutes allows ${goalSeconds} s: ${shownParts(parts)}; shorten a part, or promise what they add up to`,
        ),
      ];
}

export const shownParts = (parts: readonly Part[]): string =>
  parts.map(({ part, seconds }) => `${part} ${seconds} s`).join(' + ');

/** Until somebody is told: by health checks of names where there are some, else by the alarm of the edge, which is in another region. */
function detection({ stacks }: Assembly): Part {
  const checks = stacks.flatMap((stack) =>
    awsResources(stack, 'AWS::Route53::HealthCheck').flatMap(({ logicalId, properties }) => {
      const config = objectOf(properties.HealthCheckConfig);
      // Such a check only counts others.
      if (config.Type === 'CALCULATED') return [];
      if (config.Type !== 'CLOUDWATCH_METRIC') {
        return [found(stack.name, logicalId, numberOf(config.RequestInterval), numberOf(config.FailureThreshold))];
      }
      const alarm = alarmNamed(stacks, textOf(objectOf(config.AlarmIdentifier).Name));
      return [found(stack.name, logicalId, numberOf(alarm?.Period), numberOf(alarm?.EvaluationPeriods))];
    }),
  );
  const alarms = stacks.flatMap((stack) =>
    awsResources(stack, 'AWS::CloudWatch::Alarm')
      .filter(
        ({ properties }) =>
          properties.Namespace === 'AWS/CloudFront' &&
          properties.MetricName === '5xxErrorRate' &&
          listOf(properties.AlarmActions).length > 0,
      )
      .map(({ logicalId, properties: { EvaluationPeriods, Period } }) =>
        found(stack.name, logicalId, numberOf(Period), numberOf(EvaluationPeriods)),
      ),
  );
  const [slowest] = (checks.length > 0 ? checks : alarms).sort((a, b) => b.seconds - a.seconds);
  return {
    part: 'the loss is noticed',
    ...(slowest ?? {
      seconds: Infinity,
      source: 'nothing in cdk.out: no health check, and no alarm of the edge that calls people',
    }),
  };
}

const alarmNamed = (stacks: Assembly['stacks'], name: string | undefined): JsonObject | undefined =>
  stacks
    .flatMap((stack) => awsResources(stack, 'AWS::CloudWatch::Alarm'))
    .find(({ properties }) => name !== undefined && properties.AlarmName === name)?.properties;

const found = (stack: string, id: string, interval = Infinity, times = Infinity) => ({
  seconds: interval * times,
  source: `cdk.out ${stack}: ${id}, every ${interval} s, ${times} times`,
});

/**
 * Until the recovery site may write: the right of the primary ends by itself, since the worst is that nobody reaches it, then what was under way there,
 * then its databases are promoted. Without a keeper the right never ends.
 */
function promotionOf(outputs: Outputs, platform: Platform): readonly Part[] {
  const pairs = databasePairs(outputs);
  if (pairs.length === 0) return [];
  const leases = pairs.map((pair) => {
    const keeper = awsKeeperOf(pair, outputs.aws);
    return {
      seconds: keeper?.leaseSeconds ?? Infinity,
      source:
        keeper === undefined
          ? `nothing in cdk.out renews the right of databases.${pair.name} to write, so it has no end`
          : `${keeper.at}: ${keeperVariables.lease}`,
    };
  });
  const ends = pairs.map(({ name }) => {
    const spec = platform.databases[name];
    return {
      seconds: (spec?.engine === 'postgres' ? underWaySeconds(spec) : Infinity) + clockSkewSeconds,
      source: `databases.${name}.statementTimeoutSeconds of the definition, twice, and ${clockSkewSeconds} s for clocks (lib/platform/sql/keeper.ts)`,
    };
  });
  return [
    { part: 'the right of the primary to write ends', ...longest(leases) },
    { part: 'what was under way there ends', ...longest(ends) },
    { part: 'promotion of databases', ...measured.promotion },
  ];
}

const longest = <Lasting extends { readonly seconds: number }>(all: readonly Lasting[]): Lasting =>
  all.reduce((most, each) => (each.seconds > most.seconds ? each : most));

/** Nodes for the most of every pod, as far as they do not stand yet. They are asked for while the fence is waited for. */
function nodes({ azure, clusters }: Outputs, meanwhile: readonly Part[]): Part {
  const all = clusters.flatMap(podsOf).map(({ memoryGiB, most: count, proxy, vcpu }) => ({
    count,
    vcpu: vcpu + proxy.vcpu,
    memoryGiB: memoryGiB + proxy.memoryGiB,
  }));
  const pools = resourcesOf(azure, 'azurerm_kubernetes_cluster_node_pool');
  const isFull = pools.some(({ arguments: given }) => {
    const size = nodeSizes.find(({ vmSize }) => vmSize === given.vm_size);
    return size !== undefined && (numberOf(given.min_count) ?? 0) >= nodesFor(size, all);
  });
  const where = pools.map(
    ({ address, arguments: given, stack }) =>
      `cdktf.out ${stack}: ${address}, at least ${String(numberOf(given.min_count))}`,
  );
  return isFull
    ? { part: 'nodes', seconds: 0, source: `stand already: ${where.join(', ')}` }
    : {
        part: 'nodes, beyond what fence and promotion take anyway',
        seconds: Math.max(0, assumed.nodes.seconds - meanwhile.reduce((sum, { seconds }) => sum + seconds, 0)),
        source: `${assumed.nodes.seconds} s ${assumed.nodes.source}; ${where.join(', ')}`,
      };
}

/** Until the slowest pod is taken for ready. */
function pods(clusters: readonly Cluster[]): Part {
  const starts = clusters
    .flatMap(workloadsOf)
    .flatMap(({ containers, object }) =>
      containers
        .filter(({ value }) => listOf(value.env).some((each) => objectOf(each).name === SERVICE_NAME))
        .map(({ value }) => ({
          seconds:
            probeSeconds(value.startupProbe, 'failureThreshold') +
            probeSeconds(value.readinessProbe, 'successThreshold'),
          source: `k8s.out ${object.file}: startupProbe and readinessProbe`,
        })),
    )
    .sort((a, b) => b.seconds - a.seconds);
  return {
    part: 'pods are ready',
    ...(starts[0] ?? { seconds: Infinity, source: 'nothing in k8s.out: no pod of a service' }),
  };
}

function probeSeconds(probe: Json | undefined, times: 'failureThreshold' | 'successThreshold'): number {
  if (!isObject(probe)) return 0;
  return (
    (numberOf(probe[times]) ?? 1) * (numberOf(probe.periodSeconds) ?? 10) + (numberOf(probe.initialDelaySeconds) ?? 0)
  );
}

/** Until names lead to the recovery site, and resolvers have forgotten the primary. */
function traffic({ stacks }: Assembly, domain: string): readonly Part[] {
  const records = stacks.flatMap((stack) =>
    awsResources(stack, 'AWS::Route53::RecordSet')
      .filter(({ properties }) => textOf(properties.Name)?.replace(/\.$/, '') === domain)
      .map(({ logicalId, properties }) => ({ at: `cdk.out ${stack.name}: ${logicalId}`, properties })),
  );
  const [first] = records;
  if (first === undefined) {
    return [
      {
        part: 'names lead to the recovery site',
        seconds: Infinity,
        source: `nothing in cdk.out: no record of ${domain}`,
      },
    ];
  }
  const led = records.some(({ properties }) => properties.HealthCheckId !== undefined);
  const second = records.find(({ properties }) => properties.Weight === 0 && properties.HealthCheckId === undefined);
  const byItself = led && second !== undefined;
  const ttl = numberOf(first.properties.TTL);
  return [
    byItself
      ? {
          part: 'names change by themselves',
          seconds: 0,
          source: `${first.at}: HealthCheckId, and ${second.at} beside it`,
        }
      : {
          part: 'names are changed by hand while nodes come',
          seconds: published.recordChange.seconds,
          source: `${published.recordChange.source}; ${first.at} has no second record beside it that takes over`,
        },
    ttl === undefined
      ? { part: 'resolvers forget the primary', ...published.aliasTtl }
      : { part: 'resolvers forget the primary', seconds: ttl, source: `${first.at}: TTL` },
  ];
}
