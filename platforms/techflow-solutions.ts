import { definePlatform } from '../lib/platform/definition';

/**
 * 5% at first. The next steps are kept where Kubernetes runs the service: the canary of ECS has two phases, and so have the
 * hours before everybody has a release, with fifteen of them a day.
 */
const canary = {
  kind: 'canary',
  steps: [
    { percent: 5, minutes: 15 },
    { percent: 25, minutes: 10 },
    { percent: 50, minutes: 10 },
  ],
  bakeMinutes: 15,
  acceptTwoPhases: {
    reason: 'ECS moves from 5% to all at once; the steps between are kept where Kubernetes runs the service',
  },
  // Taken back when errors are more than 2% above those of the stable version.
  rollback: { errorPercent: 2, errorsAbove: 'stable', p95Milliseconds: 1000, minimumRequests: 50 },
} as const;

/** A task is ready once database, cache and third parties have answered, and while the first two do. */
const proven = { always: ['databases', 'caches'], once: ['integrations'] } as const;

/**
 * TechFlow Solutions: project management for enterprises, 120,000 people a day of two million who have an account. One site
 * on AWS in the European Union, where the data of its customers stays.
 *
 * Where the figures come from: unless marked "ours", from the platform's own requirements. Where those name a promise
 * and a result, the stricter one is written here.
 *
 * Account ids, domain, hosted zone, addresses of people and hosts of third parties are documentation values: replace them
 * before the first deployment, which refuses each of them by name.
 */
