import { definePlatform } from '../lib/platform/definition';

/** 5% at first, all after 48 hours. */
const canary = {
  kind: 'canary',
  steps: [
    { percent: 5, minutes: 720 },
    { percent: 10, minutes: 720 },
    { percent: 25, minutes: 720 },
    { percent: 50, minutes: 720 },
  ],
  bakeMinutes: 60,
  acceptTwoPhases: {
    reason: 'ECS moves from 5% to all at once; the 48 hour steps are kept where Kubernetes runs the service',
  },
  rollback: { errorPercent: 0.5, p95Milliseconds: 1000, minimumRequests: 50 },
} as const;

/** What the recovery site does without. */
const standbyWaivers = {
  searches: {
    reason: 'catalog searches its own tables, slower and with fewer filters, until the primary is back',
    minutes: 0,
  },
  workflows: {
    reason: 'orders are taken and wait in their queue: no machine on the recovery site runs the saga yet',
    minutes: 0,
  },
} as const;

/**
 * RetailFlow: e-commerce in Southeast Asia, two million customers. AWS is the primary, Azure takes over.
 *
 * Where the figures come from: unless marked "ours", from the platform's own requirements. Where those name a promise
 * and a result, the stricter one is written here.
 *
 * Account, subscription and tenant ids, domain, hosted zone and addresses of people are documentation values: replace
 * them before the first deployment, which refuses each of them by name.
 */
