import { apiManagement } from '../../../../lib/review/azure/rules/api-management';
import { messagesOf, type Declarations } from '../fixtures';

const type = 'Microsoft.ApiManagement/service';
const old = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10';
const backend = {
  type: `${type}/backends@2024-05-01`,
  name: 'web',
  body: {
    properties: {
      type: 'Single',
      url: 'https://gateway.shop.example.com',
      tls: { validateCertificateChain: true, validateCertificateName: true },
      circuitBreaker: { rules: [{ name: 'errors' }] },
    },
  },
};
const pool = {
  type: `${type}/backends@2024-05-01`,
  name: 'order',
  body: {
    properties: {
      type: 'Pool',
      pool: {
        services: [
          { id: 'a', weight: 95 },
          { id: 'b', weight: 5 },
        ],
      },
    },
  },
  lifecycle: { ignore_changes: ['body.properties.pool'] },
};
const sound: Declarations = {
  'azapi_resource.Service': {
    type: `${type}@2025-09-01-preview`,
    body: { properties: { virtualNetworkType: 'External', customProperties: { [old]: 'false' } } },
    depends_on: ['azurerm_private_dns_a_record.Door', 'azurerm_private_dns_zone_virtual_network_link.Link'],
  },
  'azurerm_private_dns_zone.Zone': { name: 'door.shop.example.com' },
  'azurerm_private_dns_a_record.Door': { zone_name: '${azurerm_private_dns_zone.Zone.name}' },
  'azurerm_private_dns_zone_virtual_network_link.Link': {
    private_dns_zone_name: '${azurerm_private_dns_zone.Zone.name}',
  },
  'azapi_update_resource.Closed': {
    resource_id: '${azapi_resource.Service.id}',
    body: { properties: { publicNetworkAccess: 'Disabled' } },
    depends_on: ['azurerm_private_endpoint.Endpoint'],
  },
  'azapi_resource.Web': backend,
  'azapi_resource.Order': pool,
  'azurerm_api_management_api_policy.Orders': {
    xml_content: "<rate-limit-by-key calls='1' /><set-backend-service backend-id='${azapi_resource.Order.name}' />",
  },
};
const withBody = (of: { readonly body: { readonly properties: object } }, patch: object) => ({
  ...of,
  body: { properties: { ...of.body.properties, ...patch } },
});

describe('api-management', () => {
  test('accepts an instance that is closed, and requests that go somewhere', () => {
    expect(messagesOf(apiManagement, sound)).toEqual([]);
  });

  test.each<readonly [string, Declarations, RegExp]>([
    ['nothing closes it', { 'azapi_update_resource.Closed': {} }, /must be closed by an azapi_update_resource/],
    [
      'it is closed before anybody could reach it',
      { 'azapi_update_resource.Closed': { ...sound['azapi_update_resource.Closed'], depends_on: [] } },
      /waits for its private endpoint/,
    ],
    [
      'the name that it waits for is not found in its network yet',
      {
        'azapi_resource.Service': {
          ...sound['azapi_resource.Service'],
          depends_on: ['azurerm_private_dns_a_record.Door'],
        },
      },
      /depends_on must have the azurerm_private_dns_zone_virtual_network_link of the zone of .*Door/,
    ],
    [
      'it stands in no network',
      { 'azapi_resource.Service': { type, body: { properties: { customProperties: { [old]: 'false' } } } } },
      /virtualNetworkType must be External or Internal/,
    ],
    [
      'it speaks an old protocol',
      {
        'azapi_resource.Service': {
          type,
          body: { properties: { virtualNetworkType: 'External', customProperties: { [old]: 'true' } } },
        },
      },
      /must turn off every old protocol, got .*Tls10/,
    ],
    [
      'requests are not encrypted',
      { 'azapi_resource.Web': withBody(backend, { url: 'http://10.0.0.1' }) },
      /must begin with https/,
    ],
    [
      'nobody verifies the certificate',
      { 'azapi_resource.Web': withBody(backend, { tls: {} }) },
      /must verify the certificate/,
    ],
    [
      'no circuit opens',
      { 'azapi_resource.Web': withBody(backend, { circuitBreaker: { rules: [] } }) },
      /circuitBreaker must have a rule/,
    ],
    [
      'weights are more than all',
      { 'azapi_resource.Order': withBody(pool, { pool: { services: [{ weight: 95 }, { weight: 50 }] } }) },
      /add up to 100, got 145/,
    ],
    [
      'a pool has one backend',
      { 'azapi_resource.Order': withBody(pool, { pool: { services: [{ weight: 100 }] } }) },
      /two backends, got 1/,
    ],
    ['an apply takes weights back', { 'azapi_resource.Order': { ...pool, lifecycle: {} } }, /ignore_changes must have/],
    [
      'an API leads nowhere',
      {
        'azurerm_api_management_api_policy.Orders': {
          xml_content: "<rate-limit-by-key /><set-backend-service backend-id='ordr' />",
        },
      },
      /a backend that there is, got "ordr"/,
    ],
    [
      'an API counts no requests',
      { 'azurerm_api_management_api_policy.Orders': { xml_content: "<set-backend-service backend-id='web' />" } },
      /must count requests/,
    ],
  ])('fails when %s', (_, patch, message) => {
    expect(messagesOf(apiManagement, { ...sound, ...patch })).toContainEqual(expect.stringMatching(message));
  });
});
