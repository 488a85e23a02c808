import { compile, type CompileError } from '../support/compile';

/** Every reference that a definition can make, spelled right. */
const right = {
  'uses.databases': 'store',
  'uses.caches': 'sessions',
  'uses.searches': 'products',
  'uses.reads': 'assets',
  'uses.writes': 'files',
  'uses.sends': 'notifications',
  'uses.receives': 'reports',
  'uses.publishes': 'changes',
  'uses.calls': 'payment',
  'uses.starts': 'purchase',
  'uses.secrets': 'token-keys',
  'uses.integrations': 'shipping',
  'functions.copies.uses.databases': 'ledger',
  'functions.copies.uses.reads': 'assets',
  'functions.copies.uses.writes': 'files',
  'functions.copies.uses.sends': 'notifications',
  'functions.copies.uses.receives': 'reports',
  'functions.copies.uses.publishes': 'changes',
  'functions.copies.uses.integrations': 'shipping',
  'functions.copies.copiesFrom': 'payment',
  'databases.fedBy.database': 'store',
  'databases.fedBy.function': 'copies',
  'eventStores.database': 'store',
  'eventStores.owner': 'order',
  'topics.subscribers': 'reports',
  'workflows.steps.service': 'payment',
  'workflows.notifies': 'notifications',
  'gateway.tokens.secret': 'token-keys',
  'gateway.limitsCache': 'sessions',
  'edge.assets': 'assets',
};
type Reference = keyof typeof right;

/** The names of parts under which a stage says what is different there. */
const keys = {
  'overrides.databases': 'store',
  'overrides.caches': 'sessions',
  'overrides.buckets': 'assets',
  'overrides.searches': 'products',
  'overrides.services': 'payment',
  'overrides.functions': 'copies',
  'omits.databases': 'ledger',
  'omits.searches': 'reviews',
};
type Key = keyof typeof keys;

/** Properties and choices, one of each form. */
const words = {
  property: 'readReplicas',
  choice: 'postgres',
  nested: 'interfaceEndpoints',
  stageProperty: 'protected',
};
type Word = keyof typeof words;

const source = (names: Readonly<Record<Reference | Key | Word, string>>): string => `
import { definePlatform } from '../lib/platform/definition';

const capacity = { vcpu: 2, memoryGiB: 16 };
const scale = { min: 1, max: 2 };
const reason = 'nothing in this stage needs it';

export default definePlatform({
  name: 'shop',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'shop' },
  delivery: { repository: 'example/shop', ids: { owner: 1, repository: 2 } },
  goals: { availabilityPercent: 99.9, p95Milliseconds: 500, errorPercent: 1, concurrentUsers: 100 },
  databases: {
    store: { engine: '${names.choice}', ${names.property}: 1, capacity },
    ledger: { engine: 'postgres', capacity },
    figures: {
      engine: 'sqlserver',
      capacity,
      fedBy: { database: '${names['databases.fedBy.database']}', function: '${names['databases.fedBy.function']}' },
    },
  },
  eventStores: { orders: { database: '${names['eventStores.database']}', owner: '${names['eventStores.owner']}' } },
  caches: { sessions: { memoryGiB: 1 }, views: { memoryGiB: 1 } },
  queues: { notifications: {}, reports: {} },
  topics: {
    changes: { subscribers: ['${names['topics.subscribers']}'] },
    news: { subscribers: ['notifications'] },
  },
  buckets: { assets: { holds: 'assets' }, files: { holds: 'uploads' } },
  searches: { products: { capacity }, reviews: { capacity } },
  secrets: {
    'token-keys': { description: 'keys of tokens' },
    'provider-keys': { description: 'keys of providers', fields: ['apiKey'], rotateDays: 180 },
  },
  integrations: {
    shipping: { host: 'shipping.example.com', purpose: 'parcels' },
    payments: { host: 'payments.example.com', purpose: 'money' },
  },
  workflows: {
    purchase: {
      steps: [{ name: 'pay', service: '${names['workflows.steps.service']}', compensation: 'refund' }],
      notifies: '${names['workflows.notifies']}',
    },
    refund: { steps: [{ name: 'pay-back', service: 'payment', compensation: 'keep' }] },
  },
  services: {
    order: {
      scale,
      uses: {
        databases: ['ledger', '${names['uses.databases']}'],
        caches: ['${names['uses.caches']}'],
        searches: ['${names['uses.searches']}'],
        reads: ['${names['uses.reads']}'],
        writes: ['${names['uses.writes']}'],
        sends: ['${names['uses.sends']}'],
        receives: ['${names['uses.receives']}'],
        publishes: ['${names['uses.publishes']}'],
        calls: ['${names['uses.calls']}'],
        starts: ['${names['uses.starts']}'],
        secrets: ['${names['uses.secrets']}'],
        integrations: ['${names['uses.integrations']}'],
      },
    },
    payment: { scale },
  },
  functions: {
    copies: {
      runtime: { language: 'node' },
      schedule: '0 2 * * *',
      uses: {
        databases: ['${names['functions.copies.uses.databases']}'],
        reads: ['${names['functions.copies.uses.reads']}'],
        writes: ['${names['functions.copies.uses.writes']}'],
        sends: ['${names['functions.copies.uses.sends']}'],
        receives: ['${names['functions.copies.uses.receives']}'],
        publishes: ['${names['functions.copies.uses.publishes']}'],
        integrations: ['${names['functions.copies.uses.integrations']}'],
      },
      copiesFrom: ['${names['functions.copies.copiesFrom']}'],
    },
    clean: { runtime: { language: 'python' }, schedule: '0 3 * * *' },
  },
  gateway: {
    scale,
    tokens: { issuer: 'https://shop.example.com', secret: '${names['gateway.tokens.secret']}' },
    limitsCache: '${names['gateway.limitsCache']}',
  },
  edge: { assets: '${names['edge.assets']}' },
  stages: {
    production: {
      domain: 'shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE', name: 'example.com' },
      alarms: { email: 'on-call@example.com' },
      ${names.stageProperty}: true,
      logDays: 30,
      sites: {
        primary: {
          cloud: 'aws',
          account: '111122223333',
          region: 'eu-west-1',
          zones: ['eu-west-1a', 'eu-west-1b'],
          network: { cidr: '10.16.0.0/16', ${names.nested}: false },
        },
      },
      overrides: {
        databases: { ${names['overrides.databases']}: { backupRetentionDays: 7 } },
        caches: { ${names['overrides.caches']}: { memoryGiB: 0.5 } },
        buckets: { ${names['overrides.buckets']}: { noncurrentDays: 1 } },
        searches: { ${names['overrides.searches']}: { nodes: 3 } },
        services: { ${names['overrides.services']}: { port: 9000 } },
        functions: { ${names['overrides.functions']}: { maxInstances: 1 } },
      },
      omits: {
        databases: { ${names['omits.databases']}: { reason } },
        searches: { ${names['omits.searches']}: { reason } },
      },
    },
  },
});
`;

