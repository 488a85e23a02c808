import { searchSettings } from '../../lib/aws/search-settings';
import { openSearch } from '../../lib/platform/nouns/storage';

const settings = (spec: object) =>
  searchSettings('products', openSearch.parse({ capacity: { vcpu: 2, memoryGiB: 16 }, ...spec }));

describe('the type of a data node', () => {
  test.each([
    [1, 4, 100, 'm7g.large.search'],
    [2, 8, 100, 'm7g.large.search'],
    [2, 8, 1025, 'r7g.large.search'],
    [2, 16, 100, 'r7g.large.search'],
    [4, 16, 100, 'm7g.xlarge.search'],
    [4, 32, 100, 'r7g.xlarge.search'],
    [8, 32, 100, 'm7g.2xlarge.search'],
    [8, 64, 100, 'r7g.2xlarge.search'],
    [16, 64, 100, 'm7g.4xlarge.search'],
    [16, 128, 100, 'r7g.4xlarge.search'],
    [2, 16, 12_288, 'r7g.4xlarge.search'],
    [32, 256, 100, 'r7g.8xlarge.search'],
    [48, 384, 100, 'r7g.12xlarge.search'],
    [64, 512, 100, 'r7g.16xlarge.search'],
  ])('with %d vcpu, %d GiB of memory and %d GiB of disk is %s', (vcpu, memoryGiB, storageGiB, type) => {
    expect(settings({ capacity: { vcpu, memoryGiB }, storageGiB }).dataNodeType).toBe(type);
  });

  test('fails when no node is large enough', () => {
    expect(() => settings({ capacity: { vcpu: 65, memoryGiB: 16 } })).toThrow(
      'searches.products.capacity must be at most 64 vcpu and 512 memoryGiB on aws, got {"vcpu":65,"memoryGiB":16}: ' +
        'lower it, and raise nodes',
    );
  });
});

describe('topology', () => {
  test('standby stands in three zones and is led by three masters', () => {
    expect(settings({ topology: 'standby', nodes: 6 })).toMatchObject({
      zones: 3,
      standby: true,
      dataNodes: 6,
      masters: { count: 3, type: 'm7g.large.search' },
    });
  });

  test.each([
    [9, 'm7g.large.search'],
    [12, 'm7g.xlarge.search'],
    [30, 'm7g.xlarge.search'],
    [33, 'r7g.2xlarge.search'],
    [78, 'r7g.2xlarge.search'],
  ])('%d data nodes are led by %s', (nodes, type) => {
    expect(settings({ topology: 'standby', nodes }).masters?.type).toBe(type);
  });

  test('single is one node in one zone that leads itself', () => {
    const single = settings({ topology: 'single', nodes: 1 });
    expect(single).toMatchObject({ zones: 1, standby: false, dataNodes: 1 });
    expect(single.masters).toBeUndefined();
  });

  test('fails when a standby cannot be spread over three zones', () => {
    expect(() => settings({ topology: 'standby', nodes: 4 })).toThrow(
      'searches.products.nodes must be a multiple of 3 with topology standby, got 4: choose 6, or topology single',
    );
  });
});
