import retailflowAzure from '../../../platforms/retailflow-azure';
import { reviewSite, type SiteOutputs } from '../../../lib/review/goals/site';
import { siteJson, siteLines, siteReport } from '../../../lib/review/goals/site-report';
import type { Site } from '../../../lib/review/azure/stack';
import type { Json, JsonObject } from '../../../lib/review/json';
import { clustersOf } from '../../../lib/review/kubernetes/read-cluster';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { resolved } from '../../support/platform';
import { assemblyOf } from '../aws/fixtures';

const platform = resolved(retailflowAzure);

const probe = { periodSeconds: 5, initialDelaySeconds: 0 };
/** The container of a service, which nobody asks whether it has started where that is null. */
const container = (starts: number | null) => ({
  name: 'app',
  env: [{ name: 'SERVICE_NAME', value: 'notification' }],
  ...(starts === null ? {} : { startupProbe: { ...probe, failureThreshold: starts } }),
  readinessProbe: { ...probe, successThreshold: 2 },
});
const rolled = (name: string, strategy: object, starts: number | null = 9): readonly [string, Json] => [
  `aks/${name}/rollout-${name}.yaml`,
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name, namespace: name },
    spec: { strategy, template: { metadata: {}, spec: { containers: [container(starts)] } } } as unknown as Json,
  },
];
const canary = { canary: { trafficRouting: { istio: {} } } };
const plain = { canary: { maxSurge: '25%', maxUnavailable: 0 } };
const clusters = (notification: object = plain, starts: number | null = 9) =>
  clustersOf([
    ...Object.keys(platform.services).map((name) =>
      name === 'notification'
        ? rolled(name, notification, starts)
        : name === 'analytics'
          ? rolled(name, { blueGreen: {} })
          : rolled(name, canary),
    ),
  ]);

/** A site as far as its parts and its budget are looked for. */
function site(changes: Readonly<Record<string, JsonObject | null>> = {}): Site {
  const sound: Readonly<Record<string, JsonObject>> = {
    azurerm_cdn_frontdoor_profile: {},
    azurerm_application_gateway: { zones: ['1', '2', '3'] },
    'Microsoft.ApiManagement/service': { body: { properties: { zoneRedundant: true } } },
    azurerm_kubernetes_cluster_node_pool: { zones: ['1', '2', '3'] },
    azurerm_mssql_database: { zone_redundant: true },
    azurerm_consumption_budget_subscription: {
      amount: 10_700,
      notification: [{ threshold: 80 }, { threshold: 100 }],
    },
  };
  const resources = Object.entries({ ...sound, ...changes }).flatMap(([type, given]) =>
    given === null
      ? []
      : [
          {
            type: type.startsWith('Microsoft.') ? 'azapi_resource' : type,
            address: `${type}.Part`,
            arguments: type.startsWith('Microsoft.') ? { ...given, type } : given,
            stack: 'shop-operations',
          },
        ],
  );
  return { stacks: [{ name: 'shop-operations', resources }] } as unknown as Site;
}

const outputs = (changes: Partial<SiteOutputs> = {}): SiteOutputs => ({
  aws: undefined,
  azure: site(),
  clusters: clusters(),
  ...changes,
});
const messages = (changes: Partial<SiteOutputs>, of = platform) =>
  reviewSite(outputs(changes), of).findings.map(({ message, path }) => `${path}: ${message}`);

describe('what one site keeps by itself', () => {
  const review = reviewSite(outputs(), platform);

  test('is kept', () => {
    expect(review.findings).toEqual([]);
    expect(siteLines(review)).toEqual([
      'a release comes back in 220 s of 300 s',
      'room for 7056 releases a week, 7 promised',
      '10700 dollars a month are watched, not proved',
      'vendors promise all but 54 min of a month, the goal all but 43.2 min',
    ]);
  });

  test('is computed part by part: where both versions stand at once, else pods are made again', () => {
    const by = Object.fromEntries(review.rollbacks.map(({ about, by: how, seconds }) => [about, [how, seconds]]));
    expect(by['services.order']).toEqual(['canary', 60]);
    expect(by['services.analytics']).toEqual(['blue-green', 60]);
    expect(by['services.notification']).toEqual(['plain', 4 * (9 * 5 + 2 * 5)]);
  });

  test('multiplies what vendors promise of parts in a row, each kind once', () => {
    const { promisedMinutes, promisedPercent } = review.availability;
    expect(promisedPercent).toBeCloseTo(100 * 0.9999 * 0.9995 * 0.9995 * 0.9999 * 0.99995, 2);
    expect(promisedMinutes).toBeCloseTo((1 - promisedPercent / 100) * 43_200, 0);
    const twice = reviewSite(outputs({ azure: { stacks: [...site().stacks, ...site().stacks] } }), platform);
    expect(twice.availability.promisedPercent).toBe(promisedPercent);
  });

  test('is written for people and programs', () => {
    expect(siteReport(review)).toContain('| services.notification | plain | 220 |');
    expect(siteReport(review)).toContain('less than the goal');
    expect(siteReport(review)).toContain('Promised: 7 a week. 7056 can begin');
    expect(siteReport(review)).toContain(
      'Promised: 10700 dollars a month. Watched, not proved: the budget is the promise itself, people are told, and nothing is stopped. No price of what stands here is reckoned.',
    );
    expect(JSON.parse(siteJson(review))).toMatchObject({ rollbackGoalSeconds: 300, monthlyDollars: 10_700 });
    expect(siteJson(review)).not.toContain('"findings"');
  });
});

