import type { Construct } from 'constructs';
import type { Messages as Model } from '../platform/nouns/messages';
import { limitWarningPercent } from '../platform/messages';
import type { AlertTable } from './alert-table';
import { raiseQueryAlert, type QueryAlertProps } from './query-alert';

const runbook = 'messages';

/** When somebody is called for what a part sends. */
export function messageAlerts(name: string, { email, sms }: Pick<Model, 'email' | 'sms'>): AlertTable {
  return {
    ...(email === undefined
      ? {}
      : {
          EmailThrottled: {
            metricName: 'ApiRequests',
            aggregation: 'Count',
            threshold: 10,
            dimensions: { StatusCode: ['429'] },
            description: `Azure refuses e-mail of messages ${name}: more is sent than its quota allows.`,
            runbook,
          },
          EmailFails: {
            metricName: 'ApiRequests',
            aggregation: 'Count',
            threshold: 10,
            dimensions: { StatusCodeClass: ['5xx'] },
            description: `Azure fails requests for e-mail of messages ${name} by its own fault.`,
            runbook,
          },
          Daily: {
            metricName: 'DeliveryStatusUpdate',
            aggregation: 'Count',
            threshold: Math.ceil((email.dailyMessages * limitWarningPercent) / 100),
            windowMinutes: 1440,
            description: `${limitWarningPercent}% of the ${email.dailyMessages} e-mails are sent that messages ${name} may send a day.`,
            runbook,
          },
        }),
    ...(sms === undefined
      ? {}
      : {
          SmsFails: {
            metricName: 'APIRequestSMS',
            aggregation: 'Count',
            threshold: 10,
            dimensions: { StatusCodeClass: ['4xx', '5xx'] },
            description: `Azure refuses or fails requests for SMS of messages ${name}.`,
            runbook,
          },
        }),
  };
}

/** Share of e-mail that bounces for good at which Azure looks at who sends. Source: https://learn.microsoft.com/azure/communication-services/concepts/email/sender-reputation-managed-suppression-list, 2026; the figure is SES's. */
const bouncePercent = 5;

/** Below so many e-mails in a day a share says nothing. Ours. */
const leastEmails = 100;

/** What share of a day's e-mail bounces for good, of what a part's sender has sent, as the logs say. */
export const bounceQuery = (serviceId: string): string =>
  [
    'ACSEmailStatusUpdateOperational',
    `| where _ResourceId =~ "${serviceId}"`,
    '| where isnotempty(RecipientId)',
    '| summarize Total = dcount(RecipientId), Bounced = dcountif(RecipientId, tostring(IsHardBounce) =~ "true")',
    `| project Percent = iff(Total < ${leastEmails}, 0.0, 100.0 * Bounced / Total)`,
  ].join('\n');

/** Calls people when too much of a day's e-mail bounces for good. */
export const raiseBounceAlert = (
  scope: Construct,
  {
    name,
    serviceId,
    ...where
  }: Pick<QueryAlertProps, 'monitoring' | 'name' | 'place'> & { readonly serviceId: string },
) =>
  raiseQueryAlert(scope, 'Bounces', {
    ...where,
    name: `messages-${name}-bounces`,
    query: bounceQuery(serviceId),
    measure: 'Percent',
    threshold: bouncePercent,
    windowMinutes: 1440,
    description: `More than ${bouncePercent}% of the day's e-mail of messages ${name} bounces for good.`,
    runbook,
  });
