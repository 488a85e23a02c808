import { isObject, listOf, shown } from '../json';
import type { Json } from '../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';

const report = reporter('alarms-have-actions');

const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';
const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::LogAlarm', COMPOSITE_ALARM];

/** Every alarm tells somebody, and every alarm on data says what silence means. */
export const alarmsHaveActions: Rule = (stack) =>
  resourcesOf(stack, ...ALARMS).flatMap((alarm) => {
    const { ActionsEnabled, AlarmActions, TreatMissingData, EvaluationCriteria } = alarm.properties;
    const actions = listOf(AlarmActions).filter((action) => !isNoValue(action));
    // A PromQL query evaluates the series that it finds: the property is not for it.
    const hasData = alarm.type !== COMPOSITE_ALARM && EvaluationCriteria === undefined;
    return [
      ...(actions.length > 0 ? [] : ['AlarmActions must name at least one action, got none: tell somebody']),
      ...(ActionsEnabled === false || ActionsEnabled === 'false'
        ? [`ActionsEnabled must not be false, got ${shown(ActionsEnabled)}: leave it out`]
        : []),
      ...(!hasData || TreatMissingData !== undefined
        ? []
        : ['TreatMissingData must be set, got nothing: say whether silence is good or bad']),
    ].map((problem) => report(stack, alarm, problem));
  });

function isNoValue(value: Json): boolean {
  return isObject(value) && value.Ref === 'AWS::NoValue';
}
