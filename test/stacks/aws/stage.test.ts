import { allocate } from '../../../lib/platform/allocation';
import type { Definition } from '../../../lib/platform/definition';
import { allocationRequests, resolveUnallocated } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';
import { synthesize } from '../../support/assembly';

const { production } = retailflow.stages;
if (production === undefined) throw new Error('RetailFlow has a production stage');

const service = { scale: { min: 2, max: 4 } };
const workflows = { purchase: { steps: [{ name: 'pay', service: 'shop', compensation: 'refund' }] } };
const flags = { features: { flags: { 'new-cart': { description: 'Shows the new cart' } } } } as const;
const asking = { ...service, uses: { flags: ['features'] } } as const;
const organization = Object.fromEntries(
  ['trail', 'config', 'threatDetection', 'findings', 'accessAnalyzer', 'vulnerabilityScanning', 'costAnomalies'].map(
    (each) => [each, 'organization'],
  ),
);

/** One service on AWS alone, with whatever else is said. */
const small = (parts: Partial<Definition>, stage: object = {}): Definition => ({
  name: 'small',
  owner: retailflow.owner,
  delivery: retailflow.delivery,
  goals: { availabilityPercent: 99.9, p95Milliseconds: 500, errorPercent: 1, concurrentUsers: 100 },
  services: { shop: service },
  stages: { production: { ...production, sites: { primary: production.sites.primary }, ...stage } },
  ...parts,
});

function stacksOf(definition: Definition) {
  const unallocated = resolveUnallocated(definition, 'production');
  const allocations = allocate({ listenerPriorities: {}, addresses: {} }, allocationRequests(unallocated));
  return synthesize({ platform: { ...unallocated, allocations }, releases: {} }).assembly.stacks;
}

const always = ['Audit', 'Cluster', 'Data', 'Delivery', 'Network', 'Observability', 'Security', 'Service-Shop'];

describe('the stacks of a platform', () => {
  test.each<[string, Definition, readonly string[]]>([
    ['that declares nothing but a service', small({}), []],
    ['with a queue', small({ queues: { jobs: {} } }), ['Messaging']],
    ['with a topic', small({ queues: { jobs: {} }, topics: { news: { subscribers: ['jobs'] } } }), ['Messaging']],
    ['with a workflow', small({ workflows }), ['Workflows']],
    ['with flags', small({ flags, services: { shop: asking } }), ['Flags']],
    [
      'with flags on a site that it does not have',
      small({ flags: { features: { ...flags.features, on: ['recovery'] } }, services: { shop: asking } }),
      [],
    ],
    [
      'with a queue and a workflow',
      small({ queues: { jobs: {} }, workflows: { purchase: { ...workflows.purchase, notifies: 'jobs' } } }),
      ['Messaging', 'Workflows'],
    ],
    ['whose account the organisation watches', small({}, { audit: organization }), []],
  ])('%s are those that have something to hold', (_, definition, more) => {
    const stacks = stacksOf(definition);
    expect(stacks.map(({ name }) => name).sort()).toEqual(
      [...always, ...more].map((stack) => `small-production/${stack}`).sort(),
    );
    const empty = stacks.filter(({ template }) => Object.keys(template.Resources ?? {}).length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
  });
});
