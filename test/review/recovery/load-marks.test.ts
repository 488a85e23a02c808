import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import type { JsonObject } from '../../../lib/review/json';
import { look } from '../../../lib/review/recovery/capability';
import { awsRows } from '../../../lib/review/recovery/data/aws-rows';
import { routesIn } from '../../../lib/review/recovery/routes';
import { awsThing } from '../../../lib/review/recovery/things';
import { platform, references } from '../../platform/gateway/support';

/** Routes of a gateway, whose document may be changed. */
const routes = (loadPerMinute: number | undefined, change = (text: string) => text) => {
  const text = JSON.stringify(kongConfiguration(platform, { ...references, loadPerMinute }));
  return routesIn({ document: change(text) });
};

test('a site to which load tests come has the routes of one to which none come', () => {
  expect(routes(undefined).length).toBeGreaterThan(10);
  expect(routes(37_500)).toEqual(routes(undefined));
});

test('whatever else a route asks for makes it another one', () => {
  const other = routes(37_500, (text) => text.replaceAll('"x-amzn-waf-load-test"', '"x-api-key"'));
  expect(other).not.toEqual(routes(undefined));
});

const rules = (names: readonly string[]): JsonObject => ({ Rules: names.map((Name) => ({ Name, Statement: {} })) });
const seen = (names: readonly string[]) =>
  look(
    awsThing('Edge', {
      type: 'AWS::WAFv2::WebACL',
      logicalId: 'Acl',
      path: 'Edge/Firewall/WebAcl',
      properties: rules(names),
      metadata: {},
      deletionPolicy: undefined,
      updateReplacePolicy: undefined,
    }),
    awsRows,
  );

test('rules for load are no capability that the other site must have, and those for everybody are', () => {
  const { capabilities, unknown } = seen([
    'ForgedLoadMark',
    'LoginsPerAddress',
    'RequestsPerAddress',
    'LoadPerAddress',
    'LoadMark',
  ]);
  expect(unknown).toEqual([]);
  expect(capabilities.map(({ name, noun }) => `${noun}.${name}`)).toEqual([
    'firewall.logins-per-address',
    'firewall.requests-per-address',
  ]);
});

test('a rule that nobody knows is told', () => {
  expect(seen(['Marked']).unknown).toHaveLength(1);
});
