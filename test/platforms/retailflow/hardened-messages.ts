import type { Hardened } from '../support/mutations';

const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

/** What must not be lost of messages to people. */
export const hardenedMessages: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::SES::ConfigurationSet': [
    {},
    { path: 'DeliveryOptions.TlsPolicy', weak: ['OPTIONAL'] },
    ...paths('ReputationOptions.ReputationMetricsEnabled'),
    { path: 'SuppressionOptions.SuppressedReasons', weak: [['BOUNCE'], []] },
  ],
  'AWS::SES::ConfigurationSetEventDestination': [
    {},
    ...paths('EventDestination.Enabled', 'ConfigurationSetName', 'EventDestination.EventBridgeDestination'),
    { path: 'EventDestination.MatchingEventTypes', weak: [['bounce'], ['complaint']] },
  ],
  'AWS::SES::EmailIdentity': [
    {},
    { path: 'EmailIdentity', weak: ['example.com'] },
    ...paths('ConfigurationSetAttributes', 'MailFromAttributes'),
    { path: 'DkimSigningAttributes.NextSigningKeyLength', weak: ['RSA_1024_BIT'] },
  ],
  'AWS::SMSVOICE::OptOutList': [{}],
  'AWS::SMSVOICE::ProtectConfiguration': [
    {},
    { path: 'CountryRuleSet.SMS', weak: [[]] },
    { path: 'CountryRuleSet.SMS[*].ProtectStatus', weak: ['ALLOW'] },
    ...paths('DeletionProtectionEnabled'),
  ],
  'AWS::SMSVOICE::ConfigurationSet': [{}, ...paths('ProtectConfigurationId')],
  'AWS::SMSVOICE::Pool': [
    {},
    ...paths(
      'OptOutListName',
      'SharedRoutesEnabled',
      'SelfManagedOptOutsEnabled',
      'DeletionProtectionEnabled',
      'MandatoryKeywords',
      'OriginationIdentities',
    ),
  ],
  'AWS::SMSVOICE::SenderId': [{}, { path: 'SenderId', weak: ['NOTICE'] }, ...paths('DeletionProtectionEnabled')],
};
