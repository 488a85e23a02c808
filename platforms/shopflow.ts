import { definePlatform } from '../lib/platform/definition';

/** Small at first. Released in the day, twelve times; who gets the first 5% is enough to judge by within a quarter of an hour. */
const canary = {
  kind: 'canary',
  steps: [{ percent: 5, minutes: 15 }],
  bakeMinutes: 15,
  rollback: { errorPercent: 0.5, p95Milliseconds: 1000, minimumRequests: 50 },
} as const;

/** The paths that sell answer within half a second, and a release that does not is taken back. */
const sells = {
  p95Milliseconds: 500,
  release: { ...canary, rollback: { ...canary.rollback, p95Milliseconds: 500 } },
} as const;

/** A container serves within a minute and a half of being asked for; how the time is shared out is ours. */
const health = { startSeconds: 20, readyEverySeconds: 5, servesWithinSeconds: 90 } as const;

/**
 * Sales are announced; the season is ours. Tasks of the services that people come to stand before they do. What comes beyond that,
 * and without being announced, is met by steps.
 */
const season = { from: '0 5 20 11 *', until: '0 9 1 12 *', timeZone: 'America/New_York' } as const;
const steps = {
  above: [
    { cpuPercent: 70, addPercent: 50 },
    { cpuPercent: 85, addPercent: 100 },
  ],
} as const;

const migration = { command: ['node', 'dist/migrate.js'] } as const;

/**
 * ShopFlow: an e-commerce platform that grows from two to ten million people, with flash sales to which 180,000 come at once.
 * One site on AWS.
 *
 * Where the figures come from: unless marked "ours", from the platform's own requirements. Where those name a promise
 * and a result, the stricter one is written here.
 *
 * Account ids, domain, hosted zone, addresses of people and hosts of third parties are documentation values: replace them
 * before the first deployment, which refuses each of them by name.
 */
