import type { Platform } from '../../../lib/platform/platform';
import { entriesOf, isObject, listOf, objectOf, type Json, type JsonObject } from '../../../lib/review/json';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import type { Contract } from '../../../lib/review/recovery/contract';
import { contractProblems } from '../../../lib/review/recovery/contracts';
import { checks } from '../../../lib/review/recovery/review';
import { changed, recoveryOutputs, type Change } from '../../support/recovery';

let platform: Platform;
let outputs: Outputs<AwsOutputs>;
beforeAll(async () => ({ platform, outputs } = await recoveryOutputs('retailflow', 'production')));

/** Every way in which one item of a kind can be taken out of a value: where, and what is left. */
function removals(
  value: JsonObject,
  isItem: (at: string, item: Json) => boolean,
): readonly (readonly [string, JsonObject])[] {
  return entriesOf(value)
    .filter(({ at, value: item }) => isItem(at, item))
    .map(({ at }) => [
      at,
      leftOf(
        value,
        at.split(/[.[\]]+/).filter((step) => step !== ''),
      ) as JsonObject,
    ]);
}

function leftOf(value: Json, [step = '', ...rest]: readonly string[]): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return rest.length === 0
      ? items.filter((_, index) => index !== Number(step))
      : items.map((item, index) => (index === Number(step) ? leftOf(item, rest) : item));
  }
  return Object.fromEntries(
    Object.entries(objectOf(value)).flatMap(([key, item]) =>
      key !== step ? [[key, item]] : rest.length === 0 ? [] : [[key, leftOf(item, rest)]],
    ),
  );
}

/** One change a thing that is taken away, with its name for a person. */
type Removal = readonly [name: string, change: Change];

const awsRemovals = (type: string, path: RegExp, isItem: (at: string, item: Json) => boolean): readonly Removal[] =>
  outputs.primary.assembly.stacks
    .flatMap(({ resources }) => resources)
    .filter((each) => each.type === type && path.test(each.path))
    .flatMap((resource) =>
      removals(resource.properties, isItem).map(([at, properties]): Removal => [
        `${resource.path} ${at}`,
        { aws: (each) => (each === resource ? { ...each, properties } : each) },
      ]),
    );

const clusterRemovals = (file: RegExp, isItem: (at: string, item: Json) => boolean): readonly Removal[] =>
  outputs.recovery.clusters
    .flatMap(({ objects }) => objects)
    .filter((each) => file.test(each.file))
    .flatMap((object) =>
      removals(object.value, isItem).map(([at, value]): Removal => [
        `${object.file} ${at}`,
        { cluster: (each) => (each === object ? { ...each, value } : each) },
      ]),
    );

/** Removals that nothing is found of. */
const unnoticed = (all: readonly Removal[]): readonly string[] =>
  all.filter(([, change]) => checks.contracts(changed(outputs, change), platform).length === 0).map(([name]) => name);

const WAIVED = /^(FLAGS|SEARCH|WORKFLOW)_/;
const isVariable = (at: string, item: Json): boolean =>
  /(Environment|Secrets|env)\[\d+\]$/.test(at) &&
  isObject(item) &&
  !WAIVED.test(JSON.stringify(item.Name ?? item.name).slice(1));
/** Without it, nobody knows whose container it is; then the service has no contract. */
const isNotName = (at: string, item: Json): boolean =>
  isVariable(at, item) && !JSON.stringify(item).includes('SERVICE_NAME');

/** What the collector beside a service is told is no contract. */
const isToldToService = (at: string, item: Json): boolean =>
  at.startsWith('ContainerDefinitions[0].') && isNotName(at, item);

const APP = /Service-\w+\/Service\/Task\//;
const POD = /\/(rollout|deployment)-(analytics|catalog|notification|order|payment|user)\.yaml$/;

