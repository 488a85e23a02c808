import { opensearch } from '../../../../lib/review/aws/rules/opensearch';
import { change, judges, messagesOf } from '../fixtures';

const CLUSTER = 'Search/Properties/ClusterConfig';

const VALID = {
  Search: {
    Type: 'AWS::OpenSearchService::Domain',
    Properties: {
      ClusterConfig: {
        MultiAZWithStandbyEnabled: true,
        ZoneAwarenessEnabled: true,
        ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
        InstanceCount: 6,
        InstanceType: 'r7g.large.search',
        DedicatedMasterEnabled: true,
        DedicatedMasterCount: 3,
        DedicatedMasterType: 'm7g.large.search',
      },
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      VPCOptions: { SubnetIds: [{ Ref: 'A' }] },
    },
  },
};

describe('opensearch', () => {
  judges(opensearch, VALID, [
    [
      'zones are two',
      `${CLUSTER}/ZoneAwarenessConfig/AvailabilityZoneCount`,
      2,
      'a standby needs ZoneAwarenessEnabled over 3 zones, got 2',
    ],
    ['zones are off', `${CLUSTER}/ZoneAwarenessEnabled`, false, 'a standby needs ZoneAwarenessEnabled over 3 zones'],
    [
      'data nodes are no multiple of three',
      `${CLUSTER}/InstanceCount`,
      4,
      'a standby needs InstanceCount in multiples of 3, got 4',
    ],
    ['data nodes are none', `${CLUSTER}/InstanceCount`, 0, 'got 0'],
    ['dedicated masters are five', `${CLUSTER}/DedicatedMasterCount`, 5, 'a standby needs 3 dedicated masters, got 5'],
    [
      'dedicated masters are off',
      `${CLUSTER}/DedicatedMasterEnabled`,
      false,
      'a standby needs 3 dedicated masters, got 0',
    ],
    [
      'data nodes are burstable',
      `${CLUSTER}/InstanceType`,
      't3.medium.search',
      'takes no T2 or T3 nodes, got InstanceType "t3.medium.search"',
    ],
    [
      'masters are burstable',
      `${CLUSTER}/DedicatedMasterType`,
      't2.small.search',
      'got DedicatedMasterType "t2.small.search"',
    ],
    [
      'data is not encrypted at rest',
      'Search/Properties/EncryptionAtRestOptions/Enabled',
      false,
      'EncryptionAtRestOptions.Enabled must be true, got false',
    ],
    [
      'nodes talk in clear text',
      'Search/Properties/NodeToNodeEncryptionOptions',
      undefined,
      'NodeToNodeEncryptionOptions.Enabled must be true, got nothing',
    ],
    [
      'plain HTTP is served',
      'Search/Properties/DomainEndpointOptions/EnforceHTTPS',
      false,
      'DomainEndpointOptions.EnforceHTTPS must be true',
    ],
    [
      'TLS 1.0 is served',
      'Search/Properties/DomainEndpointOptions/TLSSecurityPolicy',
      'Policy-Min-TLS-1-0-2019-07',
      'TLSSecurityPolicy must be Policy-Min-TLS-1-2-… or newer',
    ],
    ['the domain is public', 'Search/Properties/VPCOptions', undefined, 'VPCOptions must name subnets, got none'],
  ]);

  test('asks nothing of the nodes without a standby', async () => {
    const config = { InstanceCount: 1, InstanceType: 't3.small.search' };
    expect(await messagesOf(opensearch, change(VALID, CLUSTER, config))).toEqual([]);
  });
});
