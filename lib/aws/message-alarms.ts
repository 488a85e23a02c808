import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { limitWarningPercent } from '../platform/messages';
import type { Email, Sms } from '../platform/nouns/messages';
import type { Alarms } from './alarms';

/** Rates at which Amazon looks at who sends. Source: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html, 2026. */
export const reviewRates = { bounces: 0.05, complaints: 0.001 } as const;

interface Watched {
  /** Name of the part, for people. */
  readonly name: string;
  readonly alarms: Alarms;
}

/** A rate of a configuration set. Amazon tells it when it changes, which may be hours apart. */
export const reputation = (metricName: 'BounceRate' | 'ComplaintRate', configurationSetName: string) =>
  new cloudwatch.Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${metricName}`,
    dimensionsMap: { 'ses:configuration-set': configurationSetName },
    statistic: cloudwatch.Stats.MAXIMUM,
    period: Duration.hours(1),
  });

/** What of a limit is reached before somebody is called. */
const warned = (limit: number): number => Math.ceil((limit * limitWarningPercent) / 100);

/** Calls somebody before Amazon stops e-mail of the account, and before its daily limit does. */
export function emailAlarms(
  scope: Construct,
  {
    alarms,
    configurationSetName,
    name,
    spec,
  }: Watched & { readonly configurationSetName: string; readonly spec: Pick<Email, 'dailyMessages'> },
): void {
  const rate = { runbook: 'messages', periods: 1 };
  alarms.raise(scope, 'BouncesAlarm', {
    ...rate,
    metric: reputation('BounceRate', configurationSetName),
    threshold: reviewRates.bounces,
    description: `${reviewRates.bounces * 100}% or more of the e-mail of messages ${name} bounces: Amazon reviews the account, and stops it at 10%.`,
  });
  alarms.raise(scope, 'ComplaintsAlarm', {
    ...rate,
    metric: reputation('ComplaintRate', configurationSetName),
    threshold: reviewRates.complaints,
    description: `${reviewRates.complaints * 100}% or more of the recipients of messages ${name} complain: Amazon reviews the account, and stops it at 0.5%.`,
  });
  alarms.raise(scope, 'DailyAlarm', {
    metric: new cloudwatch.Metric({
      namespace: 'AWS/SES',
      metricName: 'Send',
      statistic: cloudwatch.Stats.SUM,
      period: Duration.days(1),
    }),
    runbook: 'messages',
    periods: 1,
    threshold: warned(spec.dailyMessages),
    description: `The account has sent ${limitWarningPercent}% of the ${spec.dailyMessages} e-mails that messages ${name} may send a day.`,
  });
}

/** Month-to-date cost of the account's SMS, in US dollars. A total that only grows: its maximum is its value. */
export const smsSpend = (): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/SMSVoice',
    metricName: 'TextMessageMonthlySpend',
    statistic: cloudwatch.Stats.MAXIMUM,
    period: Duration.minutes(5),
  });

/** Calls somebody before the month's money for SMS is spent. */
export function smsAlarms(
  scope: Construct,
  { alarms, name, spec }: Watched & { readonly spec: Pick<Sms, 'monthlyDollars'> },
): void {
  alarms.raise(scope, 'SpendAlarm', {
    metric: smsSpend(),
    runbook: 'messages',
    periods: 1,
    threshold: warned(spec.monthlyDollars),
    description: `SMS of the account have cost ${limitWarningPercent}% of the ${spec.monthlyDollars} dollars that messages ${name} may cost this month.`,
  });
}
