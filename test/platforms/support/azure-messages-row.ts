import { about, at, one } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { absent, containing, exactly, like } from './matchers';

/** Messages to people by Communication Services, as one part of a stage has them. */
export interface AzureMessagesExpected {
  /** Name of the platform. */
  readonly platform: string;
  /** Id of the part's construct: `CustomersMessages`. */
  readonly part: string;
  /** Country or part of the world in which Azure keeps what it holds. */
  readonly dataLocation: string;
  /** Domain from which e-mail comes. */
  readonly domain: string;
  /** What SMS may cost a month. */
  readonly monthlyDollars: number;
  /** Whose it is, and what it costs. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Names the subscription: everything stands in it. */
const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';

/** Who is told of every alert. */
const onCall = reference('foundation/Observability/OnCall', 'id');

/** What is told of each channel: which report, where it says so, and what it says of what arrived. */
const channels = [
  {
    channel: 'Email',
    report: 'Microsoft.Communication.EmailDeliveryReportReceived',
    key: 'data.status',
    arrived: ['Delivered', 'Expanded', 'OutForDelivery'],
  },
  {
    channel: 'Sms',
    report: 'Microsoft.Communication.SMSDeliveryReportReceived',
    key: 'data.deliveryStatus',
    arrived: ['Delivered'],
  },
] as const;

/** Where the things of a part are. */
const placesOf = ({ part: name, platform }: AzureMessagesExpected) => {
  const part = `messages/${name}`;
  return {
    part,
    service: reference(`${part}/Service`, 'id'),
    domain: reference(`messaging/${name}/Domain`, 'id'),
    emailService: reference(`messaging/${name}/Service`, 'id'),
    queue: reference('messaging/UndeliveredQueue/Queue', 'id'),
    topic: `${part}/Feedback/Topic`,
    group: (stack: string): string => `${subscription}/resourceGroups/rg-${platform}-production-${stack}`,
  };
};

/** What is told of what did not arrive, and to whom. */
const told = (expected: AzureMessagesExpected): readonly Expectation[] => {
  const { part, queue, topic } = placesOf(expected);
  return channels.flatMap(({ arrived, channel, key, report }) =>
    about(
      {
        type: 'azurerm_eventgrid_system_topic_event_subscription',
        where: at(`${part}/Feedback/${channel}`),
        count: 1,
      },
      {
        [`what became of ${channel} is told`]: { path: 'included_event_types', is: exactly(report) },
        [`what arrived by ${channel} is not told`]: {
          path: 'advanced_filter.string_not_in',
          is: [{ key, values: arrived }],
        },
        [`what did not arrive by ${channel} is told to its queue`]: {
          path: 'service_bus_queue_endpoint_id',
          is: queue,
        },
        [`what did not arrive by ${channel} is told by an identity`]: {
          path: 'delivery_identity.type',
          is: 'SystemAssigned',
        },
        [`what did not arrive by ${channel} is told for a day if it must`]: {
          path: 'retry_policy.event_time_to_live',
          is: 1440,
        },
        [`what did not arrive by ${channel} is told again and again`]: {
          path: 'retry_policy.max_delivery_attempts',
          is: 30,
        },
        [`what became of ${channel} is told of this part`]: { path: 'system_topic', is: reference(topic, 'name') },
      },
    ),
  );
};

/** What has tags of its own. */
const tagged = ['email_communication_service', 'email_communication_service_domain', 'eventgrid_system_topic'] as const;

/** What sends, from where, by whom, and what calls people. */
export function azureMessagesExpectations(expected: AzureMessagesExpected): readonly Expectation[] {
  const { domain, emailService, group, part, queue, service, topic } = placesOf(expected);
  return [
    ...about(
      { type: 'azapi_resource', where: at(`${part}/Service`), count: 1 },
      {
        'messages are sent by name, and by no key of their service': {
          path: 'body.properties.disableLocalAuth',
          is: true,
        },
        'messages are kept in the part of the world of the site': {
          path: 'body.properties.dataLocation',
          is: expected.dataLocation,
        },
        'e-mail comes from the domain that was proved': { path: 'body.properties.linkedDomains', is: exactly(domain) },
        'what sends messages stands in the group of messages': { path: 'parent_id', is: group('messages') },
        'Terraform does not destroy what sends messages': { path: 'lifecycle.prevent_destroy', is: true },
      },
    ),
    one('Azure does not delete what sends messages', 'azurerm_management_lock', `${part}/ServiceLock`, {
      scope: service,
      lock_level: 'CanNotDelete',
      notes: like(/docs\/runbooks\/azure-lock\.md/),
    }),
    one(
      'Azure does not delete the domain of e-mail',
      'azurerm_management_lock',
      `messaging/${expected.part}/DomainLock`,
      {
        scope: domain,
        lock_level: 'CanNotDelete',
        notes: like(/docs\/runbooks\/azure-lock\.md/),
      },
    ),
    ...about(
      { type: 'azurerm_email_communication_service', count: 1 },
      { 'e-mail is kept in the part of the world of the site': { path: 'data_location', is: expected.dataLocation } },
    ),
    ...about(
      { type: 'azurerm_email_communication_service_domain', count: 1 },
      {
        'e-mail comes from the domain of the definition': { path: 'name', is: expected.domain },
        'the domain of e-mail is the own one': { path: 'domain_management', is: 'CustomerManaged' },
        'nobody is told who opened what': { path: 'user_engagement_tracking_enabled', is: false },
        'the domain of e-mail belongs to its service': { path: 'email_service_id', is: emailService },
        'Terraform does not destroy the domain of e-mail': { path: 'lifecycle.prevent_destroy', is: true },
      },
    ),
    ...about(
      { type: 'azurerm_email_communication_service_domain_sender_username', count: 1 },
      {
        'e-mail comes from one sender': { path: 'name', is: 'no-reply' },
        'the sender is of the domain': { path: 'email_service_domain_id', is: domain },
      },
    ),
    ...about(
      { type: 'azurerm_eventgrid_system_topic', where: at(topic), count: 1 },
      {
        'what became of messages is told by what sends them': { path: 'source_resource_id', is: service },
        'what tells of messages has an identity of its own': { path: 'identity.type', is: 'SystemAssigned' },
      },
    ),
    ...told(expected),
    ...tagged.map((type) => ({
      name: `whose it is and what it costs is said of ${type}`,
      type: `azurerm_${type}`,
      path: 'tags',
      is: containing(expected.tags),
    })),
    one('what tells of messages may put them into their queue', 'azurerm_role_assignment', `${part}/Feedback/Tells`, {
      scope: queue,
      role_definition_name: 'Azure Service Bus Data Sender',
      principal_id: like(/Feedback\/Topic.*principal_id/),
    }),
    one('whoever sends messages does nothing else with what sends them', 'azurerm_role_definition', `${part}/Role`, {
      scope: group('messages'),
      assignable_scopes: [group('messages'), group('messaging')],
      'permissions.0.actions': [
        'Microsoft.Communication/CommunicationServices/read',
        'Microsoft.Communication/CommunicationServices/write',
        'Microsoft.Communication/EmailServices/read',
        'Microsoft.Communication/EmailServices/write',
      ],
      'permissions.0.data_actions': absent,
    }),
    ...[
      ['Sends', service],
      ['SendsEmail', emailService],
    ].map(([word = '', scope = '']) =>
      one(`Notification ${word} by that role`, 'azurerm_role_assignment', `${part}/Notification${word}`, {
        scope,
        role_definition_name: reference(`${part}/Role`, 'name'),
        principal_id: reference('foundation/Identities/Notification', 'principal_id'),
      }),
    ),
    {
      name: 'nobody else may send messages',
      type: 'azurerm_role_assignment',
      where: new RegExp(`^${part}/`),
      count: 3,
    },
    ...about(
      { type: 'azurerm_consumption_budget_resource_group', count: 1 },
      {
        'SMS may cost what the definition says': { path: 'amount', is: expected.monthlyDollars },
        'what SMS cost is told to those on call': { path: 'notification[*].contact_groups', is: [onCall] },
        'what SMS cost is told by e-mail too': { path: 'notification[*].contact_emails', is: ['on-call@example.com'] },
        'notices of what SMS cost are on': { path: 'notification[*].enabled', is: true },
        'what SMS cost is told at four fifths': { path: 'notification[0].threshold', is: 80 },
        'what SMS cost is told when all is spent': { path: 'notification[1].threshold', is: 100 },
        'what SMS cost is told when all will be spent': { path: 'notification[2].threshold', is: 100 },
        'what is counted is what sends messages': { path: 'filter.dimension.0.values', is: exactly(service) },
      },
    ),
    ...about(
      { type: 'azurerm_monitor_scheduled_query_rules_alert_v2', where: at(`${part}/Bounces`), count: 1 },
      {
        'somebody is called when a day of e-mail bounces': { path: 'criteria[*].threshold', is: 5 },
        'bounces are counted of what sends messages': {
          path: 'criteria[*].query',
          is: like(/ACSEmailStatusUpdateOperational[^]*IsHardBounce/),
        },
        'bounces are counted over a day': { path: 'window_duration', is: 'P1D' },
        'bounces are counted every hour': { path: 'evaluation_frequency', is: 'PT1H' },
        'bounces are too many above the threshold': { path: 'criteria[*].operator', is: 'GreaterThan' },
      },
    ),
    ...[part, `${part}/Feedback`].map((where) =>
      one(`${where} writes down what happens`, 'azurerm_monitor_diagnostic_setting', `${where}/Diagnostics`, {
        target_resource_id: where === part ? service : reference(topic, 'id'),
        enabled_log: [{ category_group: 'allLogs' }],
        enabled_metric: [{ category: 'AllMetrics' }],
      }),
    ),
  ];
}
