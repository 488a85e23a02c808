import { contains, overlap, parseRange } from '../../lib/platform/address';
import { linkNetwork, linkSubnetRequests } from '../../lib/platform/link-network';
import { objectCopies } from '../../lib/platform/object-copies';
import retailflow from '../../platforms/retailflow';
import { resolved } from '../support/platform';

const platform = resolved(retailflow);
const network = linkNetwork(platform);

describe('the network of a link', () => {
  test('has subnets of its own, in every zone of AWS and for names on Azure', () => {
    expect(linkSubnetRequests(platform)).toEqual([
      { key: 'primary/link/ap-southeast-1a', within: '10.16.0.0/16', prefix: 28 },
      { key: 'primary/link/ap-southeast-1b', within: '10.16.0.0/16', prefix: 28 },
      { key: 'primary/link/ap-southeast-1c', within: '10.16.0.0/16', prefix: 28 },
      { key: 'recovery/dns-inbound', within: '10.32.0.0/16', prefix: 28 },
      { key: 'recovery/dns-outbound', within: '10.32.0.0/16', prefix: 28 },
    ]);
  });

  test('is none where a stage has no recovery site', () => {
    const alone = resolved(retailflow, 'development');
    expect(linkSubnetRequests(alone)).toEqual([]);
    expect(() => linkNetwork(alone)).toThrow('a platform without a pair of sites has no link');
  });

  test('gives resolvers the first addresses that a cloud does not keep for itself', () => {
    expect(network.aws.zones[0]).toEqual({
      zone: 'ap-southeast-1a',
      cidr: '10.16.120.0/28',
      inbound: '10.16.120.4',
      outbound: '10.16.120.5',
    });
    expect(network.azure.inbound).toBe('10.32.16.228');
  });

  test('holds what stands in it inside the network, and apart from each other', () => {
    const ranges = network.aws.zones.map(({ cidr }) => parseRange(cidr));
    const outer = parseRange(network.aws.cidr);
    for (const [index, range] of ranges.entries()) {
      if (range === undefined || outer === undefined) throw new Error('ranges must be ranges');
      expect(contains(outer, range)).toBe(true);
      expect(ranges.filter((other, at) => at !== index && other !== undefined && overlap(other, range))).toEqual([]);
    }
  });

  test('lets servers and nodes of the recovery site reach databases, and no pods, whose addresses stay inside', () => {
    expect(network.azure.databaseCallers).toEqual({ servers: '10.32.16.64/26', jobs: '10.32.0.0/20' });
  });

  test('asks for names of databases, and on AWS for those of the accounts to which objects are copied', () => {
    expect(network.aws.names).toEqual(['ap-southeast-1.rds.amazonaws.com']);
    expect(network.azure.names).toEqual(['postgres.database.azure.com', ...(objectCopies(platform)?.hosts ?? [])]);
    expect(network.azure.names).toHaveLength(4);
  });

  test('lets objects be copied from the subnets of services, and from none where there is nothing to copy', () => {
    expect(network.aws.objectCopiers).toEqual(['10.16.0.0/19', '10.16.32.0/19', '10.16.64.0/19']);
    const { aws, azure } = linkNetwork({ ...platform, buckets: {} });
    expect(aws.objectCopiers).toEqual([]);
    expect(azure.names).toEqual(['postgres.database.azure.com']);
  });

  test('fails when the allocation lock has not its subnets', () => {
    const allocations = { ...platform.allocations, addresses: {} };
    expect(() => linkNetwork({ ...platform, allocations })).toThrow(
      'the allocation lock has no subnet primary/link/ap-southeast-1a',
    );
  });
});
