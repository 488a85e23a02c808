import { definePlatform } from '../lib/platform/definition';

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
    availabilityPercent: 99.9,
    p95Milliseconds: 2000,
    errorPercent: 0.15,
    concurrentUsers: 15_000,
    releasesPerWeek: 7,
    monthlyDollars: 10_700,
  },
  caches: {
    sessions: { holds: 'sessions', memoryGiB: 6, replicas: 1 },
  },
  buckets: { assets: { holds: 'assets', dataClass: 'public' } },
  secrets: {
    'token-keys': {
      description: 'RSA key pair that signs and verifies customer tokens',
      fields: ['privateKey', 'publicKey'],
    },
  },
  services: {
    catalog: {
      team: 'catalog',
      scale: { min: 3, max: 24 },
      routes: [{ path: '/api/products', authentication: 'none' }],
      uses: { caches: ['sessions'] },
    },
  },
  gateway: {
    scale: { min: 3, max: 12 },
    tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
    limitsCache: 'sessions',
  },
  edge: { assets: 'assets' },
  stages: {
    production: {
      domain: 'shop.example.com',
      hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'shop.example.com' },
      alarms: { email: 'on-call@example.com' },
      protected: true,
      logDays: 365,
      sites: {
        primary: {
          cloud: 'azure',
          subscription: '00000000-0000-0000-0000-000000000000',
          tenant: '00000000-0000-0000-0000-000000000000',
          region: 'eastus2',
          administrators: { name: 'RetailFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
          state: { account: 'exampleproductionstate' },
          network: { cidr: '10.16.0.0/16', pods: '10.64.0.0/14', services: '10.17.0.0/16' },
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
      every: { services: { scale: { min: 2, max: 4 } } },
      overrides: {
        caches: { sessions: { memoryGiB: 1 } },
        gateway: { scale: { min: 2, max: 4 }, tokens: { issuer: 'https://staging.shop.example.com' } },
        goals: { monthlyDollars: 2000 },
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
        services: { capacity: { vcpu: 0.25, memoryGiB: 0.5 }, scale: { min: 1, max: 2 } },
        caches: { memoryGiB: 0.5, replicas: 0, snapshotRetentionDays: 0 },
      },
      overrides: {
        gateway: {
          capacity: { vcpu: 0.5, memoryGiB: 1 },
          scale: { min: 1, max: 2 },
          tokens: { issuer: 'https://dev.shop.example.com' },
        },
        goals: { monthlyDollars: 1000 },
      },
    },
  },
});
