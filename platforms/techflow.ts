import { definePlatform } from '../lib/platform/definition';

/** A tenth of the requests at first, all of them after an hour: twelve releases a day go this way. */
const canary = {
  kind: 'canary',
  steps: [
    { percent: 10, minutes: 15 },
    { percent: 30, minutes: 15 },
    { percent: 60, minutes: 15 },
  ],
  bakeMinutes: 15,
  rollback: { errorPercent: 0.5, p95Milliseconds: 200, minimumRequests: 50 },
} as const;

/** What the recovery site does without. */
const standbyWaivers = {
  readReplicas: {
    reason: 'the one replica there takes over, and answers readers until then; replicas of it are made once it has',
    // Ours: Azure copies a server of this size within half an hour.
    minutes: 30,
  },
} as const;

/**
 * TechFlow: automation of workflows as a service, on Azure alone, with a warehouse on Google Cloud beside it.
 *
 * Where the figures come from: unless marked "ours", from the platform's own requirements. Where those name a promise
 * and a result, the stricter one is written here.
 *
 * Subscription, tenant, project and billing ids, domain, zone and addresses of people are documentation values: replace
 * them before the first deployment, which refuses each of them by name.
 */
export default definePlatform({
  name: 'techflow',
  owner: { team: 'platform', email: 'platform@example.com', costCentre: 'automation' },
  delivery: {
    repository: 'example/techflow',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
    manifests: { by: 'argocd', repository: 'https://github.com/example/techflow-manifests' },
  },

  goals: {
    availabilityPercent: 99.97,
    p95Milliseconds: 142,
    // Ours: no rate of errors is named.
    errorPercent: 0.1,
    // Ours: a twentieth of 2.3 million users a day, at the busiest hour.
    concurrentUsers: 115_000,
    // Ours: workflows run by themselves; somebody who has them open looks or changes something every 40 seconds.
    requestsPerUser: 1.5,
    // Ours: redundancy of several regions is asked for, and neither time nor point is named.
    recovery: { timeMinutes: 60, databasePointMinutes: 5, objectsPointMinutes: 20, approvalMinutes: 10 },
    repairMinutes: 18,
    // Twelve a day.
    releasesPerWeek: 84,
    monthlyDollars: 28_000,
  },

  // One server, a schema a service: several small databases were tried, and given up.
  databases: {
    store: { engine: 'postgres', version: '17', capacity: { vcpu: 8, memoryGiB: 64 }, readReplicas: 2 },
  },
  // Every action of a workflow is an event, which nothing changes: audit and way back are had from them.
  eventStores: { 'workflow-actions': { database: 'store', owner: 'workflow' } },
  caches: {
    definitions: { holds: 'cache', memoryGiB: 12, replicas: 1 },
    sessions: { holds: 'sessions', memoryGiB: 6, replicas: 1 },
  },
  queues: {
    'workflow-steps': { maxReceives: 5, visibilitySeconds: 120, maxAgeSeconds: 300 },
    'webhook-deliveries': { maxReceives: 10, visibilitySeconds: 120 },
    notifications: { maxReceives: 5, visibilitySeconds: 120 },
    'usage-events': { maxReceives: 5, visibilitySeconds: 300 },
    // What did not arrive of messages: their addresses are written to no more.
    undelivered: { maxReceives: 5, visibilitySeconds: 300 },
  },
  // E-mail, SMS and push: how workflows tell people. Limits and countries are ours: an e-mail a day for every fourth of 2.3 million
  // users, and SMS for what cannot wait.
  messages: {
    people: {
      email: { dailyMessages: 600_000 },
      sms: {
        countries: {
          DE: { kind: 'name', name: 'TECHFLOW' },
          FR: { kind: 'name', name: 'TECHFLOW' },
          NL: { kind: 'name', name: 'TECHFLOW' },
        },
        monthlyDollars: 1000,
      },
      push: {
        apple: { topic: 'com.example.techflow', secret: 'apple-push' },
        google: { project: 'example-techflow-push', secret: 'google-push' },
      },
      feedback: 'undelivered',
    },
  },
  // Ours: turned while services run, for customers by their plan and for a share of everybody else, in both regions at once.
  flags: {
    features: {
      flags: {
        'parallel-steps': {
          description: 'Runs steps of a workflow at the same time where none waits for another',
          percent: 5,
          segments: [{ attribute: 'plan', values: ['enterprise'] }],
        },
        'visual-editor': { description: 'Shows the editor that draws workflows as a graph', percent: 20 },
      },
      rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
    },
  },
  topics: { 'workflow-events': { subscribers: ['usage-events', 'webhook-deliveries'] } },
  buckets: {
    assets: { holds: 'assets', dataClass: 'public' },
    archive: { holds: 'archive', coldAfterDays: 90, dataClass: 'confidential' },
  },
  secrets: {
    'token-keys': {
      description: 'RSA key pairs that sign and verify tokens of users, the same on both sites',
    },
    'webhook-keys': {
      description: 'Key by which receivers know who called their webhook',
      fields: ['signingKey'],
      rotateDays: 180,
    },
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
  // Ours: whom users connect their workflows to. Each fails alone: its own time, its own circuit breaker.
  integrations: {
    documents: {
      host: 'api.documents.example.com',
      purpose: 'reads and writes documents of users',
      timeoutMilliseconds: 8000,
    },
    customers: { host: 'api.customers.example.com', purpose: 'reads and writes records of customers' },
  },

  warehouses: {
    product: {
      replayDays: 7,
      maxAgeSeconds: 600,
      tables: {
        // What the services log of each request.
        requests: {
          columns: {
            occurred_at: { type: 'timestamp', description: 'When the request was answered' },
            service: { type: 'string', description: 'Service that answered' },
            route: { type: 'string', description: 'Route without what is of one user' },
            status: { type: 'integer', description: 'Status of the answer' },
            milliseconds: { type: 'number', description: 'Time to the answer' },
            trace: { type: 'string', required: false, description: 'Trace that it belongs to' },
          },
          partitionBy: 'occurred_at',
          clusterBy: ['service', 'route'],
          keepDays: 90,
        },
        // What users do with their workflows.
        'workflow-actions': {
          columns: {
            occurred_at: { type: 'timestamp', description: 'When the action was taken' },
            tenant: { type: 'string', description: 'Customer whose workflow it is' },
            workflow: { type: 'string', description: 'Workflow, by its id' },
            action: { type: 'string', description: 'Kind of the action' },
            succeeded: { type: 'boolean', description: 'Whether it did what it was to do' },
            detail: { type: 'json', required: false, description: 'What else is known of it' },
          },
          partitionBy: 'occurred_at',
          clusterBy: ['tenant', 'action'],
          keepDays: 800,
        },
      },
    },
  },

  services: {
    user: {
      team: 'identity',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 30, cpuPercent: 60, requestsPerTask: 2000 },
      uses: {
        databases: ['store'],
        caches: ['sessions'],
        secrets: ['token-keys'],
        sends: ['notifications'],
        feeds: ['product'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/sessions', authentication: 'none', login: true, requestsPerMinute: 30 },
        { path: '/api/users', requestsPerMinute: 300 },
        { path: '/api/permissions', requestsPerMinute: 300 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    workflow: {
      team: 'engine',
      capacity: { vcpu: 2, memoryGiB: 4 },
      scale: { min: 6, max: 60, cpuPercent: 60, requestsPerTask: 1500, backlogPerTask: 50 },
      // What a task knows of a user's workflows is in its memory, written every five seconds and before it goes.
      sticky: { by: 'user', persistSeconds: 5 },
      drainSeconds: 120,
      uses: {
        databases: ['store'],
        caches: ['definitions'],
        sends: ['workflow-steps', 'notifications'],
        receives: ['workflow-steps'],
        publishes: ['workflow-events'],
        calls: ['integration', 'user'],
        writes: ['archive'],
        feeds: ['product'],
        flags: ['features'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/workflows', requestsPerMinute: 600 },
        { path: '/api/runs', requestsPerMinute: 1200 },
      ],
      // All users move at once: steps would share out the requests of one between two versions.
      release: {
        kind: 'blue-green',
        bakeMinutes: 15,
        rollback: { errorPercent: 0.5, p95Milliseconds: 200, minimumRequests: 50 },
      },
      dataClass: 'confidential',
    },
    analytics: {
      team: 'insight',
      capacity: { vcpu: 1, memoryGiB: 4 },
      scale: { min: 2, max: 10, requestsPerTask: 300, backlogPerTask: 500 },
      timeoutSeconds: 60,
      // Dashboards ask the warehouse, and never the database that serves requests.
      uses: { databases: ['store'], receives: ['usage-events'], feeds: ['product'], queries: ['product'] },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [{ path: '/api/dashboards', requestsPerMinute: 120 }],
      release: canary,
      dataClass: 'confidential',
    },
    integration: {
      team: 'integration',
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 30, backlogPerTask: 100, requestsPerTask: 1000 },
      timeoutSeconds: 60,
      uses: {
        databases: ['store'],
        sends: ['webhook-deliveries', 'workflow-steps'],
        receives: ['webhook-deliveries'],
        integrations: ['customers', 'documents'],
        secrets: ['webhook-keys'],
        feeds: ['product'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      routes: [
        { path: '/api/connections', requestsPerMinute: 120 },
        // Called by third parties, who sign what they send.
        { path: '/api/hooks', authentication: 'none', methods: ['POST'], requestsPerMinute: 600 },
      ],
      release: canary,
      dataClass: 'confidential',
    },
    notification: {
      team: 'engagement',
      scale: { min: 2, max: 12, backlogPerTask: 200 },
      timeoutSeconds: 60,
      uses: {
        databases: ['store'],
        receives: ['notifications', 'undelivered'],
        messages: ['people'],
        secrets: ['apple-push', 'google-push'],
        calls: ['user'],
      },
      migration: { command: ['node', 'dist/migrate.js'] },
      dataClass: 'confidential',
    },
    // Next.js on a server. Pages are of one customer each, so that none is kept.
    web: {
      team: 'engagement',
      port: 3000,
      capacity: { vcpu: 1, memoryGiB: 2 },
      scale: { min: 3, max: 30, requestsPerTask: 1500 },
      uses: { caches: ['sessions'], calls: ['user', 'workflow'], flags: ['features'], secrets: ['token-keys'] },
      routes: [{ path: '/', authentication: 'none', requestsPerMinute: 1200 }],
      release: canary,
      dataClass: 'confidential',
    },
  },

  gateway: {
    // What a processor of Kong passes on is ours: 150 requests a second, which verifies each token and counts each request in Redis.
    // Kong itself measures forty times that, without either: https://developer.konghq.com/gateway/performance/benchmarks/
    scale: { min: 3, max: 24, cpuPercent: 60, requestsPerTask: 9000 },
    tokens: { issuer: 'https://app.example.com', secret: 'token-keys' },
    limitsCache: 'sessions',
    requestsPerMinute: 600,
  },
  edge: {
    assets: 'assets',
    apiPath: '/api',
    site: { service: 'web', files: ['/_next/static'] },
    firewall: { requestsPerAddress: 5000, loginsPerAddress: 100 },
  },

  // Run by staging every week, and by pipelines against it. What users ask for is ours; how often is what the goals promise; what wants a token is refused by the gateway.
  loadTests: {
    regression: {
      description: 'Users open their pages and come to the API at once',
      routes: [
        { path: '/', weight: 3 },
        { path: '/api/workflows', status: 401, weight: 5 },
        { path: '/api/dashboards', status: 401, weight: 2 },
      ],
      pauseSeconds: 40,
    },
  },

  stages: {
    production: {
      domain: 'app.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'app.example.com' },
      alarms: { email: 'on-call@example.com' },
      protected: true,
      logDays: 365,
      google: {
        project: 'example-techflow-production',
        projectNumber: '123456789012',
        location: 'europe-west4',
        billingAccount: '012345-567890-ABCDEF',
        // Ours, within the sum of the goals.
        monthlyDollars: 2000,
      },
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'westeurope',
          administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          // Ours: the documents name several regions, and which they are is not said.
          copies: { region: 'northeurope' },
          state: { account: 'exampleproductionstate' },
          network: { cidr: '10.16.0.0/16', pods: '10.64.0.0/14', services: '10.17.0.0/16' },
        },
        // The pair of the region, to which Azure copies what the primary holds.
        recovery: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'northeurope',
          administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampleproductionstate' },
          network: { cidr: '10.32.0.0/16', pods: '10.76.0.0/14', services: '10.33.0.0/16' },
          waives: standbyWaivers,
        },
      },
    },
    staging: {
      domain: 'staging.app.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'staging.app.example.com' },
      alarms: { email: 'platform@example.com' },
      protected: true,
      logDays: 90,
      google: {
        project: 'example-techflow-staging',
        projectNumber: '123456789012',
        location: 'europe-west4',
        billingAccount: '012345-567890-ABCDEF',
        monthlyDollars: 200,
      },
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'westeurope',
          administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          copies: { region: 'northeurope' },
          state: { account: 'examplestagingstate' },
          network: { cidr: '10.18.0.0/16', pods: '10.68.0.0/14', services: '10.19.0.0/16' },
        },
        // The pair of the region, to which Azure copies what the primary holds.
        recovery: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'northeurope',
          administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'examplestagingstate' },
          network: { cidr: '10.34.0.0/16', pods: '10.80.0.0/14', services: '10.35.0.0/16' },
          waives: standbyWaivers,
        },
      },
      // Ours: when fewest people work.
      loadTests: { schedule: '0 4 * * 6', timeZone: 'Europe/Amsterdam' },
      every: { services: { scale: { min: 2, max: 4 } }, caches: { memoryGiB: 1 } },
      overrides: {
        databases: { store: { capacity: { vcpu: 2, memoryGiB: 16 }, readReplicas: 1 } },
        messages: { people: { email: { dailyMessages: 1000 }, sms: { monthlyDollars: 20 } } },
        gateway: { scale: { min: 2, max: 4 }, tokens: { issuer: 'https://staging.app.example.com' } },
        // Ours: a tenth of production, in sizes as in people.
        goals: { monthlyDollars: 4000, concurrentUsers: 11_500 },
      },
    },
    // Cheap: two zones, the smallest sizes, no replicas, a week of logs, no warehouse.
    development: {
      domain: 'dev.app.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'dev.app.example.com' },
      alarms: { email: 'platform@example.com' },
      protected: false,
      logDays: 7,
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'westeurope',
          zones: ['1', '2'],
          administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampledevelopmentstate' },
          network: { cidr: '10.20.0.0/16', pods: '10.72.0.0/14', services: '10.21.0.0/16' },
        },
      },
      every: {
        services: { capacity: { vcpu: 0.25, memoryGiB: 0.5 }, scale: { min: 1, max: 2 }, release: { kind: 'rolling' } },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      overrides: {
        databases: {
          store: {
            capacity: { vcpu: 2, memoryGiB: 16 },
            readReplicas: 0,
            backupRetentionDays: 7,
            insights: 'standard',
          },
        },
        messages: { people: { email: { dailyMessages: 200 }, sms: null } },
        gateway: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2, requestsPerTask: null },
          tokens: { issuer: 'https://dev.app.example.com' },
        },
        // Nobody comes here in numbers, and the smallest sizes would hold none.
        goals: { monthlyDollars: 1500, requestsPerUser: null },
      },
      omits: { warehouses: { product: { reason: 'developers read what they log where they run it' } } },
    },
  },
});
