import { one, type Row } from '../../support/about';
import { azureMailRecords } from '../../support/azure-mail-records';
import { reference } from '../../support/graph';
import { exactly, like } from '../../support/matchers';
import { tags } from './documents';
import { onCall } from './facts';

const service = reference('messages/CustomersMessages/Service', 'id');
const domain = reference('messaging/CustomersMessages/Domain', 'id');

/** E-mail, SMS and push to customers: by whom they are sent, from where, and what becomes of them. */
export const messages: Row = {
  row: 'messages',
  expectations: [
    one('messages are sent by identities, and by no key', 'azapi_resource', 'messages/CustomersMessages/Service', {
      'body.properties.disableLocalAuth': true,
      'body.properties.dataLocation': 'United States',
      'body.properties.linkedDomains': exactly(domain),
      'lifecycle.prevent_destroy': true,
    }),
    one(
      'e-mail comes from the domain of the shop',
      'azurerm_email_communication_service_domain',
      'messaging/CustomersMessages/Domain',
      { name: 'mail.shop.example.com', domain_management: 'CustomerManaged' },
    ),
    ...azureMailRecords({ part: 'Customers', zone: 'shop.example.com', name: 'mail', tags }),
    one('what did not arrive waits in a queue', 'azurerm_servicebus_queue', 'messaging/UndeliveredQueue/Queue', {
      name: 'undelivered',
      max_delivery_count: 5,
    }),
    {
      name: 'people are called when messages do not arrive',
      type: 'azurerm_monitor_scheduled_query_rules_alert_v2',
      where: /^messages\/CustomersMessages\//,
      path: 'action.action_groups[*]',
      is: like(new RegExp(onCall.replaceAll(/[$.{}/]/g, String.raw`\$&`))),
    },
    {
      name: 'what sends messages is watched',
      type: 'azurerm_monitor_diagnostic_setting',
      where: /^messages\/CustomersMessages\/Diagnostics$/,
      path: 'target_resource_id',
      is: service,
    },
  ],
};
