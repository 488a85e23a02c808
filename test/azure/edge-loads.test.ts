import { edgeRoutes } from '../../lib/azure/edge-routes';
import { ofType, testStack } from '../support/azure';
import { edgeIn } from '../support/azure-edge';

const routes = edgeRoutes(
  [
    { path: '/api/products', cacheSeconds: 60 },
    { path: '/api', cacheSeconds: 0 },
  ],
  86_400,
  { files: ['/images'] },
);
const loadAddresses = ['203.0.113.7', '203.0.113.8'];

const made = (addresses: readonly string[]) => {
  const stack = testStack();
  edgeIn(stack, { routes, loadAddresses: addresses });
  return stack;
};
const stack = made(loadAddresses);
const ruleNamed = (name: string) => ofType(stack, 'azurerm_cdn_frontdoor_rule').find((each) => each['name'] === name);
const from = (negate: boolean) => ({
  socket_address_condition: [
    // The provider takes ranges alone.
    { operator: 'IPMatch', match_values: ['203.0.113.7/32', '203.0.113.8/32'], negate_condition: negate },
  ],
});

test('Front Door marks who comes from an address of load tests, whatever was sent', () => {
  expect(ruleNamed('LoadMark')).toMatchObject({
    conditions: from(false),
    actions: {
      request_header_action: [{ header_action: 'Overwrite', header_name: 'x-amzn-waf-load-test', value: 'admitted' }],
    },
    behavior_on_match: 'Continue',
  });
});

test('Front Door takes the mark from everybody else', () => {
  expect(ruleNamed('ForgedLoadMark')).toMatchObject({
    conditions: from(true),
    actions: { request_header_action: [{ header_action: 'Delete', header_name: 'x-amzn-waf-load-test' }] },
  });
});

test('every route to the gateway does so, and none to files', () => {
  const marking = ofType(stack, 'azurerm_cdn_frontdoor_route')
    .filter((each) => JSON.stringify(each['cdn_frontdoor_rule_set_ids']).includes('Loads'))
    .map(({ name }) => name);
  expect([...marking].sort()).toEqual(['api', 'kept60', 'pages']);
});

test('nobody is marked where no load tests come', () => {
  const rules = ofType(made([]), 'azurerm_cdn_frontdoor_rule');
  expect(rules.length).toBeGreaterThan(0);
  expect(JSON.stringify(rules)).not.toContain('x-amzn-waf');
});
