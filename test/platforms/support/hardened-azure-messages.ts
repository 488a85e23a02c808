import type { Hardened } from './mutations';
import { foreign, kept, paths, tagged } from './hardened-azure';

/** What sends messages to people; what is made of it by Azure's own interface, by its place. */
export const hardenedMessageService: readonly Hardened[] = [
  { path: 'body.properties.disableLocalAuth' },
  { path: 'body.properties.dataLocation', weak: ['United States'] },
  { path: 'body.properties.linkedDomains', weak: [[]] },
  { path: 'parent_id', weak: [foreign] },
  ...kept,
].map((each) => ({ ...each, where: /Messages\/Service$/ }));

/** Domains of e-mail, and what is told of what did not arrive. */
export const hardenedMessages: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_email_communication_service: [{}, ...tagged, { path: 'data_location', weak: ['United States'] }],
  azurerm_email_communication_service_domain: [
    {},
    ...tagged,
    ...kept,
    { path: 'name', weak: ['example.com'] },
    { path: 'domain_management', weak: ['AzureManaged'] },
    ...paths('user_engagement_tracking_enabled', 'email_service_id'),
  ],
  azurerm_email_communication_service_domain_sender_username: [
    {},
    { path: 'name', weak: ['everybody'] },
    ...paths('email_service_domain_id'),
  ],
  azurerm_eventgrid_system_topic: [
    {},
    ...tagged,
    { path: 'source_resource_id', weak: [foreign] },
    { path: 'identity.type', weak: ['UserAssigned'] },
  ],
  azurerm_eventgrid_system_topic_event_subscription: [
    {},
    { path: 'included_event_types', weak: [['Microsoft.Communication.SMSReceived']] },
    { path: 'advanced_filter.string_not_in', weak: [[]] },
    { path: 'service_bus_queue_endpoint_id', weak: [foreign] },
    { path: 'retry_policy.event_time_to_live', weak: [1] },
    { path: 'retry_policy.max_delivery_attempts', weak: [1] },
    ...paths('delivery_identity'),
  ],
  azurerm_consumption_budget_resource_group: [
    {},
    { path: 'amount', weak: [1_000_000] },
    { path: 'notification', weak: [[]] },
    ...paths('notification[*].enabled', 'notification[*].contact_groups', 'notification[*].contact_emails', 'filter'),
    { path: 'notification[*].threshold', weak: [500] },
  ],
};
