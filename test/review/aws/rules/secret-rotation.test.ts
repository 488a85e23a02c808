import { secretRotation } from '../../../../lib/review/aws/rules/secret-rotation';
import { judges } from '../fixtures';

const reason = 'A third party gives the value, and people are called when it is old.';
const secret = { Type: 'AWS::SecretsManager::Secret', Properties: {} };
const schedule = (SecretId: unknown) => ({
  Type: 'AWS::SecretsManager::RotationSchedule',
  Properties: { SecretId, RotationRules: { ScheduleExpression: 'rate(30 days)' } },
});

const VALID = {
  Rotated: { ...secret, Metadata: {} },
  Schedule: schedule({ Ref: 'Rotated' }),
  Attached: secret,
  Attachment: {
    Type: 'AWS::SecretsManager::SecretTargetAttachment',
    Properties: { SecretId: { Ref: 'Attached' }, TargetType: 'AWS::RDS::DBInstance' },
  },
  AttachedSchedule: schedule({ Ref: 'Attachment' }),
  Given: { ...secret, Metadata: { 'mainstay:unrotated': reason } },
};

describe('secret-rotation', () => {
  judges(secretRotation, VALID, [
    [
      'nobody rotates it',
      'Schedule/Properties/SecretId',
      'somewhere',
      'Rotated: must be rotated by a schedule, got none',
    ],
    [
      'nobody rotates what is attached',
      'AttachedSchedule/Properties/SecretId',
      { Ref: 'Rotated' },
      'Attached: must be rotated by a schedule, got none',
    ],
    [
      'the reason is none',
      'Given/Metadata/mainstay:unrotated',
      'later',
      "Given: Metadata.mainstay:unrotated must have at least 20 characters, got 'later'",
    ],
    [
      'the reason is no text',
      'Given/Metadata/mainstay:unrotated',
      [reason],
      "Given: Metadata.mainstay:unrotated must have at least 20 characters, got ''",
    ],
    [
      'a reason is written and a schedule is there',
      'Rotated/Metadata/mainstay:unrotated',
      reason,
      'Rotated: Metadata.mainstay:unrotated says why no schedule rotates it, and one does',
    ],
  ]);
});
