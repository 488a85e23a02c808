import type { Platform } from '../../platform/platform';
import { clockSkewSeconds, underWaySeconds } from '../../platform/sql/keeper';
import { listOf, numberOf, objectOf, textOf, type JsonObject } from '../json';
import { resourcesOf, type Assembly } from '../aws/stack';
import { awsKeeperOf } from './aws-keeper';
import { measured, published } from './data/figures';
import { keeperVariables } from './data/keeper';
import { databasePairs } from './databases';
import type { AwsOutputs, Outputs } from './outputs';
import { longest, type Part } from './part';

/** Until somebody is told: by health checks of names where there are some, else by the alarm of the edge, which is in another region. */
export function detection({ stacks }: Assembly): Part {
  const checks = stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::Route53::HealthCheck').flatMap(({ logicalId, properties }) => {
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
    resourcesOf(stack, 'AWS::CloudWatch::Alarm')
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
  return {
    part: 'the loss is noticed',
    ...longest(checks.length > 0 ? checks : alarms, {
      seconds: Infinity,
      source: 'nothing in cdk.out: no health check, and no alarm of the edge that calls people',
    }),
  };
}

const alarmNamed = (stacks: Assembly['stacks'], name: string | undefined): JsonObject | undefined =>
  stacks
    .flatMap((stack) => resourcesOf(stack, 'AWS::CloudWatch::Alarm'))
    .find(({ properties }) => name !== undefined && properties.AlarmName === name)?.properties;

const found = (stack: string, id: string, interval = Infinity, times = Infinity) => ({
  seconds: interval * times,
  source: `cdk.out ${stack}: ${id}, every ${interval} s, ${times} times`,
});

/**
 * Until the recovery site may write: the right of the primary ends by itself, since the worst is that nobody reaches it, then what was under way there,
 * then its databases are promoted. Without a keeper the right never ends.
 */
export function promotion(outputs: Outputs<AwsOutputs>, { databases }: Platform): readonly Part[] {
  const pairs = databasePairs(outputs);
  if (pairs.length === 0) return [];
  const leases = pairs.map((pair) => {
    const keeper = awsKeeperOf(pair, outputs.primary.assembly);
    return {
      seconds: keeper?.leaseSeconds ?? Infinity,
      source:
        keeper === undefined
          ? `nothing in cdk.out renews the right of databases.${pair.name} to write, so it has no end`
          : `${keeper.at}: ${keeperVariables.lease}`,
    };
  });
  const ends = pairs.map(({ name }) => {
    const spec = databases[name];
    return {
      seconds: (spec?.engine === 'postgres' ? underWaySeconds(spec) : Infinity) + clockSkewSeconds,
      source: `databases.${name}.statementTimeoutSeconds of the definition, twice, and ${clockSkewSeconds} s for clocks (lib/platform/sql/keeper.ts)`,
    };
  });
  return [
    { part: 'the right of the primary to write ends', ...longest(leases, never) },
    { part: 'what was under way there ends', ...longest(ends, never) },
    { part: 'promotion of databases', ...measured.promotion },
  ];
}

const never = { seconds: Infinity, source: 'nothing in cdk.out: no database' };

/** Until names lead to the recovery site, and resolvers have forgotten the primary. */
export function traffic({ stacks }: Assembly, domain: string): readonly Part[] {
  const records = stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::Route53::RecordSet')
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