const correct = { ...right, ...keys, ...words };
type Misspellable = keyof typeof correct;

/** The name with its last two letters exchanged, or its last one lost if they are the same. */
const misspelled = (name: string): string => {
  const [before, last = '', end = ''] = [name.slice(0, -2), name.at(-2), name.at(-1)];
  return last === end ? before + last : before + end + last;
};

describe('a definition', () => {
  let errors: ReadonlyMap<string, readonly CompileError[]>;

  beforeAll(() => {
    const wrong = (Object.keys(correct) as Misspellable[]).map((what) => [
      what,
      source({ ...correct, [what]: misspelled(correct[what]) }),
    ]);
    errors = compile({
      correct: source(correct),
      undeclared: source({ ...correct, 'uses.calls': 'warehouse' }),
      ...(Object.fromEntries(wrong) as Record<string, string>),
    });
  }, 120_000);

  test('compiles where every name is right', () => {
    expect(errors.get('correct')).toEqual([]);
  });

  test.each(Object.entries(right))('fails when %s misspells %s, and says what was meant', (what, name) => {
    const [noun, ...properties] = what.split('.');
    const inList = noun === 'uses' || noun === 'topics' || noun === 'functions';
    expect(errors.get(what)).toEqual([
      {
        at: inList ? `'${misspelled(name)}'` : properties.at(-1),
        message: expect.stringContaining(`Did you mean '"${name}"'?`),
      },
    ]);
  });

  test.each(Object.entries(keys))('fails when %s misspells %s, and says what was meant', (what, name) => {
    expect(errors.get(what)).toEqual([
      { at: misspelled(name), message: expect.stringContaining(`Did you mean to write '${name}'?`) },
    ]);
  });

  test('fails when a choice is misspelled, and says what was meant', () => {
    expect(errors.get('choice')).toEqual([
      { at: 'engine', message: expect.stringContaining(`Did you mean '"postgres"'?`) },
    ]);
  });

  test.each(['property', 'stageProperty'] as const)(
    'fails when a %s is misspelled, and says what was meant',
    (what) => {
      expect(errors.get(what)).toContainEqual({
        at: misspelled(words[what]),
        message: expect.stringContaining(`'${words[what]}'?`),
      });
    },
  );

  test('fails when a property is misspelled deep inside of a choice, and lists the known ones', () => {
    expect(errors.get('nested')).toEqual([
      { at: misspelled(words.nested), message: expect.stringContaining(`readonly ${words.nested}?: boolean`) },
    ]);
  });

  test('fails when a reference is to what is declared nowhere, and lists what is', () => {
    expect(errors.get('undeclared')).toEqual([
      { at: `'warehouse'`, message: `Type '"warehouse"' is not assignable to type '"order" | "payment"'.` },
    ]);
  });
});
