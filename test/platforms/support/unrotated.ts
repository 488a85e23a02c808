import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { exactly } from './matchers';

/** Somebody is called when RDS could not rotate the password of the administrator of the store. */
export const unrotated = (cluster: string): readonly Expectation[] =>
  about(
    { stack: 'Data', type: 'AWS::Events::Rule', where: /StoreDatabase\/Unrotated$/, count: 1 },
    {
      'rotations of the administrator’s password that failed are told': {
        path: 'EventPattern.detail.eventName',
        is: exactly('RotationFailed'),
      },
      'rotations that failed are those of the administrator’s own secret': {
        path: 'EventPattern.detail.additionalEventData.SecretId',
        is: exactly(reference(cluster, 'MasterUserSecret.SecretArn')),
      },
      'a rotation that failed is told to people': { path: 'Targets[*].Arn', is: reference('Security/Alarms/Topic') },
    },
  );
