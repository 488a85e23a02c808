import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { mailRecords } from '../../lib/aws/email';
import { Messages } from '../../lib/aws/messages';
import { Queue } from '../../lib/aws/queue';
import { messages } from '../../lib/platform/nouns/messages';
import { queue } from '../../lib/platform/nouns/messaging';
import { resolved } from '../support/platform';
import retailflow from '../../platforms/retailflow';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const platform = resolved(retailflow);
const proof = {
  owner: 'ms-domain-verification=1c9e6a4d',
  spf: 'v=spf1 include:spf.protection.outlook.com -all',
  keys: ['one._domainkey.azurecomm.net', 'two._domainkey.azurecomm.net'] as const,
};

function made(spec: object, given: { readonly proof?: typeof proof; readonly stage?: object } = {}) {
  const stack = testStack();
  const { key, alarms } = surroundings(stack);
  const bounces = new Queue(stack, 'Bounces', { name: 'bounces', spec: queue.parse({}), key, alarms });
  const subject = new Messages(stack, 'Letters', {
    name: 'letters',
    spec: messages.parse({ feedback: 'bounces', ...spec }),
    platform: { stage: { ...platform.stage, ...given.stage } },
    queues: { bounces },
    key,
    alarms,
    proof: given.proof,
  });
  return {
    stack,
    subject,
    bounces,
    // Nothing can be added once it was asked for.
    get template() {
      return templateOf(stack);
    },
  };
}

const email = { dailyMessages: 1000 };
const sms = {
  countries: {
    GB: { kind: 'name', name: 'LETTERS' },
    SG: { kind: 'name', name: 'LETTERS', registered: true },
    US: { kind: 'number', type: 'toll-free' },
  },
  monthlyDollars: 50,
};

describe('records of a domain of e-mail', () => {
  const of = (...given: Parameters<typeof mailRecords>) =>
    Object.values(mailRecords(...given)).map(({ name, type, values }) => `${name} ${type} ${values.join(' ')}`);
  const own = (forged: string) => [
    'bounce.mail.shop.com MX 10 feedback-smtp.eu-west-1.amazonses.com',
    'bounce.mail.shop.com TXT "v=spf1 include:amazonses.com -all"',
    `_dmarc.mail.shop.com TXT "v=DMARC1; p=${forged}"`,
  ];

  test.each(['reject', 'quarantine', 'none'] as const)('say what becomes of forgeries: %s', (forged) => {
    expect(of({ forged }, 'mail.shop.com', 'eu-west-1', undefined)).toEqual(own(forged));
  });

  test('say that another cloud sends as well, once it told by what', () => {
    expect(of({ forged: 'reject' }, 'mail.shop.com', 'eu-west-1', proof)).toEqual([
      ...own('reject'),
      'mail.shop.com TXT "v=spf1 include:spf.protection.outlook.com -all" "ms-domain-verification=1c9e6a4d"',
      'one._domainkey.mail.shop.com CNAME one._domainkey.azurecomm.net',
      'two._domainkey.mail.shop.com CNAME two._domainkey.azurecomm.net',
    ]);
  });
});

describe('e-mail', () => {
  const { stack, subject, bounces, template } = made({ email });

  test('comes from a domain whose keys are in the zone', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'mail.shop.example.com',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      MailFromAttributes: { MailFromDomain: 'bounce.mail.shop.example.com' },
      FeedbackAttributes: { EmailForwardingEnabled: false },
    });
    template.resourcePropertiesCountIs('AWS::Route53::RecordSet', { Type: 'CNAME', HostedZoneId: 'Z0EXAMPLE0SHOP' }, 3);
    template.resourceCountIs('AWS::Route53::RecordSet', 6);
  });

  test('leaves by TLS, to nobody who bounced or complained, from shared addresses', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE', SendingPoolName: Match.absent() },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    template.resourceCountIs('AWS::SES::DedicatedIpPool', 0);
  });

  test('tells the queue what comes back of it, and nobody else may by that rule', () => {
    const rule = stack.resolve(subject.email?.feedback.rule.ruleArn);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        detail: {
          mail: {
            tags: { 'ses:configuration-set': [stack.resolve(subject.email?.configurationSet.configurationSetName)] },
          },
        },
      },
      Targets: [
        Match.objectLike({
          Arn: stack.resolve(bounces.queue.queueArn),
          DeadLetterConfig: { Arn: stack.resolve(subject.email?.feedback.undelivered.queueArn) },
        }),
      ],
    });
    for (const target of [bounces.queue, subject.email?.feedback.undelivered]) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Principal: { Service: 'events.amazonaws.com' },
              Resource: stack.resolve(target?.queueArn),
              Condition: { ArnEquals: { 'aws:SourceArn': rule } },
            },
          ]),
        },
      });
    }
  });

  test.each([
    ['Reputation.BounceRate', 0.05],
    ['Reputation.ComplaintRate', 0.001],
    ['Send', 800],
  ])('calls somebody at %s of %d', (MetricName, Threshold) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/messages\\.md'),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('is sent from one address, by its domain and its rules', () => {
    const granted = made({ email });
    const policy = new iam.ManagedPolicy(granted.stack, 'Policy');
    granted.subject.grant(policy, { service: 'order', kind: 'messages' });
    templateOf(granted.stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['ses:SendEmail', 'ses:SendRawEmail'],
            Resource: [
              { 'Fn::Join': ['', [`arn:aws:ses:${region}:${account}:configuration-set/`, Match.anyValue()]] },
              { 'Fn::Join': ['', [`arn:aws:ses:${region}:${account}:identity/`, Match.anyValue()]] },
            ],
            Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@mail.shop.example.com' } },
          },
        ],
      },
    });
  });

  test('is known to services by where it is sent, and brings no SMS', () => {
    expect(subject.values()).toEqual({ emailEndpoint: `https://email.${region}.amazonaws.com` });
    expect([subject.secrets, subject.reach, subject.sms]).toEqual([{}, [], undefined]);
    template.resourceCountIs('AWS::SMSVOICE::Pool', 0);
  });

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });

  test('has addresses of its own where the model says so', () => {
    const { template: own } = made({ email: { ...email, addresses: 'own' } });
    own.hasResourceProperties('AWS::SES::DedicatedIpPool', { ScalingMode: 'MANAGED' });
    own.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { SendingPoolName: Match.anyValue() } });
  });
});

