import { about, type Row } from '../../support/about';
import { flagsRow } from '../../support/flags-row';
import { reference } from '../../support/graph';
import { containing } from '../../support/matchers';

const common = flagsRow({
  key: reference('Security/Keys/Data', 'Arn'),
  minutes: 10,
  bakeMinutes: 10,
  outsider: 'Billing',
  sets: [
    {
      set: 'FeaturesFlags',
      word: 'FEATURES',
      flag: 'live-cursors',
      is: { enabled: true, percent: 5, segments: 'plan=enterprise' },
      users: ['Project', 'Reporting', 'User', 'Web'],
      alarms: /:alarm:techflow-solutions-production-(project|reporting|user|web)-release-errors$/,
    },
  ],
});

/** Flags that are turned while services run, and turn back. */
export const flags: Row = {
  ...common,
  expectations: [
    ...common.expectations,
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Flags$/, count: 1 },
      {
        'through the endpoint of flags goes only what the account asks for': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Action: 'appconfig:*',
            Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Resource: '*',
          }),
        },
      },
    ),
  ],
};