describe('contracts of services', () => {
  test.each<[what: string, least: number, all: () => readonly Removal[]]>([
    ['a variable or secret of a task', 100, () => awsRemovals('AWS::ECS::TaskDefinition', APP, isToldToService)],
    ['a variable or secret of a pod', 100, () => clusterRemovals(POD, isNotName)],
    ['a port of a task', 6, () => awsRemovals('AWS::ECS::TaskDefinition', APP, (at) => /PortMappings\[0\]$/.test(at))],
    ['a port of a pod', 6, () => clusterRemovals(POD, (at) => /containers\[0\]\.ports\[0\]$/.test(at))],
    [
      'a check of the health of a task',
      6,
      () => awsRemovals('AWS::ECS::TaskDefinition', APP, (at) => /HealthCheck$/.test(at)),
    ],
    [
      'a check of the health of a pod',
      11,
      () =>
        clusterRemovals(POD, (at) => /(liveness|readiness)Probe$/.test(at)).filter(
          // No balancer asks on the primary whether notification is ready.
          ([name]) => !/notification.*readiness/.test(name),
        ),
    ],
    [
      'an end of a call in AWS',
      20,
      () =>
        ['Ingress', 'Egress'].flatMap((end) =>
          awsRemovals(
            `AWS::EC2::SecurityGroup${end}`,
            /(Service\/Paths\/(Services\w+Mesh|FromBalancer)|Gateway\/Paths\/ToServices)\//,
            (at) => at === 'GroupId',
          ),
        ),
    ],
    [
      'a caller in a policy of the network',
      10,
      () =>
        clusterRemovals(/networkpolicy-(analytics|catalog|order|payment|user)-callers/, (at) =>
          /from\[\d+\]$/.test(at),
        ),
    ],
    [
      'a call in a policy of the network',
      10,
      () =>
        clusterRemovals(
          /networkpolicy-(\w+-uses|gateway)\./,
          (at, item) => /to\[\d+\]$/.test(at) && JSON.stringify(item).includes('"service"'),
        ),
    ],
    [
      'a caller in a policy of the mesh',
      10,
      () =>
        clusterRemovals(/authorizationpolicy-(analytics|catalog|order|payment|user)\./, (at) =>
          /principals\[\d+\]$/.test(at),
        ),
    ],
  ])('fail when %s is taken away', (_, least, all) => {
    const each = all();
    expect(each.length).toBeGreaterThanOrEqual(least);
    expect(unnoticed(each)).toEqual([]);
  });

  test.each([
    ['caches', 'CACHE_SESSIONS_HOST'],
    ['flags', 'FLAGS_FEATURES_ADDRESS'],
    ['messages', 'MESSAGES_CUSTOMERS_AUTH'],
    ['queues', 'QUEUE_ORDERS_URL'],
    ['searches', 'SEARCH_PRODUCTS_URL'],
    ['topics', 'TOPIC_ORDER_EVENTS_ADDRESS'],
    ['workflows', 'WORKFLOW_ORDER_SAGA_ADDRESS'],
  ])('fail when what %s tell is told on one site, unless they are waived', (of, variable) => {
    const contract = (variables: readonly string[]): Contract => ({
      service: 'order',
      at: 'here',
      variables: new Map(variables.map((each) => [each, undefined])),
      secrets: [],
      ports: [],
      live: '/live',
      ready: '/ready',
      callers: [],
    });
    const contracts = {
      primary: [contract([variable])],
      recovery: [contract([])],
      routes: { primary: [], recovery: [] },
    };
    expect(contractProblems(contracts, []).map(({ message }) => message)).toEqual([
      expect.stringContaining(`is told ${variable} on the primary, and not on the recovery site`),
    ]);
    expect(contractProblems(contracts, [{ of, reason: 'it is not there', minutes: 0 }])).toEqual([]);
  });

  test('fail when a text differs that may not', () => {
    const other: Change = {
      cluster: (each) =>
        /rollout-order/.test(each.file)
          ? { ...each, value: withText(each.value, 'svc_order.orders_events', 'orders') }
          : each,
    };
    expect(checks.contracts(changed(outputs, other), platform).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /is told EVENTS_ORDERS_TABLE as "svc_order.orders_events" on the primary and as "orders" on the recovery site/,
      ),
    ]);
  });
});

describe('routes of the gateway', () => {
  /** Documents of the gateway with one route less, or with one that takes less. */
  const documents = (text: string, leave: (route: JsonObject) => readonly JsonObject[]): readonly string[] => {
    const [plain, filled] = [text.replace(/\{\{[^{}]*\}\}/g, '"filled in"'), /\{\{[^{}]*\}\}/.exec(text)?.[0] ?? '""'];
    const document = JSON.parse(plain) as JsonObject;
    const services = listOf(document.services).map(objectOf);
    return services.flatMap((service, at) =>
      listOf(service.routes).map((_, index) => {
        const routes = listOf(service.routes)
          .map(objectOf)
          .flatMap((route, other) => (other === index ? leave(route) : [route]));
        const changedServices = services.map((each, place) => (place === at ? { ...each, routes } : each));
        return JSON.stringify({ ...document, services: changedServices }).replace('"filled in"', filled);
      }),
    );
  };

  const changes = (leave: (route: JsonObject) => readonly JsonObject[]): readonly Removal[] => {
    const replaced = (value: JsonObject): readonly JsonObject[] =>
      entriesOf(value).flatMap(({ value: text }) =>
        typeof text === 'string' && text.startsWith('{"_format_version"')
          ? documents(text, leave).map((document) => withText(value, text, document))
          : [],
      );
    return [
      ...outputs.primary.assembly.stacks
        .flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::ECS::TaskDefinition'))
        .flatMap((resource) =>
          replaced(resource.properties).map((properties): Removal => [
            resource.path,
            { aws: (each) => (each === resource ? { ...each, properties } : each) },
          ]),
        ),
      ...outputs.recovery.clusters
        .flatMap(({ objects }) => objects)
        .flatMap((object) =>
          replaced(object.value).map((value): Removal => [
            object.file,
            { cluster: (each) => (each === object ? { ...each, value } : each) },
          ]),
        ),
    ];
  };

  test.each<[what: string, leave: (route: JsonObject) => readonly JsonObject[]]>([
    ['is taken away', () => []],
    ['takes fewer methods', (route) => [{ ...route, methods: listOf(route.methods).slice(1) }]],
    ['has no limit and asks for no token', (route) => [{ ...route, plugins: [] }]],
  ])('fail when one %s', (_, leave) => {
    const each = changes(leave);
    expect(each.length).toBe(26);
    expect(unnoticed(each)).toEqual([]);
  });
});

/** A value with another text in the place of one. */
function withText<Value extends Json>(value: Value, text: string, other: string): Value {
  const visit = (here: Json): Json => {
    if (here === text) return other;
    if (Array.isArray(here)) return (here as readonly Json[]).map(visit);
    return isObject(here) ? Object.fromEntries(Object.entries(here).map(([key, item]) => [key, visit(item)])) : here;
  };
  return visit(value) as Value;
}
