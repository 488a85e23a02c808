import { alarmsHaveActions } from '../../../../lib/review/aws/rules/alarms-have-actions';
import { change, judges, messagesOf } from '../fixtures';

const VALID = {
  Errors: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmActions: [{ Ref: 'Topic' }], ActionsEnabled: true, TreatMissingData: 'notBreaching' },
  },
  Logs: {
    Type: 'AWS::CloudWatch::LogAlarm',
    Properties: { AlarmActions: [{ Ref: 'Topic' }], TreatMissingData: 'missing' },
  },
  Query: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmActions: [{ Ref: 'Topic' }], EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } },
  },
  Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } },
  Whole: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmActions: [{ Ref: 'Topic' }],
      AlarmRule: { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['Half', 'Arn'] }, '")']] },
    },
  },
  Half: { Type: 'AWS::CloudWatch::Alarm', Properties: { TreatMissingData: 'notBreaching' } },
};

describe('alarms-have-actions', () => {
  judges(alarmsHaveActions, VALID, [
    [
      'an alarm tells nobody',
      'Errors/Properties/AlarmActions',
      undefined,
      'Errors: AlarmActions must name at least one action, got none',
    ],
    ['the list of actions is empty', 'Errors/Properties/AlarmActions', [], 'AlarmActions must name at least one'],
    [
      'the only action is no value',
      'Errors/Properties/AlarmActions/0',
      { Ref: 'AWS::NoValue' },
      'AlarmActions must name',
    ],
    ['a composite alarm tells nobody', 'Both/Properties/AlarmActions', undefined, 'Both: AlarmActions must name'],
    [
      'the composite that an alarm leaves the telling to looks at another',
      'Whole/Properties/AlarmRule',
      'ALARM("another")',
      'Half: AlarmActions must name at least one action, got none',
    ],
    ['a log alarm tells nobody', 'Logs/Properties/AlarmActions', undefined, 'Logs: AlarmActions must name'],
    ['actions are off', 'Errors/Properties/ActionsEnabled', false, 'ActionsEnabled must not be false'],
    ['actions are off by text', 'Both/Properties/ActionsEnabled', 'false', 'ActionsEnabled must not be false'],
    [
      'silence means nothing',
      'Errors/Properties/TreatMissingData',
      undefined,
      'TreatMissingData must be set, got nothing',
    ],
    ['silence of a log means nothing', 'Logs/Properties/TreatMissingData', undefined, 'TreatMissingData must be set'],
  ]);

  test('fails when the composite that an alarm leaves the telling to tells nobody either', async () => {
    const messages = await messagesOf(alarmsHaveActions, change(VALID, 'Whole/Properties/AlarmActions', []));
    expect(messages.map((message) => message.split(':')[0])).toEqual(['Half', 'Whole']);
  });

  test('leaves alone what other actions are for', async () => {
    expect(await messagesOf(alarmsHaveActions, change(VALID, 'Errors/Properties/OKActions', []))).toEqual([]);
  });
});
