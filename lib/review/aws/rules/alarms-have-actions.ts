import { isObject, listOf, shown } from '../../json';
import type { Json } from '../../json';
import { mentionsIn } from '../mentions';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Stack } from '../stack';

const report = reporter('alarms-have-actions');

const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';
const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::LogAlarm', COMPOSITE_ALARM];

/**
 * Every alarm tells somebody, and every alarm on data says what silence means. An alarm that is part of a composite alarm
 * may leave the telling to it: of two windows of an error budget, neither alone is worth a call.
 */
export const alarmsHaveActions: Rule = (stack) => {
  const parts = partsOfComposites(stack);
  return resourcesOf(stack, ...ALARMS).flatMap((alarm) => {
    const { ActionsEnabled, AlarmActions, TreatMissingData, EvaluationCriteria } = alarm.properties;
    // A PromQL query evaluates the series that it finds: the property is not for it.
    const hasData = alarm.type !== COMPOSITE_ALARM && EvaluationCriteria === undefined;
    return [
      ...(acts(AlarmActions) || parts.has(alarm.logicalId)
        ? []
        : ['AlarmActions must name at least one action, got none: tell somebody']),
      ...(ActionsEnabled === false || ActionsEnabled === 'false'
        ? [`ActionsEnabled must not be false, got ${shown(ActionsEnabled)}: leave it out`]
        : []),
      ...(!hasData || TreatMissingData !== undefined
        ? []
        : ['TreatMissingData must be set, got nothing: say whether silence is good or bad']),
    ].map((problem) => report(stack, alarm, problem));
  });
};

/** Alarms that a composite alarm of the same stack looks at, and which tells somebody itself. */
function partsOfComposites(stack: Stack): ReadonlySet<string> {
  return new Set(
    resourcesOf(stack, COMPOSITE_ALARM)
      .filter(({ properties: { ActionsEnabled, AlarmActions } }) => acts(AlarmActions) && ActionsEnabled !== false)
      .flatMap(({ properties: { AlarmRule } }) => mentionsIn(AlarmRule ?? null).map(({ id }) => id)),
  );
}

const acts = (actions: Json | undefined): boolean => listOf(actions).some((action) => !isNoValue(action));

function isNoValue(value: Json): boolean {
  return isObject(value) && value.Ref === 'AWS::NoValue';
}
