import { about, type Row } from '../../support/about';
import { ageWatch } from '../../support/age-watch';
import { reference } from '../../support/graph';
import { exactly } from '../../support/matchers';

/** Somebody is called when people did not change in time what they gave. */
export const rotationRow: Row = {
  row: 'rotation',
  expectations: [
    ...about(
      { stack: 'Security', type: 'AWS::CloudWatch::Alarm', where: /SecretAges\/\w+Old$/, count: 5 },
      {
        'a secret that people change is at most half a year old': { path: 'Threshold', is: 180 },
        'where nobody looks how old a secret is, somebody is called': { path: 'TreatMissingData', is: 'breaching' },
        'somebody is called when a secret is too old': {
          path: 'AlarmActions',
          is: exactly(reference('Security/Alarms/Topic')),
        },
      },
    ),
    ...ageWatch('Security', 'Security/SecretAges', 'what people gave'),
  ],
};