export default definePlatform({
  name: 'techflow-solutions',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'projects' },
  delivery: {
    repository: 'example/techflow-solutions',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
  },

  goals: {
    // Promised: 99.9%.
    availabilityPercent: 99.96,
    // A page appears in 0.8 s under peak load.
    p95Milliseconds: 800,
    errorPercent: 0.15,
    // Five times the 5,000 of before; 50,000 people a day became 120,000.
    concurrentUsers: 25_000,
    // Ours: somebody at work on a board, every twelve seconds; what others change comes by its connection.
    requestsPerUser: 5,
    databaseFailoverSeconds: 45,
    queryMilliseconds: 280,
    // Promised: 10 minutes.
    repairMinutes: 6,
    // Fifteen a day, on seven days.
    releasesPerWeek: 105,
    monthlyDollars: 7000,
    // Reserved capacity is a part of what makes 12,000 dollars 7,000; the shares are ours: what runs at night, with room to shrink.
    commitments: { coveredPercent: 60, usedPercent: 90 },
  },

  residency: {
    // The regions are ours.
    regions: ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1'],
    reason: 'GDPR: what customers keep about people stays in the European Union',
    edgeLogs: {
      reason:
        'Addresses of requests that the firewall refused or counted are needed to see attacks, hold nothing that customers keep, and leave with the logs',
    },
  },

  // GDPR: who asks for it is forgotten, by everybody who knows something of them.
  erasure: {
    topic: 'erasures',
    days: 7,
    exempt: {
      user: { reason: 'It is the one that is asked: it forgets in the transaction in which it publishes' },
    },
  },

  databases: {
    // Two terabytes when it moved, and a disk that does not grow by itself. Its size is ours: what the connections of a
    // morning need.
    store: {
      engine: 'postgres',
      version: '17',
      topology: 'multi-az-cluster',
      capacity: { vcpu: 4, memoryGiB: 32 },
      storageGiB: 3072,
      readReplicas: 2,
      // Teams log in together at nine, which exhausted the connections of before. A query takes 280 ms, also in such minutes;
      // what a login needs of them, and that all come within ten minutes, is ours.
      pooling: {
        maxConnectionsPercent: 90,
        borrowTimeoutSeconds: 10,
        rush: { minutes: 10, transactionsPerUser: 12, transactionMilliseconds: 280 },
      },
    },
  },
  caches: {
    sessions: { holds: 'sessions', memoryGiB: 3, replicas: 1 },
    // Read-heavy answers, 94% of them found here, and the channels over which the tasks of project tell each other.
    projects: { holds: 'cache', memoryGiB: 6, replicas: 1, snapshotRetentionDays: 1, hitPercent: 94 },
  },
  queues: {
    notifications: { maxReceives: 8, visibilitySeconds: 120 },
    reports: { maxReceives: 3, visibilitySeconds: 900, maxAgeSeconds: 1800 },
    'project-erasures': { retentionHours: 336, maxAgeSeconds: 86_400, visibilitySeconds: 300 },
    'reporting-erasures': { retentionHours: 336, maxAgeSeconds: 86_400, visibilitySeconds: 300 },
    'billing-erasures': { retentionHours: 336, maxAgeSeconds: 86_400, visibilitySeconds: 300 },
    'notification-erasures': { retentionHours: 336, maxAgeSeconds: 86_400, visibilitySeconds: 300 },
    // E-mail that did not arrive: its addresses are written to no more.
    undelivered: { maxReceives: 8, visibilitySeconds: 300 },
  },
  // E-mail from a domain of its own. The limit is ours: two a day to each who comes, and a quarter more on the first of a month.
  messages: {
    people: { email: { dailyMessages: 300_000, timeoutMilliseconds: 5000 }, feedback: 'undelivered' },
  },
  // Persons to forget, for each service that knows something of them. A day, and two weeks until they are lost, are ours.
  topics: {
    erasures: { subscribers: ['project-erasures', 'reporting-erasures', 'billing-erasures', 'notification-erasures'] },
  },
  buckets: {
    pages: { holds: 'assets', dataClass: 'public' },
    // What people attach to projects, written in parts. How long parts without an end are kept is ours.
    files: { holds: 'uploads', incompleteUploadDays: 2, uploadSuccessPercent: 99.8, dataClass: 'confidential' },
    // Made from what is kept elsewhere. Ours: a report is asked for again after a quarter.
    reports: { holds: 'uploads', expireDays: 90, noncurrentDays: 7, dataClass: 'confidential' },
  },
  // Each is changed by people, and somebody is called when nobody did. How often is ours.
  secrets: {
    'token-keys': {
      description: 'RSA key pairs that sign and verify the tokens of people',
    },
    'payment-provider': {
      description: 'API key of the payment provider',
      fields: ['apiKey', 'webhookKey'],
      rotateDays: 180,
    },
    // Who is there for walks alone, and sees the boards of a company of its own.
    'journey-person': {
      description: 'E-mail and password of the person who exists for journeys alone',
      fields: ['email', 'password'],
      rotateDays: 90,
    },
    slack: { description: 'Credentials of the Slack app', fields: ['clientSecret', 'signingKey'], rotateDays: 180 },
    teams: { description: 'Credentials of the Microsoft Teams app', fields: ['clientSecret'], rotateDays: 180 },
    'google-workspace': {
      description: 'Credentials of the Google Workspace app',
      fields: ['clientSecret'],
      rotateDays: 180,
    },
  },
  // Each fails alone: its own time limit and its own way out. The times are ours.
  integrations: {
    slack: { host: 'slack.com', purpose: 'posts messages and answers commands', timeoutMilliseconds: 3000 },
    teams: { host: 'graph.microsoft.com', purpose: 'posts messages in Microsoft Teams', timeoutMilliseconds: 3000 },
    'google-workspace': {
      host: 'www.googleapis.com',
      purpose: 'calendars and documents of Google Workspace',
      timeoutMilliseconds: 3000,
    },
    payments: { host: 'api.payments.example.com', purpose: 'charges subscriptions', timeoutMilliseconds: 8000 },
  },

  // Turned while services run: a percentage, and customers by their plan. The flags themselves are ours.
  flags: {
    features: {
      flags: {
        'live-cursors': {
          description: 'Shows who is where on the board of a project',
          percent: 5,
          segments: [{ attribute: 'plan', values: ['enterprise'] }],
        },
        'report-builder': { description: 'Lets people put reports together themselves' },
        'legacy-board': { description: 'Shows the board as it was before the services', percent: 100 },
      },
      rollout: { minutes: 10, stepPercent: 20, bakeMinutes: 10 },
    },
  },

  // Sizes and numbers of tasks are ours; the maximum is what the load test at ten times the load of before needs, and what it may cost.
  services: {
    user: {
      team: 'identity',
      capacity: { vcpu: 0.5, memoryGiB: 1 },
      scale: { min: 3, max: 30, cpuPercent: 70, requestsPerTask: 1500 },
      health: { proves: { always: ['databases', 'caches'] } },
      uses: {
        databases: ['store'],
        caches: ['sessions'],
        secrets: ['token-keys'],
        sends: ['notifications'],
        publishes: ['erasures'],
        flags: ['features'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/sessions', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/registrations', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/users', requestsPerMinute: 300 },
      ],
      contract: 'openapi',
      release: canary,
      dataClass: 'confidential',
    },
    project: {
      team: 'projects',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 50, cpuPercent: 70, requestsPerTask: 2000 },
      drainSeconds: 120,
      health: { proves: proven },
      uses: {
        databases: ['store'],
        caches: ['projects'],
        writes: ['files'],
        sends: ['notifications'],
        receives: ['project-erasures'],
        calls: ['user'],
        flags: ['features'],
        integrations: ['google-workspace'],
        secrets: ['google-workspace'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/projects', requestsPerMinute: 1200 },
        // Clients of before the services ask under their own path and with their own words, and go on as they are.
        {
          path: '/api/v1/projects',
          requestsPerMinute: 600,
          addHeaders: { 'X-Client-Generation': 'legacy' },
          transform: {
            path: '/api/projects',
            removeHeaders: ['X-Legacy-Session'],
            renameHeaders: { 'X-Company': 'X-Account' },
            renameQuery: { pageNo: 'page' },
            removeQuery: ['format'],
            addQuery: { zone: 'utc' },
          },
        },
        { path: '/api/files', requestsPerMinute: 600 },
        // A browser cannot send a token when it connects, so it asks for a ticket with one, which opens one connection once.
        { path: '/api/tickets', methods: ['POST'], requestsPerMinute: 60 },
        {
          path: '/api/collaboration',
          methods: ['GET'],
          authentication: 'none',
          websocket: true,
          requestsPerMinute: 3000,
        },
      ],
      // Who works on the same project sees the same. Connections a task and times are ours.
      sockets: { channels: 'projects', perTask: 1000, idleSeconds: 300, stickySeconds: 3600 },
      contract: 'openapi',
      release: canary,
      dataClass: 'confidential',
    },
    reporting: {
      team: 'insight',
      capacity: { vcpu: 1, memoryGiB: 4 },
      scale: { min: 2, max: 8, cpuPercent: 70, requestsPerTask: 300, backlogPerTask: 5 },
      timeoutSeconds: 300,
      health: { proves: { always: ['databases', 'caches'] } },
      uses: {
        databases: ['store'],
        caches: ['projects'],
        writes: ['reports'],
        sends: ['reports', 'notifications'],
        flags: ['features'],
        receives: ['reports', 'reporting-erasures'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [{ path: '/api/reports', requestsPerMinute: 120 }],
      contract: 'openapi',
      release: canary,
      dataClass: 'confidential',
    },
    billing: {
      team: 'billing',
      scale: { min: 2, max: 6, cpuPercent: 70, requestsPerTask: 1000 },
      timeoutSeconds: 20,
      health: { proves: { always: ['databases'], once: ['integrations'] } },
      uses: {
        databases: ['store'],
        integrations: ['payments'],
        secrets: ['payment-provider'],
        sends: ['notifications'],
        receives: ['billing-erasures'],
        calls: ['user'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/billing', requestsPerMinute: 120 },
        { path: '/api/billing/callbacks', authentication: 'none', methods: ['POST'], requestsPerMinute: 600 },
      ],
      contract: 'openapi',
      release: { kind: 'blue-green', bakeMinutes: 15, rollback: { errorPercent: 1, p95Milliseconds: 2000 } },
      dataClass: 'restricted',
    },
    // The first that left the monolith. E-mail is tried again until it is delivered or dead.
    notification: {
      team: 'engagement',
      scale: { min: 2, max: 10, backlogPerTask: 200 },
      timeoutSeconds: 60,
      health: { proves: { always: ['databases'], once: ['integrations', 'messages'] } },
      uses: {
        databases: ['store'],
        receives: ['notifications', 'notification-erasures', 'undelivered'],
        messages: ['people'],
        integrations: ['slack', 'teams'],
        secrets: ['slack', 'teams'],
        calls: ['user'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      dataClass: 'confidential',
    },
    // Next.js, rendered on the server. Its size is ours.
    web: {
      team: 'projects',
      port: 3000,
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 40, cpuPercent: 70, requestsPerTask: 3000 },
      uses: { calls: ['user', 'project', 'reporting'], flags: ['features'] },
      routes: [{ path: '/', authentication: 'none', requestsPerMinute: 600 }],
      release: canary,
      dataClass: 'internal',
    },
  },

  // Ours, where the document names a product: figures and traces of every service. Who signs in is ours, too.
  telemetry: { dashboards: { signIn: { by: 'identity-center' } } },

  gateway: {
    // What a processor of Kong passes on is ours: 150 requests a second, which verifies each token and counts each request in Redis.
    // Kong itself measures forty times that, without either: https://developer.konghq.com/gateway/performance/benchmarks/
    scale: { min: 3, max: 28, cpuPercent: 70, requestsPerTask: 9000 },
    tokens: { issuer: 'https://projects.example.com', secret: 'token-keys' },
    limitsCache: 'sessions',
    requestsPerMinute: 600,
    maxBodyMiB: 16,
  },
  // A floor of an office comes from one address, and everybody on it logs in at nine.
  edge: {
    assets: 'pages',
    apiPath: '/api',
    // Every page is somebody's board, so the edge keeps none; files of a release it keeps.
    site: { service: 'web', files: ['/_next/static'] },
    firewall: { requestsPerAddress: 30_000, loginsPerAddress: 1000 },
  },

  // What people do first; the third proves that the gateway asks for tokens. What is said on the page is ours.
  journeys: {
    'open-start-page': {
      description: 'Opens the start page',
      steps: [{ name: 'start-page', path: '/', contains: '<html', milliseconds: 3000 }],
    },
    'reach-api': {
      description: 'Reaches the API through edge and gateway',
      steps: [
        { name: 'gateway', path: '/api/.well-known/ready', contains: 'ready' },
        { name: 'profile-without-token', path: '/api/users/me', status: 401 },
        { name: 'projects-without-token', path: '/api/projects', status: 401 },
      ],
    },
    'open-projects': {
      description: 'Signs in, and opens the own profile and the list of projects',
      signIn: { secret: 'journey-person', path: '/api/sessions', status: 201 },
      steps: [
        { name: 'profile', path: '/api/users/me' },
        { name: 'projects', path: '/api/projects' },
      ],
    },
    'be-refused': {
      description: 'Signs in with a wrong password, and is told so',
      steps: [
        { name: 'start-page', path: '/' },
        {
          name: 'wrong-password',
          method: 'POST',
          path: '/api/sessions',
          body: { email: 'journey@example.com', password: 'not-the-password' },
          status: 401,
        },
      ],
    },
  },

  // Ten times the 5,000 of before is twice what is promised. What people do, and that each asks every ten seconds, is ours.
  loadTests: {
    'ten-times': {
      description: 'Twice the people that are promised open boards and come to the API at once',
      journeys: { 'open-start-page': 6, 'reach-api': 3, 'be-refused': 1 },
      times: 2,
      pauseSeconds: 10,
    },
  },

  // Before it went live the platform was broken on purpose in these three ways. What is expected of each is ours.
  experiments: {
    'killed-tasks': {
      kind: 'stop-tasks',
      expects: 'Half of the tasks of project stop: boards reconnect to the others, and requests go on being answered',
      service: 'project',
      percent: 50,
    },
    'cut-off-zone': {
      kind: 'network-partition',
      expects:
        'One zone loses the others for five minutes: the balancer leaves its tasks out, and requests go on being answered',
      zone: 1,
      minutes: 5,
    },
    'lost-writer': {
      kind: 'database-failover',
      expects: 'The database takes writes again within 45 seconds, and the pool hides it from most requests',
      database: 'store',
    },
  },

  stages: {
    production: {
      domain: 'projects.example.com',
      hostedZone: { id: 'Z0EXAMPLE0PROJECTS', name: 'example.com' },
      alarms: { email: 'on-call@example.com' },
      protected: true,
      logDays: 365,
      // One place for the logs of all services. Its size, and that a quarter is found, are ours.
      logs: {
        search: {
          capacity: { vcpu: 2, memoryGiB: 16 },
          storageGiB: 200,
          keepDays: 90,
          readers: ['arn:aws:iam::111122223333:role/engineers'],
        },
      },
      // SOC 2 Type II: evidence for the auditors, all the time.
      // The audit trail of the database is kept as that of the account is: unchanged. For how long is ours.
      audit: { conformance: ['soc-2'], databaseLogs: { archiveDays: 1095 } },
      // Every five minutes, from north, west and south of the customers; the regions are ours.
      journeys: { from: ['eu-west-1', 'eu-north-1', 'eu-south-1'], everyMinutes: 5 },
      sites: {
        primary: {
          cloud: 'aws',
          account: '111122223333',
          region: 'eu-central-1',
          zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
          network: {
            cidr: '10.24.0.0/16',
            nat: 'per-zone',
            interfaceEndpoints: true,
            // Two offices, with addresses of routers that only documents use; their number and ranges are ours.
            offices: {
              headquarters: { address: '203.0.113.10', ranges: ['192.168.16.0/20'], reaches: ['databases', 'logs'] },
              support: {
                address: '198.51.100.20',
                asn: 65_001,
                ranges: ['192.168.32.0/22'],
                reaches: ['databases', 'logs'],
              },
            },
          },
        },
      },
    },
    staging: {
      domain: 'staging.projects.example.com',
      hostedZone: { id: 'Z0EXAMPLE0PROJECTS', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: true,
      logDays: 90,
      experiments: {
        reason: 'Nobody works here: what production must bear is tried here first, with the load test running',
      },
      // Every Saturday, before anybody works; ours.
      loadTests: { schedule: '0 4 * * 6', timeZone: 'Europe/Berlin' },
      sites: {
        primary: {
          cloud: 'aws',
          account: '444455556666',
          region: 'eu-central-1',
          zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
          network: { cidr: '10.25.0.0/16', nat: 'single', interfaceEndpoints: true, flowLogDays: 90 },
        },
      },
      every: { services: { scale: { min: 2, max: 4 } } },
      overrides: {
        databases: { store: { capacity: { vcpu: 2, memoryGiB: 16 }, storageGiB: 100 } },
        caches: { sessions: { memoryGiB: 1 }, projects: { memoryGiB: 1 } },
        messages: { people: { email: { dailyMessages: 1000 } } },
        gateway: { scale: { min: 2, max: 4 }, tokens: { issuer: 'https://staging.projects.example.com' } },
        // A tenth of production, in people as in sizes; the load test brings twice as many.
        goals: { concurrentUsers: 2500, commitments: null },
      },
    },
    // Cheap: two zones, one way out, the smallest sizes, one server, a week of logs.
    development: {
      domain: 'dev.projects.example.com',
      hostedZone: { id: 'Z0EXAMPLE0PROJECTS', name: 'example.com' },
      alarms: { email: 'platform@example.com' },
      protected: false,
      logDays: 7,
      sites: {
        primary: {
          cloud: 'aws',
          account: '123456789012',
          region: 'eu-central-1',
          zones: ['eu-central-1a', 'eu-central-1b'],
          network: { cidr: '10.26.0.0/16', nat: 'single', interfaceEndpoints: false, flowLogDays: 7 },
        },
      },
      every: {
        services: { capacity: { vcpu: 0.25, memoryGiB: 0.5 }, scale: { min: 1, max: 2 }, release: { kind: 'rolling' } },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      overrides: {
        databases: {
          store: {
            topology: 'multi-az-instance',
            capacity: { vcpu: 2, memoryGiB: 4 },
            storageGiB: 50,
            readReplicas: 0,
            backupRetentionDays: 7,
            insights: 'standard',
          },
        },
        messages: { people: { email: { dailyMessages: 200 } } },
        gateway: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2, requestsPerTask: null },
          tokens: { issuer: 'https://dev.projects.example.com' },
        },
        // Developers alone, on the smallest sizes.
        goals: { concurrentUsers: 100, requestsPerUser: null, commitments: null },
      },
    },
  },
});
