import type { Platform } from '../../../platform/platform';
import { listOf, numberOf, textOf } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { valueAt } from '../../azure/settings';
import { resourcesOf, type Resource } from '../../azure/stack';
import { assumed } from '../data/figures';
import type { AzureOutputs, Outputs } from '../outputs';
import { longest, type Part } from '../part';
import { followedDatabases } from './databases';
import { originGroups, originPairs } from './edge';
import { placeOf } from './place';

/** Seconds of a duration that Azure Monitor takes: `PT5M`. */
export const secondsOf = (duration: string): number => {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 || Infinity;
};

/** Whether an alert calls people. */
export const calls = ({ arguments: given }: Resource): boolean =>
  given.enabled !== false && listOf(given.action).length > 0;

/**
 * Until somebody is told: by tests from outside whose alert stands on the recovery site, since what watches the primary in its own region
 * is lost with it.
 */
export function noticed({ recovery }: Outputs<AzureOutputs>): Part {
  const alerts = resourcesOf(recovery.site, 'azurerm_monitor_metric_alert').flatMap((alert) => {
    const criteria = valueAt(
      alert.arguments,
      'application_insights_web_test_location_availability_criteria.web_test_id',
    );
    const test = namedBy(alert, criteria, recovery.all);
    return test !== undefined && calls(alert) ? [found(alert, test)] : [];
  });
  return {
    part: 'the loss is noticed',
    ...longest(alerts, {
      seconds: Infinity,
      source: 'nothing on the recovery site in cdktf.out: no test from outside whose alert calls people',
    }),
  };
}

const found = (alert: Resource, test: Resource) => {
  const [every, looked] = [
    numberOf(test.arguments.frequency) ?? Infinity,
    secondsOf(textOf(alert.arguments.frequency) ?? ''),
  ];
  return {
    seconds: every + looked,
    source: `${placeOf(test)}, every ${every} s; ${placeOf(alert)}, every ${looked} s`,
  };
};

/** Until the recovery site may write: servers and messages are promoted side by side. */
export const promoted = (outputs: Outputs<AzureOutputs>): readonly Part[] => {
  const databases = followedDatabases(outputs).map(({ name }) => ({
    part: `promotion of databases.${name}, and of messages beside it`,
    ...assumed.replicaPromotion,
  }));
  return databases.length === 0 ? [] : [longest(databases, never)];
};

const never: Part = { part: 'promotion', seconds: Infinity, source: 'nothing in cdktf.out' };

/** Until requests arrive at the recovery site. They leave the primary by themselves, long before anybody agrees. */
export function moved(outputs: Outputs<AzureOutputs>, { stage }: Pick<Platform, 'stage'>): readonly Part[] {
  const pairs = originPairs(outputs);
  const groups = originGroups(outputs.primary);
  if (pairs.length === 0 || pairs.length < groups.length) {
    const alone = groups.filter((each) => !pairs.some(({ group }) => group === each));
    return [
      {
        part: 'the edge sends requests to the recovery site',
        seconds: Infinity,
        source: `no origin of the recovery site behind that of the primary for ${stage.domain}: ${alone.map(placeOf).join(', ') || 'no group of origins'}`,
      },
    ];
  }
  const slowest = longest(
    pairs.map(({ group }) => ({
      seconds:
        (numberOf(valueAt(group.arguments, 'health_probe.interval_in_seconds')) ?? Infinity) *
        (numberOf(valueAt(group.arguments, 'load_balancing.successful_samples_required')) ?? Infinity),
      source: `${placeOf(group)}: health_probe and load_balancing`,
    })),
    never,
  );
  const leave = Math.max(...pairs.map(({ seconds }) => seconds));
  return [
    {
      part: 'requests leave the primary meanwhile',
      seconds: 0,
      source: `${leave} s after the loss, by themselves: ${pairs.map(({ group }) => placeOf(group)).join(', ')}`,
    },
    { part: 'the edge finds the recovery site well', seconds: slowest.seconds, source: slowest.source },
  ];
}
