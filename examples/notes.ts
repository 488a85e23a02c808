import { definePlatform } from '../lib/platform/definition';

/** Notes: one service, its database, and the people who keep notes. The smallest platform that is worth an on-call rota. */
export default definePlatform({
  name: 'notes',
  owner: { team: 'notes', email: 'notes@example.com', costCentre: 'notes' },
  delivery: {
    repository: 'example/notes',
    ids: { none: 'the repository is a documentation value; write its ids when it is replaced' },
  },
  goals: { availabilityPercent: 99.9, p95Milliseconds: 500, errorPercent: 0.5, concurrentUsers: 500 },
  databases: { notes: { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 8 } } },
  caches: { limits: { holds: 'cache', memoryGiB: 0.5, replicas: 1 } },
  buckets: { pages: { holds: 'assets', dataClass: 'public' } },
  secrets: {
    'token-keys': { description: 'RSA key pairs that sign and verify tokens' },
  },
  services: {
    notes: {
      scale: { min: 2, max: 6 },
      uses: { databases: ['notes'], secrets: ['token-keys'] },
      routes: [{ path: '/api/notes' }],
    },
  },
  gateway: {
    scale: { min: 2, max: 4 },
    tokens: { issuer: 'https://notes.example.com', secret: 'token-keys' },
    limitsCache: 'limits',
  },
  edge: { assets: 'pages' },
  stages: {
    production: {
      domain: 'notes.example.com',
      hostedZone: { id: 'Z0EXAMPLE0NOTES', name: 'example.com' },
      alarms: { email: 'notes@example.com' },
      protected: true,
      logDays: 365,
      sites: {
        primary: {
          cloud: 'aws',
          account: '111122223333',
          region: 'eu-central-1',
          zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
          network: { cidr: '10.20.0.0/16' },
        },
      },
    },
  },
});
