import type { Platform } from '../../../platform/platform';
import { listOf, numberOf, textOf } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { valueAt, valuesAt } from '../../azure/settings';
import { resourcesOf, type Resource, type Site } from '../../azure/stack';
import { assumed } from '../data/figures';
import type { AzureOutputs, Outputs } from '../outputs';
import { longest, type Part } from '../part';
import { followedDatabases } from './databases';
import { originPairs, unpairedGroups } from './edge';
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
 * Until somebody is told: by an alert of the edge on each of its origins, which belongs to no region. What watches the primary in
 * its own region is lost with it.
 */
export function noticed({ primary: { all } }: Outputs<AzureOutputs>): Part {
  const alerts = resourcesOf(all, 'azurerm_monitor_metric_alert').filter(
    (alert) =>
      calls(alert) &&
      valueAt(alert.arguments, 'criteria.metric_name') === 'OriginHealthPercentage' &&
      valuesAt(alert.arguments, 'criteria.dimension.name').includes('Origin') &&
      groupsOf(alert, all).every(({ arguments: { location = 'global' } }) => location === 'global'),
  );
  return {
    part: 'the loss is noticed',
    ...longest(alerts.map(looked), {
      seconds: Infinity,
      source: 'nothing in cdktf.out: no alert on each origin of the edge that calls people by a group of no region',
    }),
  };
}

/** Groups of people whom an alert calls. */
const groupsOf = (alert: Resource, site: Site): readonly Resource[] =>
  valuesAt(alert.arguments, 'action.action_group_id').flatMap((id) => namedBy(alert, id, site) ?? []);

function looked(alert: Resource) {
  const [over, every] = [alert.arguments.window_size, alert.arguments.frequency].map((value) =>
    secondsOf(textOf(value) ?? ''),
  ) as [number, number];
  return { seconds: over + every, source: `${placeOf(alert)}, over ${over} s, every ${every} s` };
}

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
  const alone = unpairedGroups(outputs);
  if (pairs.length === 0 || alone.length > 0) {
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