describe('fails when', () => {
  test.each<readonly [string, Partial<SiteOutputs>, RegExp]>([
    [
      'a plain release takes too long',
      { clusters: clusters(plain, 20) },
      /services\.notification: comes back in 440 s/,
    ],
    [
      'nobody asks the pods of a plain release whether they have started',
      { clusters: clusters(plain, null) },
      /services\.notification: comes back in Infinity s/,
    ],
    [
      'the old version is made smaller while a release goes on',
      { clusters: clusters({ canary: { trafficRouting: { istio: {} }, dynamicStableScale: true } }) },
      /services\.notification: comes back in Infinity s/,
    ],
    ['a service is in no output', { clusters: [] }, /services\.order: has a promise and no task or pod/],
    [
      'the gateway stands in one zone',
      { azure: site({ azurerm_application_gateway: { zones: ['1'] } }) },
      /application gateway: stands in one zone/,
    ],
    [
      'API Management does',
      { azure: site({ 'Microsoft.ApiManagement/service': { body: { properties: {} } } }) },
      /API Management: stands in one zone/,
    ],
    [
      'a database does',
      { azure: site({ azurerm_mssql_database: { zone_redundant: false } }) },
      /Azure SQL: stands in one zone/,
    ],
    ['there is no budget', { azure: site({ azurerm_consumption_budget_subscription: null }) }, /budget: must be there/],
    [
      'the budget is more than the goal',
      {
        azure: site({ azurerm_consumption_budget_subscription: { amount: 20_000, notification: [{ threshold: 80 }] } }),
      },
      /is 20000 dollars .* allows 10700/,
    ],
    [
      'people are told when all is spent',
      {
        azure: site({
          azurerm_consumption_budget_subscription: { amount: 10_700, notification: [{ threshold: 100 }] },
        }),
      },
      /tells nobody before it is spent/,
    ],
  ])('%s', (_, changes, message) => {
    expect(messages(changes)).toContainEqual(expect.stringMatching(message));
  });
});

test('a stage that is not protected may stand in one zone', () => {
  const development = { ...platform, stage: { ...platform.stage, protected: false } };
  expect(messages({ azure: site({ azurerm_application_gateway: { zones: ['1'] } }) }, development)).toEqual([]);
});

test('nothing is promised of rollbacks where no goal says so', () => {
  const silent = resolved(
    applyPatch(retailflowAzure, { goals: { rollbackMinutes: null, releasesPerWeek: null } }) as Definition,
  );
  expect(messages({ clusters: [] }, silent)).toEqual([]);
});

describe('on AWS', () => {
  const service = (patch: object, size: object) => ({
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Environment: [{ Name: 'SERVICE_NAME', Value: 'order' }] }], ...size },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        HealthCheckGracePeriodSeconds: 90,
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['a', 'b'] } },
        ...patch,
      },
    },
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: true } },
    Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: 'x' } },
    Budget: {
      Type: 'AWS::Budgets::Budget',
      Properties: {
        Budget: { BudgetType: 'COST', BudgetLimit: { Amount: 7000 } },
        NotificationsWithSubscribers: [{ Notification: { Threshold: 80 } }],
      },
    },
    Covered: {
      Type: 'AWS::Budgets::Budget',
      Properties: { Budget: { BudgetType: 'RI_COVERAGE', BudgetLimit: { Amount: 100 } } },
    },
  });
  const reviewed = (patch: object, size: object = {}) =>
    reviewSite(
      { aws: assemblyOf({ id: 'Order', resources: service(patch, size) }), azure: undefined, clusters: [] },
      platform,
    );

  test('a fleet that is replaced comes back in the time of its start, two fleets at once', () => {
    const seconds = (patch: object) => reviewed(patch).rollbacks.map((each) => [each.by, each.seconds]);
    expect(seconds({})).toEqual([['plain', 30 + 11 + 90 + 60]]);
    expect(seconds({ DeploymentConfiguration: { Strategy: 'BLUE_GREEN' } })).toEqual([['blue-green', 60]]);
    expect(reviewed({}).rollbacks[0]?.parts.map(({ part, seconds: each }) => [part, each])).toEqual([
      ['a place for it', 30],
      ['its image', 11],
      ['old tasks are healthy', 90],
      ['the balancer sends requests to the old version', 60],
    ]);
  });

  test('parts, promises and budgets are found, replicas apart', () => {
    const { availability, spends } = reviewed({});
    expect(availability.parts.map(({ part, promisedPercent }) => [part, promisedPercent])).toEqual([
      ['databases', 99.95],
      ['tasks', 99.99],
    ]);
    expect(spends.map(({ dollars, tells }) => [dollars, tells])).toEqual([[7000, [80]]]);
  });

  describe('what tasks cost', () => {
    const sized = { Cpu: '4096', Memory: '8192', RuntimePlatform: { CpuArchitecture: 'ARM64' } };
    const costing = (DesiredCount: number) => reviewed({ DesiredCount }, sized);

    test('is proved of what is promised, and the rest is watched', () => {
      const review = costing(10);
      expect(review.findings.filter(({ rule }) => rule === 'spend')).toEqual([]);
      expect(siteLines(review)).toContain(
        'tasks cost 1153 of 10700 dollars a month at least, the rest is watched, not proved',
      );
      expect(siteReport(review)).toContain('as few as there may be: 1153 dollars, 11% of it (list price of us-east-2');
    });

    test('fails when it is more than everything may cost', () => {
      expect(costing(100).findings.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^cost 11534 dollars a month .* goals\.monthlyDollars allows 10700 for everything/),
      );
    });
  });

  test('fails when tasks stand in one zone', () => {
    const one = { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['a'] } } };
    expect(reviewed(one).findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('stands in one zone'),
    );
  });
});