export default definePlatform({
  name: 'retailflow',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'commerce' },
  delivery: {
    repository: 'example/retailflow',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
    manifests: { by: 'argocd', repository: 'https://github.com/example/retailflow-manifests' },
  },

  goals: {
    availabilityPercent: 99.99,
    p95Milliseconds: 1000,
    // The share is the requirements', which name no time for it: twice that of a page is ours.
    serviceLevel: { percent: 99.7, milliseconds: 2000 },
    errorPercent: 0.08,
    cacheHitPercent: 92,
    concurrentUsers: 50_000,
    // Ours: a page every 20 seconds by people who look around, since the edge answers for products and files.
    requestsPerUser: 3,
    // Ours: the requirements name the recovery site, and no time.
    recovery: { timeMinutes: 30, databasePointMinutes: 1, objectsPointMinutes: 15, approvalMinutes: 10 },
    steadyCpuPercent: 35,
    repairMinutes: 35,
    releasesPerWeek: 1,
    // 12% below the 100,000 dollars that a saving of 12,000 dollars at 12% implies.
    monthlyDollars: 88_000,
  },

  databases: {
    store: {
      engine: 'postgres',
      version: '17',
      topology: 'aurora',
      capacity: { vcpu: 4, memoryGiB: 32 },
      readReplicas: 2,
      readerScaling: { max: 6, cpuPercent: 60 },
    },
    // A second copy of what reports are made from. Its figures are ours: nobody but the people of the insight team reads it,
    // so the smallest size and a disk for years of orders will do.
    'analytics-backup': {
      engine: 'sqlserver',
      capacity: { vcpu: 2, memoryGiB: 10 },
      storageGiB: 250,
      fedBy: { database: 'store', function: 'feed-analytics' },
      on: ['recovery'],
    },
  },
  // Inventory and orders are told as events; everything else about them is derived.
  eventStores: {
    inventory: { database: 'store', owner: 'catalog' },
    orders: { database: 'store', owner: 'order' },
  },
  caches: {
    sessions: { holds: 'sessions', memoryGiB: 6, replicas: 2 },
    catalog: { holds: 'cache', memoryGiB: 6, replicas: 2, snapshotRetentionDays: 1 },
  },
  queues: {
    notifications: { maxReceives: 5, visibilitySeconds: 120 },
    'analytics-events': { maxReceives: 5, visibilitySeconds: 300 },
    // Orders are acknowledged at once and processed from here, once per order id.
    orders: { fifo: true, maxReceives: 5, visibilitySeconds: 120, maxAgeSeconds: 300 },
    'order-updates': { maxReceives: 5, visibilitySeconds: 120 },
    // What did not arrive of messages: their addresses are written to no more.
    undelivered: { maxReceives: 5, visibilitySeconds: 300 },
  },
  topics: {
    'order-events': { subscribers: ['analytics-events', 'order-updates'] },
  },
  // Which features are ours. A mistake that a share of people sees is turned back before all of them do.
  flags: {
    storefront: {
      flags: {
        'one-page-checkout': {
          description: 'Shows the checkout on one page in place of four',
          percent: 5,
          segments: [{ attribute: 'tier', values: ['gold', 'platinum'] }],
        },
        'stock-in-search': { description: 'Shows what is in stock among what a search finds', percent: 10 },
      },
      rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
    },
  },
  // What is tried before a sale, where nobody buys. What is expected of each is ours.
  experiments: {
    'killed-orders': {
      kind: 'stop-tasks',
      expects: 'Half of the tasks of order stop: orders that were acknowledged are done by the others, none twice',
      service: 'order',
    },
    'cut-off-zone': {
      kind: 'network-partition',
      expects: 'One zone loses the others for five minutes: the balancer leaves its tasks out, and people go on buying',
    },
    'lost-writer': {
      kind: 'database-failover',
      expects: 'A reader becomes the writer within a minute: orders wait in their queue, and none is lost',
      database: 'store',
    },
  },
  messages: {
    // Limits are ours: a message a month to each of two million customers, and three times that on a day of sales; SMS for
    // what cannot wait, to the six largest countries of the region.
    customers: {
      email: { dailyMessages: 200_000 },
      sms: {
        countries: {
          ID: { kind: 'name', name: 'RETAILFLOW', registered: true },
          MY: { kind: 'name', name: 'RETAILFLOW' },
          PH: { kind: 'name', name: 'RETAILFLOW', registered: true },
          SG: { kind: 'name', name: 'RETAILFLOW', registered: true },
          TH: { kind: 'name', name: 'RETAILFLOW', registered: true },
          VN: { kind: 'name', name: 'RETAILFLOW', registered: true },
        },
        monthlyDollars: 3000,
      },
      push: {
        apple: { topic: 'com.example.shop', secret: 'apple-push' },
        google: { project: 'example-retailflow', secret: 'google-push' },
      },
      feedback: 'undelivered',
    },
  },
  buckets: {
    assets: { holds: 'assets', dataClass: 'public' },
    exports: { holds: 'uploads', expireDays: 90 },
    archive: { holds: 'archive', coldAfterDays: 90, dataClass: 'confidential' },
  },
  searches: {
    products: { topology: 'standby', capacity: { vcpu: 2, memoryGiB: 16 }, nodes: 3, storageGiB: 100 },
  },
  secrets: {
    'token-keys': {
      description: 'RSA key pairs that sign and verify customer tokens, the same on both sites',
    },
    'payment-provider': {
      description: 'API key of the payment provider',
      fields: ['apiKey', 'webhookKey'],
      rotateDays: 180,
    },
    'shipping-provider': { description: 'API key of the shipping provider', fields: ['apiKey'], rotateDays: 180 },
    'apple-push': {
      description: 'Key that signs push messages for Apple',
      fields: ['key', 'keyId', 'teamId'],
      rotateDays: 180,
    },
    'google-push': {
      description: 'Key of the service account that sends by Firebase',
      fields: ['serviceAccount'],
      rotateDays: 180,
    },
  },
  integrations: {
    payments: {
      host: 'api.payments.example.com',
      purpose: 'authorises and captures payments',
      timeoutMilliseconds: 8000,
    },
    shipping: { host: 'api.shipping.example.com', purpose: 'quotes, labels and tracks parcels' },
    stock: { host: 'api.stock.example.com', purpose: 'levels of stock held by suppliers' },
  },

  workflows: {
    'order-saga': {
      timeoutMinutes: 60,
      steps: [
        { name: 'take-payment', service: 'payment', timeoutSeconds: 120, retries: 3, compensation: 'refund-payment' },
        { name: 'reserve-stock', service: 'catalog', timeoutSeconds: 60, retries: 5, compensation: 'release-stock' },
        { name: 'fulfil-order', service: 'order', timeoutSeconds: 900, retries: 3, compensation: 'cancel-order' },
      ],
      notifies: 'notifications',
    },
  },

  services: {
    user: {
      team: 'identity',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 30, cpuPercent: 60, requestsPerTask: 1500 },
      uses: { databases: ['store'], caches: ['sessions'], secrets: ['token-keys'], sends: ['notifications'] },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/sessions', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/registrations', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/users', requestsPerMinute: 300 },
        { path: '/api/preferences', requestsPerMinute: 300 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    catalog: {
      team: 'catalog',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 40, cpuPercent: 60, requestsPerTask: 2000, backlogPerTask: 50 },
      uses: {
        databases: ['store'],
        caches: ['catalog'],
        searches: ['products'],
        flags: ['storefront'],
        integrations: ['stock'],
        reads: ['assets'],
        writes: ['archive'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/products', authentication: 'none', methods: ['GET'], cacheSeconds: 60, requestsPerMinute: 1200 },
        {
          path: '/api/categories',
          authentication: 'none',
          methods: ['GET'],
          cacheSeconds: 300,
          requestsPerMinute: 1200,
        },
        { path: '/api/search', authentication: 'none', methods: ['GET'], cacheSeconds: 30, requestsPerMinute: 600 },
        { path: '/api/inventory', requestsPerMinute: 300 },
      ],
      release: canary,
    },
    order: {
      team: 'order',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 30, cpuPercent: 60, requestsPerTask: 1000, backlogPerTask: 20 },
      uses: {
        databases: ['store'],
        caches: ['sessions'],
        sends: ['orders', 'notifications'],
        receives: ['orders'],
        publishes: ['order-events'],
        calls: ['catalog', 'payment', 'user'],
        starts: ['order-saga'],
        flags: ['storefront'],
        integrations: ['shipping'],
        secrets: ['shipping-provider'],
        writes: ['archive'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      // Whatever was acknowledged is done: what lies longer than its queue takes is looked up, and done or undone.
      jobs: { reconcile: { schedule: '*/15 * * * *', command: ['node', 'dist/reconcile.js'], timeoutMinutes: 10 } },
      routes: [
        { path: '/api/carts', requestsPerMinute: 300 },
        { path: '/api/checkout', requestsPerMinute: 60 },
        { path: '/api/orders', requestsPerMinute: 300 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    payment: {
      team: 'payment',
      scale: { min: 3, max: 12, cpuPercent: 60, requestsPerTask: 1000 },
      timeoutSeconds: 20,
      uses: {
        databases: ['store'],
        integrations: ['payments'],
        secrets: ['payment-provider'],
        calls: ['order'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      // Each night every payment of the day is compared with what the provider has.
      jobs: {
        reconcile: {
          schedule: '30 2 * * *',
          timeZone: 'Asia/Singapore',
          command: ['node', 'dist/reconcile.js'],
          timeoutMinutes: 60,
        },
      },
      routes: [{ path: '/api/payments/callbacks', authentication: 'none', methods: ['POST'], requestsPerMinute: 1200 }],
      release: canary,
      dataClass: 'restricted',
    },
    notification: {
      team: 'engagement',
      scale: { min: 2, max: 10, backlogPerTask: 200 },
      timeoutSeconds: 60,
      uses: {
        databases: ['store'],
        receives: ['notifications', 'order-updates', 'undelivered'],
        messages: ['customers'],
        secrets: ['apple-push', 'google-push'],
        calls: ['user'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      dataClass: 'confidential',
    },
    analytics: {
      team: 'insight',
      capacity: { vcpu: 1, memoryGiB: 4 },
      scale: { min: 2, max: 8, requestsPerTask: 300, backlogPerTask: 500 },
      timeoutSeconds: 120,
      uses: { databases: ['store'], receives: ['analytics-events'], writes: ['exports', 'archive'] },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [{ path: '/api/reports', requestsPerMinute: 60 }],
      release: { kind: 'blue-green', bakeMinutes: 15, rollback: { errorPercent: 0.5, p95Milliseconds: 3000 } },
    },
  },

  functions: {
    // Reports outlive the primary: what they are made from is copied from a replica of the database, and kept apart.
    'feed-analytics': {
      team: 'insight',
      runtime: { language: 'node' },
      schedule: '*/15 * * * *',
      uses: { databases: ['analytics-backup', 'store'] },
      copiesFrom: ['analytics', 'catalog', 'order'],
      dataClass: 'confidential',
    },
    // Each night, the day's events and exports.
    'feed-archive': {
      team: 'insight',
      runtime: { language: 'node' },
      schedule: '30 18 * * *',
      timeoutMinutes: 120,
      uses: { databases: ['store'], reads: ['exports'], writes: ['archive'] },
      copiesFrom: ['catalog', 'order'],
      dataClass: 'confidential',
    },
  },

  // Figures and traces of every service. Who signs in to look at them is ours.
  telemetry: { dashboards: { signIn: { by: 'identity-center' } } },

  gateway: {
    // What a processor of Kong passes on is ours: 150 requests a second, which verifies each token and counts each request in Redis.
    // Kong itself measures forty times that, without either: https://developer.konghq.com/gateway/performance/benchmarks/
    scale: { min: 3, max: 24, cpuPercent: 60, requestsPerTask: 9000 },
    tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
    limitsCache: 'sessions',
    requestsPerMinute: 600,
  },
  edge: { assets: 'assets', apiPath: '/api', firewall: { requestsPerAddress: 3000, loginsPerAddress: 100 } },

  // The goals are ten times the 5,000 people of before. What they look at, and how long, is ours.
  loadTests: {
    'ten-times': {
      description: 'As many people as are promised look around the shop at once',
      routes: [
        { path: '/', weight: 2 },
        { path: '/api/products', weight: 6 },
        { path: '/api/categories', weight: 2 },
      ],
      pauseSeconds: 10,
    },
  },

  stages: {
    production: {
      domain: 'shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOP', name: 'example.com' },
      alarms: { email: 'on-call@example.com' },
      protected: true,
      logDays: 365,
      sites: {
        primary: {
          cloud: 'aws',
          account: '111122223333',
          tokenIssuer: 'https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws',
          region: 'ap-southeast-1',
          zones: ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'],
          network: { cidr: '10.16.0.0/16', nat: 'per-zone', interfaceEndpoints: true },
        },
        recovery: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastasia',
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampleproductionstate' },
          network: { cidr: '10.32.0.0/16', pods: '10.64.0.0/14', services: '10.33.0.0/16' },
          waives: standbyWaivers,
        },
      },
    },
    staging: {
      domain: 'staging.shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOP', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: true,
      logDays: 90,
      experiments: { reason: 'Nobody buys here: what a sale must bear is tried here before it' },
      // Every Saturday night; ours.
      loadTests: { schedule: '0 3 * * 6', timeZone: 'Asia/Singapore' },
      sites: {
        primary: {
          cloud: 'aws',
          account: '444455556666',
          tokenIssuer: 'https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws',
          region: 'ap-southeast-1',
          zones: ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'],
          network: { cidr: '10.17.0.0/16', nat: 'single', interfaceEndpoints: true, flowLogDays: 90 },
        },
        recovery: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastasia',
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'examplestagingstate' },
          network: { cidr: '10.34.0.0/16', pods: '10.68.0.0/14', services: '10.35.0.0/16' },
          waives: standbyWaivers,
        },
      },
      every: { services: { scale: { min: 2, max: 4 } } },
      overrides: {
        databases: { store: { capacity: { vcpu: 2, memoryGiB: 16 }, readReplicas: 1, readerScaling: { max: 2 } } },
        caches: { sessions: { memoryGiB: 1, replicas: 1 }, catalog: { memoryGiB: 1, replicas: 1 } },
        messages: { customers: { email: { dailyMessages: 1000 }, sms: { monthlyDollars: 50 } } },
        gateway: { scale: { min: 2, max: 4 }, tokens: { issuer: 'https://staging.shop.example.com' } },
        // A tenth of production, in sizes as in people.
        goals: { concurrentUsers: 5000 },
      },
    },
    // Cheap: two zones, one way out, the smallest sizes, no replicas, a week of logs, no recovery site.
    development: {
      domain: 'dev.shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOP', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: false,
      logDays: 7,
      sites: {
        primary: {
          cloud: 'aws',
          account: '123456789012',
          region: 'ap-southeast-1',
          zones: ['ap-southeast-1a', 'ap-southeast-1b'],
          network: { cidr: '10.18.0.0/16', nat: 'single', interfaceEndpoints: false, flowLogDays: 7 },
        },
      },
      every: {
        services: { capacity: { vcpu: 0.25, memoryGiB: 0.5 }, scale: { min: 1, max: 2 }, release: { kind: 'rolling' } },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      overrides: {
        databases: {
          store: {
            capacity: { vcpu: 2, memoryGiB: 4 },
            readReplicas: 0,
            readerScaling: null,
            backupRetentionDays: 7,
            insights: 'standard',
          },
        },
        messages: { customers: { email: { dailyMessages: 200 }, sms: null } },
        gateway: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2, requestsPerTask: null },
          tokens: { issuer: 'https://dev.shop.example.com' },
        },
        // Nobody comes here in numbers, and the smallest sizes would hold none.
        goals: { requestsPerUser: null },
      },
      omits: {
        databases: { 'analytics-backup': { reason: 'there is no recovery site to keep a copy on' } },
        searches: { products: { reason: 'developers run search in a container beside the service' } },
      },
    },
  },
});
