import { dbParameterFamily } from '../../../../lib/review/aws/rules/db-parameter-family';
import { findingsOf, judges, stackOutput } from '../fixtures';

const group = (type: string, family: string) => ({ Type: `AWS::RDS::${type}`, Properties: { Family: family } });

const VALID = {
  ClusterGroup: group('DBClusterParameterGroup', 'aurora-postgresql17'),
  InstanceGroup: group('DBParameterGroup', 'aurora-postgresql17'),
  RdsGroup: group('DBParameterGroup', 'postgres16'),
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: {
      Engine: 'aurora-postgresql',
      EngineVersion: '17.6',
      DBClusterParameterGroupName: { Ref: 'ClusterGroup' },
    },
  },
  Writer: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'aurora-postgresql',
      DBClusterIdentifier: { Ref: 'Cluster' },
      DBParameterGroupName: { Ref: 'InstanceGroup' },
    },
  },
  Instance: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', EngineVersion: '16.9', DBParameterGroupName: { Ref: 'RdsGroup' } },
  },
  Replica: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { SourceDBInstanceIdentifier: { Ref: 'Instance' }, DBParameterGroupName: 'default.postgres16' },
  },
  Other: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'mysql', EngineVersion: '8.4.3', DBParameterGroupName: 'default.mysql8.4' },
  },
};

describe('db-parameter-family', () => {
  judges(dbParameterFamily, VALID, [
    [
      'a cluster’s group is for another version',
      'ClusterGroup/Properties/Family',
      'aurora-postgresql16',
      "Cluster: DBClusterParameterGroupName must name a group of family 'aurora-postgresql17', got one of 'aurora-postgresql16'",
    ],
    [
      'an instance’s group is for another version than its cluster’s',
      'InstanceGroup/Properties/Family',
      'aurora-postgresql16',
      'Writer: DBParameterGroupName must name',
    ],
    ['an instance’s group is for another engine', 'RdsGroup/Properties/Family', 'aurora-postgresql16', 'Instance: '],
    [
      'a replica’s group is for another version than its source’s',
      'Replica/Properties/DBParameterGroupName',
      'default.postgres17',
      "Replica: DBParameterGroupName must name a group of family 'postgres16', got one of 'postgres17'",
    ],
  ]);

  test('fails when the group is in another stack', async () => {
    const cluster = {
      Type: 'AWS::RDS::DBCluster',
      Properties: {
        Engine: 'postgres',
        EngineVersion: '17.6',
        DBClusterParameterGroupName: stackOutput('Groups', 'Group'),
      },
    };
    const findings = await findingsOf(
      dbParameterFamily,
      { id: 'Groups', resources: { RdsGroup: VALID.RdsGroup }, outputs: { Group: { Value: { Ref: 'RdsGroup' } } } },
      { id: 'Data', resources: { Cluster: cluster } },
    );
    expect(findings.map(({ stack, logicalId }) => [stack, logicalId])).toEqual([['shop-production/Data', 'Cluster']]);
  });
});
