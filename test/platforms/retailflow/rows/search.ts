import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, between, containing, exactly, like, noneOf, notContaining } from '../../support/matchers';
import { account, dataSubnets, home, key } from './facts';

const stack = 'Data';
const logs = {
  AUDIT_LOGS: 'AuditLog',
  ES_APPLICATION_LOGS: 'ApplicationLog',
  INDEX_SLOW_LOGS: 'SlowIndexLog',
  SEARCH_SLOW_LOGS: 'SlowSearchLog',
} as const;

export const search: Row = {
  row: 'search',
  expectations: [
    ...about(
      { stack, type: 'AWS::OpenSearchService::Domain', count: 1 },
      {
        'search survives the loss of a zone with a standby': {
          path: 'ClusterConfig.MultiAZWithStandbyEnabled',
          is: true,
        },
        'search knows of zones': { path: 'ClusterConfig.ZoneAwarenessEnabled', is: true },
        'search stands in three zones': { path: 'ClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount', is: 3 },
        'search has data nodes in threes': { path: 'ClusterConfig.InstanceCount', is: 3 },
        'search has masters of its own': { path: 'ClusterConfig.DedicatedMasterEnabled', is: true },
        'search has three masters': { path: 'ClusterConfig.DedicatedMasterCount', is: 3 },
        'no data node of search is burstable': { path: 'ClusterConfig.InstanceType', is: like(/^r7g\.large\.search$/) },
        'no master of search is burstable': { path: 'ClusterConfig.DedicatedMasterType', is: like(/^m7g\./) },
        'search stands in the data subnets': { path: 'VPCOptions.SubnetIds', is: exactly(...dataSubnets) },
        'search has a security group of its own': {
          path: 'VPCOptions.SecurityGroupIds',
          is: exactly(reference('Data/ProductsSearch/SecurityGroup')),
        },
        'search decides by index who may what': { path: 'AdvancedSecurityOptions.Enabled', is: true },
        'search has no passwords': { path: 'AdvancedSecurityOptions.InternalUserDatabaseEnabled', is: false },
        'search is administered by a role': {
          path: 'AdvancedSecurityOptions.MasterUserOptions.MasterUserARN',
          is: reference('Data/ProductsSearch/Master', 'Arn'),
        },
        'search has no administrator with a password': {
          path: 'AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword',
          is: absent,
        },
        'search refuses requests without TLS': { path: 'DomainEndpointOptions.EnforceHTTPS', is: true },
        'search refuses old TLS': {
          path: 'DomainEndpointOptions.TLSSecurityPolicy',
          is: like(/^Policy-Min-TLS-1-[23]-PFS-|^Policy-Min-TLS-1-3-/),
        },
        'search is encrypted at rest': { path: 'EncryptionAtRestOptions.Enabled', is: true },
        'search is encrypted with the key of data': {
          path: 'EncryptionAtRestOptions.KmsKeyId',
          is: like(new RegExp(`^${key.data.slice(0, -1).replace(/[$.{]/g, '\\$&')}`)),
        },
        'search is encrypted between its nodes': { path: 'NodeToNodeEncryptionOptions.Enabled', is: true },
        'search has the disk of the definition': { path: 'EBSOptions.VolumeSize', is: 100 },
        'search has disks': { path: 'EBSOptions.EBSEnabled', is: true },
        'small repairs of search come by themselves': {
          path: 'SoftwareUpdateOptions.AutoSoftwareUpdateEnabled',
          is: true,
        },
        'repairs of search come by night': {
          path: 'OffPeakWindowOptions.OffPeakWindow.WindowStartTime.Hours',
          is: between(14, 21),
        },
        'search gets new versions without being replaced': { path: 'UpdatePolicy.EnableVersionUpgrade', is: true },
        'search outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'search outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'search takes identities of the account alone': {
          path: 'AccessPolicies.Statement',
          is: exactly({
            Action: 'es:ESHttp*',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Resource: `arn:aws:es:${home}:${account}:domain/*`,
          }),
        },
        'search logs when it may': { path: 'DependsOn', is: containing('Data/ProductsSearch/LogPolicy') },
        ...Object.fromEntries(
          Object.entries(logs).flatMap(([kind, name]) => [
            [`search writes ${kind}`, { path: `LogPublishingOptions.${kind}.Enabled`, is: true }],
            [
              `search writes ${kind} into an encrypted log`,
              {
                path: `LogPublishingOptions.${kind}.CloudWatchLogsLogGroupArn`,
                is: reference(`Data/ProductsSearch/${name}`, 'Arn'),
              },
            ],
          ]),
        ),
      },
    ),
    ...about(
      { stack, type: 'AWS::Logs::ResourcePolicy', where: /ProductsSearch/, count: 1 },
      {
        'search may write its own logs, for the account alone': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Effect: 'Allow',
            Principal: { Service: 'es.amazonaws.com' },
            Resource: Object.values(logs).map((name) => reference(`Data/ProductsSearch/${name}`, 'Arn')),
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          }),
        },
      },
    ),
    ...about(
      { stack, type: 'Custom::SearchRoles', count: 1 },
      {
        'no role of search may administer it': {
          path: 'Objects[*].Body.cluster_permissions[*]',
          is: noneOf('*', 'cluster_all'),
        },
        "the roles of the stage's tasks alone search": {
          path: 'Objects[1].Body.users',
          is: exactly(`arn:aws:iam::${account}:role/retailflow-production/tasks/*`),
        },
        'roles of search are written into the domain': {
          path: 'Endpoint',
          is: reference('Data/ProductsSearch/Domain', 'DomainEndpoint'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', where: /ProductsSearch\/SecurityGroup$/, count: 1 },
      { 'search goes nowhere by itself': { path: 'SecurityGroupEgress', is: notContaining({ CidrIp: '0.0.0.0/0' }) } },
    ),
  ],
};
