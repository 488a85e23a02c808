import { definePlatform } from '../lib/platform/definition';

/** A twentieth at first, all within the hour: releases are daily, and a bad one is back in under five minutes. */
const canary = {
  kind: 'canary',
  steps: [
    { percent: 5, minutes: 10 },
    { percent: 25, minutes: 10 },
    { percent: 50, minutes: 10 },
  ],
  bakeMinutes: 15,
  rollback: { errorPercent: 0.5, p95Milliseconds: 2000, minimumRequests: 50 },
} as const;

/**
 * Black Friday is announced: 20 instances stand before it begins and load asks for the last four. Days, sizes of images and the
 * time in which a rush that nobody knew of is met are ours.
 */
const schedules = {
  'black-friday': { from: '0 0 20 11 *', until: '0 12 1 12 *', timeZone: 'America/New_York', min: 20 },
} as const;

/**
 * RetailFlow of another house: a mid-market shop of half a million customers a month, on Azure alone.
 *
 * Where the figures come from: unless marked "ours", from the platform's own requirements. Where those name a promise
 * and a result, the stricter one is written here.
 *
 * Subscription and tenant ids, domain, zone and addresses of people are documentation values: replace them before the first
 * deployment, which refuses each of them by name.
 */
export default definePlatform({
  name: 'retailflow-azure',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'commerce' },
  delivery: {
    repository: 'example/retailflow-azure',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
    manifests: { by: 'argocd', repository: 'https://github.com/example/retailflow-azure-manifests' },
  },
  goals: {
    // "99.9%, less than 43 minutes a year" is a month's figure; the result is 99.94%.
    availabilityPercent: 99.9,
    // Pages in under 2 s, reached in 1.4 on the average, which is no percentile; 95% of checkouts in under 3 s, which this is within.
    p95Milliseconds: 2000,
    errorPercent: 0.15,
    // Ours: no figure of users at the same time is given. 15,000 connections to the databases are.
    concurrentUsers: 15_000,
    // Ours: a page every ten seconds, on a day on which people buy.
    requestsPerUser: 6,
    // Promised: five times a usual day. Held on Black Friday: 5.2 times.
    spikeTimes: 5.2,
    growth: { times: 2, years: 3 },
    // Two minutes on average.
    rollbackMinutes: 5,
    releasesPerWeek: 7,
    monthlyDollars: 10_700,
  },

  // A database a service. Sizes are ours; together they take the 15,000 connections of Black Friday, most of them to read the catalog.
  databases: {
    catalog: {
      engine: 'sqlserver',
      tier: 'hyperscale',
      capacity: { vcpu: 4, memoryGiB: 20 },
      readReplicas: 3,
      peak: { connections: 15_000 },
      dataClass: 'internal',
    },
    inventory: { engine: 'sqlserver', tier: 'hyperscale', capacity: { vcpu: 2, memoryGiB: 10 }, readReplicas: 1 },
    order: {
      engine: 'sqlserver',
      tier: 'hyperscale',
      capacity: { vcpu: 4, memoryGiB: 20 },
      readReplicas: 1,
      // Reports read beside orders, and slow none of them down.
      namedReplicas: { reports: { capacity: { vcpu: 2, memoryGiB: 10 } } },
    },
    customer: { engine: 'sqlserver', tier: 'hyperscale', capacity: { vcpu: 2, memoryGiB: 10 }, readReplicas: 1 },
    payment: {
      engine: 'sqlserver',
      tier: 'hyperscale',
      capacity: { vcpu: 2, memoryGiB: 10 },
      readReplicas: 1,
      dataClass: 'restricted',
    },
    notification: { engine: 'sqlserver', tier: 'hyperscale', capacity: { vcpu: 2, memoryGiB: 10 }, readReplicas: 1 },
    analytics: { engine: 'sqlserver', tier: 'hyperscale', capacity: { vcpu: 2, memoryGiB: 20 }, readReplicas: 1 },
  },
  // Each event of an order's life; its state at any moment is made from them.
  eventStores: {
    orders: { database: 'order', owner: 'order' },
  },
  // What several services show of each other's data, near its readers.
  documents: {
    shop: {
      // Ours: the second region is for the growth that is expected, and takes writes when the first is lost.
      regions: ['centralus'],
      collections: {
        products: { partitionKey: '/productId', maxThousandRequestUnits: 10 },
        customers: { partitionKey: '/customerId', maxThousandRequestUnits: 4 },
        orders: { partitionKey: '/customerId', maxThousandRequestUnits: 4, expireDays: 400 },
      },
    },
  },
  searches: {
    // A query takes 250 ms.
    products: { engine: 'ai-search', tier: 'standard', replicas: 3, queryMilliseconds: 250 },
  },
  caches: {
    sessions: { holds: 'sessions', memoryGiB: 6, replicas: 1 },
    catalog: { holds: 'cache', memoryGiB: 6, replicas: 1, snapshotRetentionDays: 1 },
  },
  queues: {
    payments: { maxReceives: 5, visibilitySeconds: 120, maxAgeSeconds: 60, dataClass: 'restricted' },
    'payment-results': { maxReceives: 5, visibilitySeconds: 120, maxAgeSeconds: 60 },
    // Stock follows the order of its events.
    'stock-changes': { fifo: true, maxReceives: 5, visibilitySeconds: 60, maxAgeSeconds: 120 },
    notifications: { maxReceives: 5, visibilitySeconds: 120 },
    'analytics-events': { maxReceives: 5, visibilitySeconds: 300 },
    // What did not arrive of messages: their addresses are written to no more.
    undelivered: { maxReceives: 5, visibilitySeconds: 300 },
  },
  // Ours: turned while services run, for customers by their tier and for a share of everybody else.
  flags: {
    shop: {
      flags: {
        'quick-checkout': {
          description: 'Takes an order on one page, with what was chosen the last time',
          percent: 5,
          segments: [{ attribute: 'tier', values: ['gold'] }],
        },
        'stock-badges': { description: 'Shows beside a product how many are left', percent: 25 },
      },
      rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
    },
  },
  topics: {
    'order-events': { subscribers: ['analytics-events', 'notifications'] },
  },
  messages: {
    // E-mail, SMS and push by one service. Limits are ours: a message every two weeks to each customer, and six times that on Black Friday;
    // SMS for what cannot wait. The number is a documentation value: write the one that was bought.
    customers: {
      email: { dailyMessages: 200_000 },
      sms: {
        countries: { US: { kind: 'number', type: 'toll-free', azure: '+18005550100' } },
        monthlyDollars: 300,
      },
      push: {
        apple: { topic: 'com.example.shop', secret: 'apple-push' },
        google: { project: 'example-retailflow-azure', secret: 'google-push' },
      },
      feedback: 'undelivered',
    },
  },
  buckets: {
    assets: { holds: 'assets', dataClass: 'public' },
    exports: { holds: 'uploads', expireDays: 90 },
    archive: { holds: 'archive', coldAfterDays: 90, dataClass: 'confidential' },
  },
  secrets: {
    'token-keys': {
      description: 'RSA key pairs that sign and verify customer tokens',
    },
    'payment-provider': { description: 'API key of the payment provider', fields: ['apiKey'], rotateDays: 180 },
    'payment-callbacks': {
      description: 'Key by which calls of the payment provider are verified',
      fields: ['webhookKey'],
      rotateDays: 180,
    },
    carriers: { description: 'API key of the carriers', fields: ['apiKey'], rotateDays: 180 },
    warehouse: { description: 'API key of the warehouse system', fields: ['apiKey'], rotateDays: 180 },
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
    carriers: { host: 'api.carriers.example.com', purpose: 'quotes, labels and tracks parcels' },
    warehouse: { host: 'api.warehouse.example.com', purpose: 'levels and movements of stock' },
  },

  services: {
    catalog: {
      team: 'catalog',
      capacity: { vcpu: 1, memoryGiB: 2 },
      // 3 instances on a usual day, 24 on Black Friday, and so for each service that a customer waits for.
      imageMiB: 150,
      scale: { min: 3, max: 24, growsWithinSeconds: 1200, schedules, cpuPercent: 60, requestsPerTask: 1500 },
      uses: {
        databases: ['catalog'],
        documents: ['shop'],
        searches: ['products'],
        caches: ['catalog'],
        calls: ['inventory'],
        reads: ['assets'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/products', authentication: 'none', methods: ['GET'], cacheSeconds: 60, requestsPerMinute: 1200 },
        { path: '/api/search', authentication: 'none', methods: ['GET'], cacheSeconds: 30, requestsPerMinute: 600 },
      ],
      release: canary,
    },
    inventory: {
      team: 'catalog',
      imageMiB: 150,
      scale: {
        min: 3,
        max: 24,
        growsWithinSeconds: 1200,
        schedules,
        cpuPercent: 60,
        requestsPerTask: 1000,
        backlogPerTask: 50,
      },
      uses: {
        databases: ['inventory'],
        receives: ['stock-changes'],
        integrations: ['warehouse'],
        secrets: ['warehouse'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [{ path: '/api/inventory', requestsPerMinute: 300 }],
      release: canary,
    },
    order: {
      team: 'order',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 150,
      scale: {
        min: 3,
        max: 24,
        growsWithinSeconds: 1200,
        schedules,
        cpuPercent: 60,
        requestsPerTask: 1000,
        backlogPerTask: 20,
      },
      uses: {
        databases: ['order'],
        documents: ['shop'],
        caches: ['sessions'],
        sends: ['payments', 'stock-changes'],
        receives: ['payment-results'],
        publishes: ['order-events'],
        calls: ['catalog', 'customer', 'inventory'],
        integrations: ['carriers'],
        secrets: ['carriers', 'payment-callbacks'],
        flags: ['shop'],
        writes: ['archive'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/carts', requestsPerMinute: 300 },
        // 95% of checkouts.
        { path: '/api/checkout', requestsPerMinute: 60, p95Milliseconds: 3000 },
        { path: '/api/orders', requestsPerMinute: 300 },
        // The provider tells how a payment ended; the message goes on to the queue of payments.
        { path: '/api/payment-callbacks', authentication: 'none', methods: ['POST'], requestsPerMinute: 1200 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    customer: {
      team: 'identity',
      imageMiB: 150,
      scale: { min: 3, max: 24, growsWithinSeconds: 1200, schedules, cpuPercent: 60, requestsPerTask: 1500 },
      uses: {
        databases: ['customer'],
        documents: ['shop'],
        caches: ['sessions'],
        secrets: ['token-keys'],
        sends: ['notifications'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/sessions', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/registrations', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/customers', requestsPerMinute: 300 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    // Pages by Next.js; its GraphQL interface asks the services for what a page shows.
    web: {
      team: 'web',
      port: 3000,
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 150,
      scale: { min: 3, max: 24, growsWithinSeconds: 1200, schedules, cpuPercent: 60, requestsPerTask: 1000 },
      uses: { caches: ['sessions'], calls: ['catalog', 'customer', 'inventory', 'order'], flags: ['shop'] },
      routes: [
        { path: '/', authentication: 'none' },
        { path: '/api/graphql', requestsPerMinute: 600 },
      ],
      release: canary,
    },
    notification: {
      team: 'engagement',
      // It has no requests to move, and is back in five minutes pod by pod.
      health: { startSeconds: 45 },
      scale: { min: 2, max: 10, backlogPerTask: 200 },
      timeoutSeconds: 60,
      uses: {
        databases: ['notification'],
        receives: ['notifications', 'undelivered'],
        messages: ['customers'],
        secrets: ['apple-push', 'google-push'],
        calls: ['customer'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      dataClass: 'confidential',
    },
    analytics: {
      team: 'insight',
      capacity: { vcpu: 1, memoryGiB: 4 },
      scale: { min: 2, max: 8, requestsPerTask: 300, backlogPerTask: 500 },
      timeoutSeconds: 120,
      uses: {
        databases: ['analytics'],
        readsDocuments: ['shop'],
        receives: ['analytics-events'],
        writes: ['exports', 'archive'],
      },
      migration: { command: ['python', '-m', 'migrate'] },
      routes: [{ path: '/api/reports', requestsPerMinute: 60 }],
      release: { kind: 'blue-green', bakeMinutes: 15, rollback: { errorPercent: 0.5, p95Milliseconds: 3000 } },
    },
  },

  functions: {
    // Written in Go: takes a payment a message, once per order id, and costs nothing while nobody buys.
    payment: {
      team: 'payment',
      runtime: { language: 'custom' },
      memoryMiB: 512,
      maxInstances: 40,
      // Ours: a checkout does not wait for a start.
      alwaysReady: 1,
      timeoutMinutes: 2,
      uses: {
        databases: ['payment'],
        receives: ['payments'],
        sends: ['payment-results'],
        integrations: ['payments'],
        secrets: ['payment-provider'],
      },
      dataClass: 'restricted',
      on: ['primary'],
    },
  },

  // What takes payments by card. Who calls it leaves a message, and takes one back: neither holds a card.
  scopes: {
    cards: {
      standard: 'PCI DSS 4.0.1, cardholder data',
      functions: ['payment'],
      databases: ['payment'],
      secrets: ['payment-provider'],
    },
  },

  // Shifts canary traffic, verifies tokens and counts requests; behind it stands the door of the cluster, which `scale` is of.
  gateway: {
    kind: 'api-management',
    // Two units of Standard v2 span zones. What each passes on is ours, since nobody publishes it: 500 requests a second, of which the
    // token is verified and which are counted.
    units: { min: 2, max: 6, requestsPerUnit: 30_000 },
    // The door behind it only routes: 150 requests a second for its one processor are ours.
    scale: { min: 3, max: 24, cpuPercent: 60, requestsPerTask: 9000, schedules },
    tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
    requestsPerMinute: 600,
  },
  edge: {
    assets: 'assets',
    site: { service: 'web', files: ['/_next/static'] },
    apiPath: '/api',
    firewall: { requestsPerAddress: 3000, loginsPerAddress: 100 },
  },

  // Run by staging every week, and by pipelines against it. What customers look at is ours; how long is what the goals promise.
  loadTests: {
    regression: {
      description: 'Customers look around the shop at once',
      routes: [
        { path: '/', weight: 4 },
        { path: '/api/products', weight: 4 },
        { path: '/api/search?q=chair', weight: 2 },
      ],
      pauseSeconds: 10,
    },
  },

  stages: {
    production: {
      domain: 'shop.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'shop.example.com' },
      // Whoever is called at night is called for what cannot wait.
      alarms: { email: 'on-call@example.com', warnings: { email: 'platform@example.com' } },
      protected: true,
      // Payment takes cards.
      audit: { conformance: ['pci-dss'] },
      logDays: 365,
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastus2',
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampleproductionstate' },
          network: {
            cidr: '10.16.0.0/16',
            pods: '10.64.0.0/14',
            services: '10.17.0.0/16',
            // Ours: a plan for the whole network costs more than a quarter of the spending that is promised.
            ddosProtection: 'address',
          },
        },
      },
    },
    staging: {
      domain: 'staging.shop.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'staging.shop.example.com' },
      alarms: { email: 'platform@example.com' },
      protected: true,
      logDays: 90,
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastus2',
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'examplestagingstate' },
          network: { cidr: '10.18.0.0/16', pods: '10.68.0.0/14', services: '10.19.0.0/16' },
        },
      },
      // Ours: when fewest people work.
      loadTests: { schedule: '0 3 * * 6', timeZone: 'America/New_York' },
      every: { services: { scale: { min: 2, max: 4, schedules: null } } },
      overrides: {
        databases: {
          catalog: { capacity: { vcpu: 2, memoryGiB: 10 }, readReplicas: 1, peak: null },
          order: { capacity: { vcpu: 2, memoryGiB: 10 } },
        },
        documents: { shop: { regions: [] } },
        searches: { products: { replicas: 2 } },
        messages: { customers: { email: { dailyMessages: 1000 }, sms: { monthlyDollars: 20 } } },
        caches: { sessions: { memoryGiB: 1 }, catalog: { memoryGiB: 1 } },
        functions: { payment: { alwaysReady: 0, maxInstances: 10 } },
        gateway: {
          units: { min: 2, max: 2 },
          scale: { min: 2, max: 4, schedules: null },
          tokens: { issuer: 'https://staging.shop.example.com' },
        },
        // Two units of API Management among it.
        // A tenth of production, in sizes as in people; ours.
        goals: { monthlyDollars: 3400, concurrentUsers: 1500 },
      },
    },
    // Cheap: two zones, the smallest sizes, no replicas, a week of logs.
    development: {
      domain: 'dev.shop.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'dev.shop.example.com' },
      alarms: { email: 'platform@example.com' },
      protected: false,
      logDays: 7,
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastus2',
          zones: ['1', '2'],
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampledevelopmentstate' },
          network: { cidr: '10.20.0.0/16', pods: '10.72.0.0/14', services: '10.21.0.0/16' },
        },
      },
      every: {
        databases: { capacity: { vcpu: 2, memoryGiB: 10 }, readReplicas: 0, backupRetentionDays: 7 },
        services: {
          capacity: { vcpu: 0.25, memoryGiB: 0.5 },
          scale: { min: 1, max: 2, schedules: null },
          release: { kind: 'rolling' },
        },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      overrides: {
        databases: { catalog: { peak: null }, order: { namedReplicas: { reports: null } } },
        documents: { shop: { regions: [], restoreDays: 7 } },
        searches: { products: { tier: 'basic', replicas: 1 } },
        messages: { customers: { email: { dailyMessages: 1000 }, sms: { monthlyDollars: 20 } } },
        functions: { payment: { alwaysReady: 0, maxInstances: 10 } },
        gateway: {
          units: { min: 1, max: 1 },
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2, requestsPerTask: null, schedules: null },
          tokens: { issuer: 'https://dev.shop.example.com' },
        },
        // Releases are plain here, and nobody comes in numbers.
        goals: { monthlyDollars: 1700, requestsPerUser: null, rollbackMinutes: 10 },
      },
    },
  },
});