export default definePlatform({
  name: 'shopflow',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'shop' },
  delivery: {
    repository: 'example/shopflow',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
    // Of pods, where the site runs them: Argo CD keeps hours, and who applies by hand knows none.
    manifests: { by: 'argocd', repository: 'https://github.com/example/shopflow-manifests' },
    // In business hours, which are ours.
    releaseHours: {
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
      from: '08:00',
      until: '18:00',
      timeZone: 'America/New_York',
    },
  },

  goals: {
    availabilityPercent: 99.98,
    // Promised: 95% within 1 s, and half a second on the paths that sell. Reached: 680 ms for all of them.
    p95Milliseconds: 680,
    errorPercent: 0.08,
    concurrentUsers: 180_000,
    // Ours: a page every 15 seconds, of which the edge answers the greater part.
    requestsPerUser: 4,
    repairMinutes: 8,
    // Twelve a day, on seven days.
    releasesPerWeek: 84,
    // Ours: no sum is named, but a third less than before.
    monthlyDollars: 60_000,
  },

  databases: {
    // A schema and a user for each service; its size is ours.
    store: {
      engine: 'postgres',
      version: '17',
      topology: 'aurora',
      capacity: { vcpu: 16, memoryGiB: 128 },
      readReplicas: 2,
      readerScaling: { max: 6, cpuPercent: 60 },
    },
    // Cards are the business of one service, and so is the database that knows of them. Its size is ours.
    payments: {
      engine: 'postgres',
      version: '17',
      topology: 'aurora',
      capacity: { vcpu: 2, memoryGiB: 16 },
      readReplicas: 1,
      dataClass: 'restricted',
    },
  },
  // What happened to an order, to stock and to a payment is kept as events, for audits.
  eventStores: {
    orders: { database: 'store', owner: 'order' },
    stock: { database: 'store', owner: 'inventory' },
    'payment-states': { database: 'payments', owner: 'payment' },
  },
  caches: {
    sessions: { holds: 'sessions', memoryGiB: 12, replicas: 2 },
    // Products and prices, as pages and carts read them.
    products: { holds: 'cache', memoryGiB: 12, replicas: 2, snapshotRetentionDays: 1 },
  },
  queues: {
    notifications: { maxReceives: 8, visibilitySeconds: 120 },
    // Orders are acknowledged at once and worked on from here: 2.3 million in six hours are 107 a second.
    orders: { maxReceives: 5, visibilitySeconds: 120, maxAgeSeconds: 120 },
    // What did not arrive of messages: their addresses are written to no more.
    undelivered: { maxReceives: 8, visibilitySeconds: 300 },
  },
  // By which channels people are told is ours, and so are the limits: two e-mails for each of 2.3 million orders and as many for
  // what was sent, on the day of a sale; SMS for codes that sign people in.
  messages: {
    customers: {
      // So many pay for addresses that nobody else sends from.
      email: { dailyMessages: 6_000_000, addresses: 'own' },
      sms: { countries: { US: { kind: 'number', type: 'toll-free' } }, monthlyDollars: 3000 },
      push: {
        apple: { topic: 'com.example.shop', secret: 'apple-push' },
        google: { project: 'example-shopflow', secret: 'google-push' },
      },
      feedback: 'undelivered',
    },
  },
  // What happened, for whoever wants to know. Partitions and times are ours.
  streams: {
    // A week, in which a service that was wrong can read it all again.
    'order-events': { partitions: 24 },
    'payment-events': { partitions: 18, dataClass: 'restricted' },
    // Stock as it is now: searches and pages follow within seconds.
    'stock-levels': { partitions: 18, compacted: true, maxLagSeconds: 60, dataClass: 'internal' },
    // Reference data: the last word on each product and price, to build a copy from.
    products: { partitions: 18, compacted: true, dataClass: 'internal' },
    reviews: { partitions: 12, retentionHours: 720, dataClass: 'internal' },
    shipments: { partitions: 12 },
  },
  // Sizes are ours: 2.3 million orders in six hours are some thousand events a second.
  streaming: { capacity: { vcpu: 4, memoryGiB: 16 }, storageGiB: 500, maxStorageGiB: 4000 },
  buckets: {
    // Files of pages; a page that is still open asks for those of the release before.
    assets: { holds: 'assets', dataClass: 'public' },
    pictures: { holds: 'uploads', dataClass: 'internal' },
    archive: { holds: 'archive', coldAfterDays: 90, dataClass: 'confidential' },
  },
  searches: {
    products: { topology: 'standby', capacity: { vcpu: 4, memoryGiB: 32 }, nodes: 3, storageGiB: 200 },
  },
  secrets: {
    'token-keys': {
      description: 'RSA key pairs that sign and verify the tokens of people',
    },
    'sign-in-providers': {
      description: 'Client secrets of the OAuth providers',
      fields: ['google', 'apple'],
      rotateDays: 180,
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
    stripe: { host: 'api.stripe.com', purpose: 'takes payments by its embedded checkout', timeoutMilliseconds: 8000 },
    google: { host: 'oauth2.googleapis.com', purpose: 'signs people in', timeoutMilliseconds: 3000 },
    apple: { host: 'appleid.apple.com', purpose: 'signs people in', timeoutMilliseconds: 3000 },
    shipping: { host: 'api.shipping.example.com', purpose: 'quotes, labels and tracks parcels' },
  },

  workflows: {
    // The times are ours.
    'order-saga': {
      timeoutMinutes: 60,
      steps: [
        {
          name: 'hold-stock',
          service: 'inventory',
          timeoutSeconds: 30,
          retries: 3,
          compensation: 'release-stock',
          // Others wait for what a failed order holds. What the service takes of that is ours.
          compensates: { withinMilliseconds: 200, workMilliseconds: 40 },
        },
        { name: 'take-payment', service: 'payment', timeoutSeconds: 120, retries: 2, compensation: 'refund-payment' },
        { name: 'fulfil-order', service: 'fulfilment', timeoutSeconds: 900, retries: 3, compensation: 'cancel-parcel' },
        {
          name: 'notify-customer',
          service: 'notification',
          timeoutSeconds: 120,
          retries: 3,
          compensation: { none: 'a message that was sent stays sent; how the run ended is told by another' },
        },
      ],
      notifies: 'notifications',
      // 2.3 million orders in six hours. A run enters ten states, more than AWS allows in this region without being asked.
      peak: { runsPerMinute: 6400, allowed: { transitionsPerSecond: 1500 } },
    },
  },

  // New things are shown to 1% of people first, and to more of them while nothing fails. What there is to turn is ours; who
  // turns it back is the services that ask, five at most a set.
  flags: {
    shop: {
      flags: {
        'new-checkout': { description: 'Shows the checkout of one page in place of that of four', percent: 1 },
        'stock-from-events': { description: 'Shows stock as the stream of levels has it', percent: 1 },
        'new-pages': { description: 'Shows pages of the new front end', percent: 1 },
      },
      // A mistake that 1% of people see is found in a quarter of an hour.
      rollout: { minutes: 10, stepPercent: 20, bakeMinutes: 15 },
    },
    accounts: {
      flags: {
        'passkey-sign-in': { description: 'Lets people sign in by a passkey', percent: 1 },
        'embedded-payment': { description: 'Takes payments by the embedded form of the third party', percent: 1 },
      },
      rollout: { minutes: 10, stepPercent: 20, bakeMinutes: 15 },
    },
  },

  // Sizes, maxima and limits are ours, reckoned from 180,000 people at once; the hottest service has 6 tasks by day and 28 at
  // the peak. Services that only other services call speak gRPC.
  services: {
    user: {
      team: 'identity',
      capacity: { vcpu: 2, memoryGiB: 4 },
      imageMiB: 120,
      scale: {
        min: 6,
        max: 28,
        cpuPercent: 60,
        requestsPerTask: 9000,
        steps,
        schedules: { season: { ...season, min: 24 } },
        growsWithinSeconds: 420,
      },
      // More than 50,000.
      peakRequestsPerMinute: 50_000,
      health,
      uses: {
        databases: ['store'],
        caches: ['sessions'],
        secrets: ['token-keys', 'sign-in-providers'],
        integrations: ['google', 'apple'],
        sends: ['notifications'],
        flags: ['accounts'],
      },
      migration,
      routes: [
        { path: '/api/sessions', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/registrations', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/password-resets', authentication: 'none', login: true, requestsPerMinute: 10 },
        { path: '/api/users', requestsPerMinute: 300 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    catalog: {
      team: 'catalog',
      capacity: { vcpu: 2, memoryGiB: 4 },
      imageMiB: 130,
      scale: {
        min: 4,
        max: 28,
        cpuPercent: 60,
        requestsPerTask: 9000,
        steps,
        schedules: { season: { ...season, min: 24 } },
        growsWithinSeconds: 420,
      },
      health,
      uses: {
        appends: ['products'],
        follows: ['stock-levels', 'reviews'],
        databases: ['store'],
        caches: ['products'],
        writes: ['pictures'],
        calls: ['inventory', 'pricing', 'review', 'search'],
        flags: ['shop'],
      },
      migration,
      // The federated graph: pages ask it from the server, browsers through the edge.
      routes: [{ path: '/api/graphql', authentication: 'none', requestsPerMinute: 600 }],
      release: canary,
    },
    inventory: {
      team: 'inventory',
      protocol: 'grpc',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 110,
      scale: { min: 3, max: 18, cpuPercent: 60, backlogPerTask: 50 },
      health,
      uses: { appends: ['stock-levels'], follows: ['order-events'], databases: ['store'] },
      migration,
    },
    pricing: {
      team: 'catalog',
      protocol: 'grpc',
      imageMiB: 110,
      scale: { min: 3, max: 12, cpuPercent: 60 },
      health,
      uses: { follows: ['products'], databases: ['store'], caches: ['products'] },
      migration,
    },
    search: {
      team: 'catalog',
      protocol: 'grpc',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 110,
      scale: { min: 3, max: 18, cpuPercent: 60 },
      health,
      uses: { follows: ['products', 'stock-levels'], searches: ['products'] },
    },
    review: {
      team: 'engagement',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 110,
      scale: { min: 2, max: 10, cpuPercent: 60, requestsPerTask: 3000 },
      health,
      uses: { appends: ['reviews'], follows: ['order-events'], databases: ['store'] },
      migration,
      routes: [
        { path: '/api/reviews', requestsPerMinute: 120 },
        {
          path: '/api/ratings',
          authentication: 'none',
          methods: ['GET'],
          cacheSeconds: 60,
          requestsPerMinute: 1200,
        },
      ],
      release: canary,
    },
    cart: {
      team: 'checkout',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 110,
      scale: {
        min: 4,
        max: 24,
        cpuPercent: 60,
        requestsPerTask: 6000,
        steps,
        schedules: { season: { ...season, min: 20 } },
        growsWithinSeconds: 420,
      },
      health,
      uses: { databases: ['store'], caches: ['sessions'], calls: ['pricing', 'inventory'], flags: ['shop'] },
      migration,
      routes: [{ path: '/api/carts', requestsPerMinute: 300 }],
      ...sells,
      dataClass: 'confidential',
    },
    order: {
      team: 'checkout',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 120,
      scale: {
        min: 4,
        max: 24,
        cpuPercent: 60,
        requestsPerTask: 3000,
        backlogPerTask: 100,
        steps,
        schedules: { season: { ...season, min: 20 } },
        growsWithinSeconds: 420,
      },
      health,
      uses: {
        appends: ['order-events'],
        follows: ['payment-events', 'shipments'],
        databases: ['store'],
        sends: ['orders', 'notifications'],
        receives: ['orders'],
        calls: ['cart', 'inventory', 'pricing', 'shipping'],
        starts: ['order-saga'],
        writes: ['archive'],
        flags: ['shop'],
      },
      migration,
      routes: [
        { path: '/api/checkout', requestsPerMinute: 60 },
        { path: '/api/orders', requestsPerMinute: 300 },
      ],
      ...sells,
      dataClass: 'confidential',
    },
    payment: {
      team: 'payment',
      capacity: { vcpu: 1, memoryGiB: 2 },
      imageMiB: 120,
      scale: { min: 3, max: 18, cpuPercent: 60, requestsPerTask: 3000, backlogPerTask: 20 },
      health,
      timeoutSeconds: 20,
      uses: {
        appends: ['payment-events'],
        databases: ['payments'],
        integrations: ['stripe'],
        secrets: ['payment-provider'],
        flags: ['accounts'],
      },
      migration,
      routes: [
        { path: '/api/payments', requestsPerMinute: 60 },
        { path: '/api/payments/callbacks', authentication: 'none', methods: ['POST'], requestsPerMinute: 12_000 },
      ],
      release: { kind: 'blue-green', bakeMinutes: 30, rollback: { errorPercent: 0.5, p95Milliseconds: 2000 } },
      dataClass: 'restricted',
    },
    fulfilment: {
      team: 'logistics',
      imageMiB: 110,
      scale: { min: 2, max: 12, cpuPercent: 60, backlogPerTask: 50 },
      health,
      uses: { databases: ['store'], calls: ['shipping'] },
      migration,
      dataClass: 'confidential',
    },
    shipping: {
      team: 'logistics',
      protocol: 'grpc',
      imageMiB: 110,
      scale: { min: 2, max: 10, cpuPercent: 60 },
      health,
      uses: {
        appends: ['shipments'],
        databases: ['store'],
        integrations: ['shipping'],
        secrets: ['shipping-provider'],
      },
      migration,
      dataClass: 'confidential',
    },
    notification: {
      team: 'engagement',
      imageMiB: 110,
      scale: { min: 2, max: 16, backlogPerTask: 500 },
      health,
      timeoutSeconds: 60,
      uses: {
        follows: ['shipments'],
        databases: ['store'],
        receives: ['notifications', 'undelivered'],
        messages: ['customers'],
        secrets: ['apple-push', 'google-push'],
      },
      migration,
      dataClass: 'confidential',
    },
    // Next.js on a server. What it keeps of pages it keeps in memory: the edge keeps them for everybody.
    web: {
      team: 'web',
      port: 3000,
      capacity: { vcpu: 2, memoryGiB: 4 },
      imageMiB: 180,
      scale: {
        min: 4,
        max: 28,
        cpuPercent: 60,
        requestsPerTask: 6000,
        steps,
        schedules: { season: { ...season, min: 24 } },
        growsWithinSeconds: 420,
      },
      health,
      uses: { caches: ['products'], calls: ['catalog', 'pricing', 'search'], flags: ['shop'] },
      routes: [{ path: '/', authentication: 'none', requestsPerMinute: 600 }],
      release: canary,
      dataClass: 'public',
    },
  },

  scopes: {
    // Stripe keeps cards; what this knows of payments is judged all the same, apart from everything else. Three years are ours:
    // PCI DSS asks for one.
    cards: {
      standard: 'PCI DSS 4.0.1',
      services: ['payment'],
      databases: ['payments'],
      secrets: ['payment-provider'],
      archiveDays: 1095,
    },
  },

  telemetry: {
    // Of 50,000 requests a minute, 2,500 are enough to find what is slow; ours. The way of one of them over twelve services is
    // read within two seconds.
    tracedPercent: 5,
    traceSeconds: 2,
    dashboards: { signIn: { by: 'identity-center' } },
  },

  gateway: {
    capacity: { vcpu: 4, memoryGiB: 8 },
    // What four processors of Kong pass on is ours: 600 requests a second.
    scale: { min: 4, max: 24, cpuPercent: 60, requestsPerTask: 36_000, schedules: { season: { ...season, min: 20 } } },
    tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
    limitsCache: 'sessions',
    requestsPerMinute: 600,
    maxBodyMiB: 4,
  },
  edge: {
    assets: 'assets',
    apiPath: '/api',
    // Pages are made anew every five minutes. What is personal is never kept: that, and what a request says of the part of a
    // page that it asks for, are how Next.js works.
    site: {
      service: 'web',
      files: ['/_next/static', '/images'],
      keepSeconds: 300,
      vary: ['RSC', 'Next-Router-Prefetch', 'Next-Router-State-Tree', 'Next-Url'],
      personal: ['/account', '/cart', '/checkout', '/orders'],
    },
    // A household, a school or an operator of mobile telephones comes from one address.
    firewall: { requestsPerAddress: 6000, loginsPerAddress: 200 },
  },

  // Everybody that is promised, with four requests a minute as there. What they look at is ours.
  loadTests: {
    peak: {
      description: 'As many people as are promised look around the shop at once',
      routes: [
        { path: '/', weight: 6 },
        { path: '/api/ratings', weight: 4 },
      ],
      pauseSeconds: 15,
    },
  },

  stages: {
    production: {
      domain: 'shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOPFLOW', name: 'example.com' },
      alarms: { email: 'on-call@example.com' },
      protected: true,
      logDays: 365,
      sites: {
        primary: {
          cloud: 'aws',
          account: '111122223333',
          region: 'us-east-2',
          zones: ['us-east-2a', 'us-east-2b', 'us-east-2c'],
          network: { cidr: '10.28.0.0/16', nat: 'per-zone', interfaceEndpoints: true },
        },
      },
    },
    staging: {
      domain: 'staging.shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOPFLOW', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: true,
      logDays: 90,
      // Every Saturday night; ours.
      loadTests: { schedule: '0 3 * * 6', timeZone: 'America/New_York' },
      sites: {
        primary: {
          cloud: 'aws',
          account: '444455556666',
          region: 'us-east-2',
          zones: ['us-east-2a', 'us-east-2b', 'us-east-2c'],
          network: { cidr: '10.29.0.0/16', nat: 'single', interfaceEndpoints: true, flowLogDays: 90 },
        },
      },
      every: {
        services: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          peakRequestsPerMinute: null,
          scale: { min: 2, max: 4, schedules: null },
        },
        databases: { capacity: { vcpu: 2, memoryGiB: 16 } },
      },
      overrides: {
        // Ours: what four tasks of each service stand.
        goals: { requestsPerUser: null, concurrentUsers: 8000 },
        databases: { store: { readerScaling: { max: 2 } } },
        caches: { sessions: { memoryGiB: 1 }, products: { memoryGiB: 1 } },
        messages: { customers: { email: { dailyMessages: 1000, addresses: 'shared' }, sms: { monthlyDollars: 50 } } },
        searches: { products: { capacity: { vcpu: 2, memoryGiB: 16 }, storageGiB: 50 } },
        streaming: { capacity: { vcpu: 2, memoryGiB: 8 }, storageGiB: 50, maxStorageGiB: 200 },
        gateway: {
          capacity: { vcpu: 1, memoryGiB: 2 },
          scale: { min: 2, max: 4, schedules: null },
          tokens: { issuer: 'https://staging.shop.example.com' },
        },
      },
    },
    // Cheap: two zones, one way out, the smallest sizes, one server of each kind, a week of logs.
    development: {
      domain: 'dev.shop.example.com',
      hostedZone: { id: 'Z0EXAMPLE0SHOPFLOW', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: false,
      logDays: 7,
      sites: {
        primary: {
          cloud: 'aws',
          account: '123456789012',
          region: 'us-east-2',
          zones: ['us-east-2a', 'us-east-2b'],
          network: { cidr: '10.30.0.0/16', nat: 'single', interfaceEndpoints: false, flowLogDays: 7 },
        },
      },
      every: {
        services: {
          capacity: { vcpu: 0.25, memoryGiB: 0.5 },
          scale: { min: 1, max: 2, schedules: null },
          peakRequestsPerMinute: null,
          p95Milliseconds: null,
          release: { kind: 'rolling' },
        },
        databases: {
          capacity: { vcpu: 2, memoryGiB: 4 },
          readReplicas: 0,
          backupRetentionDays: 7,
          insights: 'standard',
        },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      omits: { scopes: { cards: { reason: 'no card is known here, and a firewall costs more than the rest' } } },
      overrides: {
        goals: { requestsPerUser: null },
        databases: { store: { capacity: { vcpu: 2, memoryGiB: 8 }, readerScaling: { max: 1 } } },
        streaming: { capacity: { vcpu: 2, memoryGiB: 8 }, storageGiB: 20, maxStorageGiB: 50 },
        messages: { customers: { email: { dailyMessages: 200, addresses: 'shared' }, sms: null } },
        searches: { products: { topology: 'single', capacity: { vcpu: 2, memoryGiB: 4 }, nodes: 1, storageGiB: 20 } },
        gateway: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2, schedules: null },
          tokens: { issuer: 'https://dev.shop.example.com' },
        },
      },
    },
  },
});
