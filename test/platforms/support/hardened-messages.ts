import type { Hardened } from './mutations';

const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

type HardenedTypes = Readonly<Record<string, readonly Hardened[]>>;

/** What must not be lost of e-mail. */
export const hardenedEmail: HardenedTypes = {
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
};

/** What must not be lost of addresses that nobody else sends from. */
export const hardenedAddresses: HardenedTypes = {
  'AWS::SES::DedicatedIpPool': [{}, { path: 'ScalingMode', weak: ['STANDARD'] }],
};

/** What must not be lost of SMS. */
export const hardenedSms: HardenedTypes = {
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
};

/** What must not be lost of names that SMS come from. */
export const hardenedSenderNames: HardenedTypes = {
  'AWS::SMSVOICE::SenderId': [{}, { path: 'SenderId', weak: ['NOTICE'] }, ...paths('DeletionProtectionEnabled')],
};

/** What must not be lost of numbers that SMS come from: one that was given back is somebody else's the next day. */
export const hardenedNumbers: HardenedTypes = {
  'AWS::SMSVOICE::PhoneNumber': [
    {},
    { path: 'NumberType', weak: ['LONG_CODE'] },
    { path: 'IsoCountryCode', weak: ['CA'] },
    ...paths('DeletionProtectionEnabled', 'OptOutListName', 'SelfManagedOptOutsEnabled', 'MandatoryKeywords'),
  ],
};
