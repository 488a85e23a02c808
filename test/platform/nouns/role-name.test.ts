import { roleName } from '../../../lib/platform/nouns/site';

test.each([
  ['arn:aws:iam::111122223333:role/operators', 'operators'],
  ['arn:aws:iam::111122223333:role/teams/platform/Admin.Break_glass', 'Admin-Break-glass'],
  [
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
    'AWSReservedSSO-Admin-0123456789abcdef',
  ],
])('%s is called %s', (arn, name) => {
  expect(roleName(arn)).toBe(name);
});
