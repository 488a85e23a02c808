import { EmailDomain } from '../../lib/azure/email-domain';
import { EmailRecords } from '../../lib/azure/email-records';
import { bounceQuery, messageAlerts } from '../../lib/azure/message-alerts';
import { Messages } from '../../lib/azure/messages';
import { Queue } from '../../lib/azure/queue';
import { ServiceBus } from '../../lib/azure/service-bus';
import { dataLocation, dataLocationOf } from '../../lib/platform/azure-data-locations';
import { regionNames } from '../../lib/platform/regions';
import { messages } from '../../lib/platform/nouns/messages';
import { queue } from '../../lib/platform/nouns/messaging';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const email = { dailyMessages: 1000 };
const sms = { countries: { GB: { kind: 'name', name: 'LETTERS' } }, monthlyDollars: 50 };

function made(given: object) {
  const stack = testStack();
  const spec = messages.parse({ feedback: 'bounces', ...given });
  const serviceBus = new ServiceBus(stack, 'ServiceBus', {
    place,
    network,
    encryption,
    monitoring,
    dataClass: 'internal',
    toldByAzure: true,
  });
  const bounces = new Queue(stack, 'Bounces', {
    place,
    monitoring,
    serviceBus,
    name: 'bounces',
    spec: queue.parse({}),
    consumers: [],
  });
  const domain =
    spec.email &&
    new EmailDomain(stack, 'Domain', {
      place,
      name: 'letters',
      domain: 'mail.shop.com',
      sender: spec.email.sender,
      dataLocation: 'Asia Pacific',
    });
  const subject = new Messages(stack, 'Letters', {
    place,
    monitoring,
    name: 'letters',
    spec,
    dataLocation: 'Asia Pacific',
    domain,
    queue: bounces,
    email: 'on-call@example.com',
  });
  return { stack, subject, domain };
}

test('every region with zones says where its messages are kept', () => {
  expect(regionNames('azure').filter((region) => dataLocation(region) === undefined)).toEqual([]);
  expect(dataLocation('nowhere')).toBeUndefined();
  expect(dataLocationOf('eastasia')).toBe('Asia Pacific');
  expect(() => dataLocationOf('nowhere')).toThrow(/^the region of messages must be one of .*eastasia.*, got nowhere$/);
});

describe('when somebody is called', () => {
  test.each([
    [{ email }, ['Daily', 'EmailFails', 'EmailThrottled']],
    [{ sms }, ['SmsFails']],
    [{ email, sms }, ['Daily', 'EmailFails', 'EmailThrottled', 'SmsFails']],
  ])('%j', (given, alerts) => {
    const spec = messages.parse({ feedback: 'bounces', ...given });
    expect(Object.keys(messageAlerts('letters', spec)).sort()).toEqual(alerts);
  });

  test('is at four fifths of a day', () => {
    const spec = messages.parse({ feedback: 'bounces', email });
    expect(messageAlerts('letters', spec)['Daily']).toMatchObject({ threshold: 800, windowMinutes: 1440 });
  });

  test('asks of one service, and says nothing of a handful', () => {
    expect(bounceQuery('/subscriptions/1')).toContain('_ResourceId =~ "/subscriptions/1"');
    expect(bounceQuery('/subscriptions/1')).toContain('iff(Total < 100, 0.0,');
  });
});

