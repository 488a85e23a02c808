import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import retailflowAzure from '../../../platforms/retailflow-azure';
import { testFaults } from '../../support/faults';
import { problemsOf } from '../../support/platform';

const problems = (patch: object) => problemsOf(applyPatch(retailflowAzure, patch) as Definition);
const shop = (patch: object): object => ({ documents: { shop: patch } });
const products = (patch: object): object => ({ searches: { products: patch } });

describe('documents and searches on Azure', () => {
  test.each([
    ['a region is unknown', shop({ regions: ['centralsu'] }), 'documents.shop.regions', 'did you mean centralus?'],
    ['a region is the first one', shop({ regions: ['eastus2'] }), 'documents.shop.regions', 'remove it'],
    [
      'a region is named twice',
      shop({ regions: ['centralus', 'centralus'] }),
      'documents.shop.regions',
      'name it once',
    ],
    [
      'strong consistency has two regions',
      shop({ consistency: 'strong' }),
      'documents.shop.consistency',
      "choose 'bounded-staleness'",
    ],
    [
      'there is no collection',
      shop({ collections: { orders: null, customers: null, products: null } }),
      'documents.shop.collections',
      'correct it',
    ],
    [
      'replicas and partitions are too many',
      products({ replicas: 12, partitions: 6 }),
      'searches.products.replicas',
      'choose a larger tier with fewer partitions',
    ],
    [
      'the smallest tier has no room',
      products({ tier: 'basic', replicas: 4 }),
      'searches.products.tier',
      "choose tier 'standard'",
    ],
    ['one replica is all there is', products({ replicas: 1 }), 'searches.products.replicas', 'raise it to 2'],
    [
      'what is indexed is no secret',
      products({ dataClass: 'restricted' }),
      'searches.products.dataClass',
      'index what is open',
    ],
    [
      'it is an engine of AWS',
      { searches: { products: { engine: 'opensearch', capacity: { vcpu: 2, memoryGiB: 16 } } } },
      'stages.production.sites.primary.waives.searches',
      "choose engine 'ai-search'",
    ],
  ])('fail when %s', (_, patch, path, remedy) => {
    expect(problems(patch)).toEqual([expect.objectContaining({ path, remedy: expect.stringContaining(remedy) })]);
  });
});

describe('documents and searches on AWS', () => {
  testFaults([
    {
      when: 'documents stand there',
      patch: { documents: { shared: { collections: { orders: { partitionKey: '/id' } }, on: ['primary'] } } },
      answers: [
        {
          path: 'documents.shared.on',
          got: ['primary'],
          allowed: 'without primary, which is on aws',
          remedy: "keep them as jsonb in a database with engine 'postgres'",
        },
      ],
    },
    {
      when: 'the search is one of Azure',
      patch: {
        searches: {
          products: { engine: 'ai-search', capacity: null, nodes: null, storageGiB: null, topology: null },
        },
      },
      answers: [
        {
          path: 'searches.products.engine',
          got: 'ai-search',
          allowed: 'opensearch on primary, which is on aws',
          remedy: 'leave the engine out',
        },
      ],
    },
  ]);
});