describe('SMS', () => {
  const { stack, subject, template } = made({ sms });

  test('come from a sender a country, asked for, registered or bought, and from no other', () => {
    template.hasResourceProperties('AWS::SMSVOICE::Pool', {
      OriginationIdentities: [
        { 'Fn::GetAtt': [Match.stringLikeRegexp('SenderGB'), 'Arn'] },
        `arn:aws:sms-voice:${region}:${account}:sender-id/LETTERS/SG`,
        { 'Fn::GetAtt': [Match.stringLikeRegexp('NumberUS'), 'Arn'] },
      ],
      SharedRoutesEnabled: false,
      SelfManagedOptOutsEnabled: false,
      DeletionProtectionEnabled: true,
    });
    template.resourcePropertiesCountIs('AWS::SMSVOICE::SenderId', { IsoCountryCode: 'GB', SenderId: 'LETTERS' }, 1);
    template.resourceCountIs('AWS::SMSVOICE::SenderId', 1);
    template.hasResourceProperties('AWS::SMSVOICE::PhoneNumber', {
      IsoCountryCode: 'US',
      NumberType: 'TOLL_FREE',
      NumberCapabilities: ['SMS'],
      OptOutListName: stack.resolve(subject.sms?.optOuts.ref),
    });
  });

  test('keep their number, which is somebody else’s once it is given back', () => {
    template.hasResource('AWS::SMSVOICE::PhoneNumber', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('remember who wants none, whatever becomes of their stack', () => {
    template.hasResource('AWS::SMSVOICE::OptOutList', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('are stopped where they look like fraud', () => {
    template.hasResourceProperties('AWS::SMSVOICE::ProtectConfiguration', {
      CountryRuleSet: { SMS: ['GB', 'SG', 'US'].map((CountryCode) => ({ CountryCode, ProtectStatus: 'FILTER' })) },
    });
    template.hasResourceProperties('AWS::SMSVOICE::ConfigurationSet', {
      ProtectConfigurationId: stack.resolve(subject.sms?.protection.attrProtectConfigurationId),
    });
  });

  test('call somebody before their money is spent', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SMSVoice',
      MetricName: 'TextMessageMonthlySpend',
      Statistic: 'Maximum',
      Threshold: 40,
    });
  });

  test('are known to services by sender, one a country, and by their rules', () => {
    expect(stack.resolve(subject.values())).toEqual({
      smsEndpoint: `https://sms-voice.${region}.amazonaws.com`,
      smsTag: stack.resolve(subject.sms?.configurationSet.ref),
      ...Object.fromEntries(
        ['GB', 'SG', 'US'].map((country) => [`smsFrom/${country}`, stack.resolve(subject.sms?.pool.attrPoolId)]),
      ),
    });
  });

  test('are sent by the pool alone', () => {
    const granted = made({ sms });
    const policy = new iam.ManagedPolicy(granted.stack, 'Policy');
    granted.subject.grant(policy, { service: 'order', kind: 'messages' });
    templateOf(granted.stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sms-voice:SendTextMessage',
            Resource: granted.stack.resolve(granted.subject.sms?.pool.attrArn),
          },
        ],
      },
    });
  });

  test('have no finding, and bring no e-mail', () => {
    expect(findings(subject)).toEqual([]);
    template.resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  test('may be given back in a stage that is not protected', () => {
    made({ sms }, { stage: { protected: false } }).template.hasResourceProperties('AWS::SMSVOICE::Pool', {
      DeletionProtectionEnabled: false,
    });
  });
});

test('fails when the queue that is told is not there', () => {
  expect(() => made({ email, feedback: 'nobody' })).toThrow(
    'Test/Letters: feedback must be one of bounces, got nobody',
  );
});

test('fails when messages are used as something else', () => {
  const { stack, subject } = made({ email });
  expect(() => subject.grant(new iam.ManagedPolicy(stack, 'Policy'), { service: 'order', kind: 'sends' })).toThrow(
    'Test/Letters can be used for messages, got sends by order: name another part',
  );
});

test('fails when the zone is one of Azure', () => {
  const hostedZone = { cloud: 'azure', name: 'example.com', resourceGroup: 'dns' };
  expect(() => made({ email }, { stage: { hostedZone } })).toThrow('hostedZone must be one of Route 53');
});