describe('messages on Azure', () => {
  const { stack, subject } = made({ email, sms });

  test('are sent by identities, from the domain, and kept where the site stands', () => {
    expect(only(stack, 'azapi_resource')).toMatchObject({
      type: 'Microsoft.Communication/communicationServices@2025-09-01',
      location: 'global',
      body: { properties: { dataLocation: 'Asia Pacific', disableLocalAuth: true, publicNetworkAccess: 'Enabled' } },
      lifecycle: { prevent_destroy: true },
    });
    expect(JSON.stringify(only(stack, 'azapi_resource'))).toContain('azurerm_email_communication_service_domain');
    expect(only(stack, 'azurerm_email_communication_service_domain')).toMatchObject({
      name: 'mail.shop.com',
      domain_management: 'CustomerManaged',
      user_engagement_tracking_enabled: false,
    });
  });

  test('tell the queue what did not arrive, by an identity that may put it there', () => {
    expect(only(stack, 'azurerm_eventgrid_system_topic')).toMatchObject({
      location: 'global',
      identity: { type: 'SystemAssigned' },
    });
    const reports = ofType(stack, 'azurerm_eventgrid_system_topic_event_subscription');
    expect(reports.map(({ name, included_event_types: types }) => [name, types])).toEqual([
      ['email', ['Microsoft.Communication.EmailDeliveryReportReceived']],
      ['sms', ['Microsoft.Communication.SMSDeliveryReportReceived']],
    ]);
    for (const report of reports) expect(report).toMatchObject({ delivery_identity: { type: 'SystemAssigned' } });
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Azure Service Bus Data Sender',
    });
    expect(only(stack, 'azurerm_servicebus_namespace')).toMatchObject({
      public_network_access_enabled: false,
      network_rule_set: {
        default_action: 'Deny',
        public_network_access_enabled: false,
        trusted_services_allowed: true,
      },
    });
  });

  test('give whoever sends four rights, and neither keys nor an end', () => {
    const { subject: other, stack: granted } = made({ email });
    other.grant(other, identity('order'), { service: 'order', kind: 'messages' });
    const [{ actions }] = only(granted, 'azurerm_role_definition')['permissions'] as [{ actions: readonly string[] }];
    expect(actions).toHaveLength(4);
    expect(actions.filter((action) => /\*|delete|key/i.test(action))).toEqual([]);
    const roles = ofType(granted, 'azurerm_role_assignment').filter(
      ({ principal_id: id }) => id === 'principal-of-order',
    );
    expect(roles).toEqual(
      ['azurerm_email_communication_service', 'azapi_resource'].map((type) =>
        expect.objectContaining({
          role_definition_name: expect.stringContaining('azurerm_role_definition.Letters_Role'),
          scope: expect.stringContaining(type),
        }),
      ),
    );
  });

  test('have a budget for SMS', () => {
    expect(only(stack, 'azurerm_consumption_budget_resource_group')).toMatchObject({
      amount: 50,
      time_grain: 'Monthly',
    });
    expect(ofType(made({ email }).stack, 'azurerm_consumption_budget_resource_group')).toEqual([]);
  });

  test('tell by which host they are sent', () => {
    expect(subject.host).toBeDefined();
  });

  test('of SMS alone have no domain', () => {
    const { stack: alone } = made({ sms });
    expect(only(alone, 'azapi_resource')).toMatchObject({ body: { properties: { linkedDomains: [] } } });
    expect(ofType(alone, 'azurerm_email_communication_service')).toEqual([]);
    expect(ofType(alone, 'azurerm_monitor_scheduled_query_rules_alert_v2')).toEqual([]);
  });

  test('fails when they are used as something else', () => {
    expect(() => subject.grant(subject, identity('order'), { service: 'order', kind: 'sends' })).toThrow(
      'test/Letters answers to messages, got sends',
    );
  });
});

test('Service Bus admits nobody from outside where nothing is told by Azure', () => {
  const stack = testStack();
  new ServiceBus(stack, 'ServiceBus', { place, network, encryption, monitoring, dataClass: 'internal' });
  expect(only(stack, 'azurerm_servicebus_namespace')).not.toHaveProperty('network_rule_set');
});

test.each([
  ['mail.shop.com', 'mail', '_dmarc.mail', '_domainkey.mail'],
  ['shop.com', '@', '_dmarc', '_domainkey'],
])('a zone of Azure DNS says of %s whose it is and who sends', (name, record, dmarc, keys) => {
  const stack = testStack();
  const domain = new EmailDomain(stack, 'Domain', {
    place,
    name: 'letters',
    domain: name,
    sender: 'no-reply',
    dataLocation: 'Europe',
  });
  new EmailRecords(stack, 'Records', {
    place,
    zone: { name: 'shop.com', resourceGroup: 'dns' },
    name,
    forged: 'quarantine',
    domain,
  });
  const texts = ofType(stack, 'azurerm_dns_txt_record');
  expect(texts.map((each) => each['name'])).toEqual([dmarc, record]);
  expect(texts[0]).toMatchObject({ record: [{ value: 'v=DMARC1; p=quarantine' }], resource_group_name: 'dns' });
  expect(texts[1]?.['record']).toHaveLength(2);
  const aliases = ofType(stack, 'azurerm_dns_cname_record').map((each) => String(each['name']));
  expect(aliases).toHaveLength(2);
  for (const alias of aliases) expect(alias.endsWith(keys)).toBe(true);
});
