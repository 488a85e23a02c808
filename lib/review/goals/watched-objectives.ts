import { busyDay } from '../../platform/objectives';
import type { Platform } from '../../platform/platform';
import { resourcesOf as onAws } from '../aws/stack';
import { resourcesOf as onAzure } from '../azure/stack';
import { listOf, objectOf, textOf } from '../json';
import { problemAt, type Problem } from '../recovery/problem';
import type { GoalOutputs } from './outputs';
import { placesOf, type Place } from './places';

export interface Watched {
  /** Each promise that no output can prove, with what in the output calls somebody for it. */
  readonly lines: readonly string[];
  /** What is promised so, and looked at by nothing. */
  readonly problems: readonly Problem[];
}

/** Alarms and alerts of a goal: of tasks by the id of what calls, of pods by what the name of an alert begins with. */
interface Callers {
  readonly goal: string;
  /** What is promised, for people. */
  readonly promise: string;
  readonly alarm: { readonly type: string; readonly id: RegExp };
  readonly alert: string;
  /** Whether it is promised of the gateway, and of no place without one. */
  readonly ofGateway: boolean;
}

const callersOf = ({ goals: { serviceLevel, steadyCpuPercent } }: Platform): readonly Callers[] => [
  ...(serviceLevel === undefined
    ? []
    : [
        {
          goal: 'serviceLevel',
          promise: `${serviceLevel.percent}% of calls within ${serviceLevel.milliseconds} ms: somebody is called by its error budget`,
          alarm: { type: 'AWS::CloudWatch::CompositeAlarm', id: /ServiceLevel/ },
          alert: 'ServiceLevel',
          ofGateway: true,
        },
      ]),
  ...(steadyCpuPercent === undefined
    ? []
    : [
        {
          goal: 'steadyCpuPercent',
          promise: `${steadyCpuPercent}% of processors: somebody is called when ${busyDay.quarters} quarters of a day were busier`,
          alarm: { type: 'AWS::CloudWatch::Alarm', id: /BusyDay/ },
          alert: 'BusyDay',
          ofGateway: false,
        },
      ]),
];

/** What in the output of a place calls somebody. */
const calledBy = ({ aws, azure }: Place, { alarm, alert }: Callers): readonly string[] => [
  ...(aws?.stacks ?? []).flatMap((stack) =>
    [
      ...onAws(stack, alarm.type).filter(({ logicalId }) => alarm.id.test(logicalId)),
      ...onAws(stack, 'AWS::APS::RuleGroupsNamespace').filter(({ properties }) =>
        (textOf(properties.Data) ?? '').includes(`"alert":"objectives-${alert}`),
      ),
    ].map(({ logicalId }) => `cdk.out ${stack.name}: ${logicalId}`),
  ),
  ...(azure === undefined ? [] : onAzure(azure, 'azurerm_monitor_alert_prometheus_rule_group'))
    .filter(({ arguments: { rule } }) =>
      listOf(rule).some((each) => textOf(objectOf(each).alert)?.startsWith(alert) === true),
    )
    .map(({ address, stack }) => `cdktf.out ${stack}: ${address}`),
];

/** What of error budgets and processors is watched, site by site, as far as their outputs are there. */
export function watchedObjectives(outputs: GoalOutputs, platform: Platform): Watched {
  const places = placesOf(outputs, platform).filter(({ aws, azure }) => aws !== undefined || azure !== undefined);
  const all = callersOf(platform).flatMap((callers) =>
    places
      .filter((place) => !callers.ofGateway || place.hasGateway)
      .map((place) => ({ ...callers, where: place.where, found: calledBy(place, callers) })),
  );
  return {
    lines: all
      .filter(({ found }) => found.length > 0)
      .map(({ found, goal, promise, where }) => `goals.${goal}${where}, ${promise} (${found.join(', ')})`),
    problems: all
      .filter(({ found }) => found.length === 0)
      .map(({ goal, where }) =>
        problemAt('watched', `goals.${goal}`, `calls nobody${where || ' at the primary'}: synthesize every stack`),
      ),
  };
}
