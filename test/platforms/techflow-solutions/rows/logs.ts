import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { all, atLeast, containing, exactly, like, oneLike, oneOf, present, withoutText } from '../../support/matchers';

const stack = 'Logs';
const at = 'Logs/Logs';
const objects = { stack, type: 'Custom::SearchRoles', count: 1 } as const;

/** One place in which the logs of all services are found. */
export const logs: Row = {
  row: 'central logs',
  expectations: [
    ...about(
      { stack, type: 'AWS::Logs::AccountPolicy', count: 1 },
      {
        'lines of every log are handed on': { path: 'Scope', is: 'ALL' },
        'lines go to whoever writes them into the domain': {
          path: 'PolicyDocument.DestinationArn',
          is: reference(`${at}/Shipper/Function`, 'Arn'),
        },
        'no line is left out': { path: 'PolicyDocument.FilterPattern', is: '' },
        'lines about the domain itself make no lines': {
          path: 'SelectionCriteria',
          is: all(like(/^LogGroupName NOT IN \[/), like(/Shipper\/Logs/), like(/Search\/SlowIndexLog/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Lambda::Permission', count: 1 },
      {
        'CloudWatch Logs alone hands lines on': { path: 'Principal', is: 'logs.amazonaws.com' },
        'lines of other accounts are taken from nobody': {
          path: 'SourceArn',
          is: 'arn:aws:logs:eu-central-1:111122223333:log-group:*',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::OpenSearchService::Domain', count: 1 },
      {
        'logs are searched in three zones': { path: 'ClusterConfig.MultiAZWithStandbyEnabled', is: true },
        'logs are encrypted in the domain as elsewhere': {
          path: 'EncryptionAtRestOptions.KmsKeyId',
          is: like(/Security\/Keys\/Logs/),
        },
        'logs are searched by TLS alone': { path: 'DomainEndpointOptions.EnforceHTTPS', is: true },
        'who may read logs is said in the domain': { path: 'AdvancedSecurityOptions.Enabled', is: true },
        'the domain of logs has no passwords': {
          path: 'AdvancedSecurityOptions.InternalUserDatabaseEnabled',
          is: false,
        },
        'the domain of logs is reached by its own rules': {
          path: 'VPCOptions.SecurityGroupIds',
          is: [reference(`${at}/Search/SecurityGroup`)],
        },
        'the domain of logs stands where nothing leads out': {
          path: 'VPCOptions.SubnetIds',
          is: exactly(...[1, 2, 3].map((zone) => reference(`Network/Network/Vpc/dataSubnet${zone}/Subnet`))),
        },
        'the domain of logs outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroupIngress', where: /Offices\//, count: 2 },
      {
        'people of the offices reach the domain of logs': {
          path: 'GroupId',
          is: reference('Logs/Logs/Search/SecurityGroup'),
        },
        'people of the offices come from their own ranges': {
          path: 'CidrIp',
          is: oneOf('192.168.16.0/20', '192.168.32.0/22'),
        },
        'people of the offices come by TLS alone': { path: 'FromPort', is: 443 },
      },
    ),
    ...about(objects, {
      'engineers read logs, by their role': {
        path: 'Objects[*].Body',
        is: oneLike(/"users":\["arn:aws:iam::111122223333:role\/engineers"\]/),
      },
      'lines leave after a quarter': { path: 'Objects[*].Body', is: oneLike(/"min_index_age":"90d"/) },
      'whoever writes lines may write in bulk': {
        path: 'Objects[*].Body',
        is: oneLike(/"cluster_permissions":\["indices:data\/write\/bulk"\]/),
      },
    }),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /Shipper\/Policy$/, count: 1 },
      {
        'whoever writes lines may do nothing else': {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/ESHttp(Get|Put|Delete|\*)|GetObject|DeleteObject|secretsmanager|rds/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Lambda::EventInvokeConfig', count: 1 },
      {
        'lines that were not taken are kept': {
          path: 'DestinationConfig.OnFailure.Destination',
          is: reference(`${at}/Shipper/Left`, 'Arn'),
        },
        'lines that were not taken come again twice': { path: 'MaximumRetryAttempts', is: 2 },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', count: 1 },
      {
        'lines that were not taken are open to nobody': {
          path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets',
          is: true,
        },
        'lines that were not taken stay as long as logs': {
          path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
          is: 365,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Shipper\//, count: 3 },
      {
        'somebody is called when lines do not arrive': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Search\// },
      {
        'somebody is called when the domain of logs is ill': {
          path: 'AlarmActions',
          is: containing(reference('Security/Alarms/Topic')),
        },
      },
    ),
    ...about(
      {
        stack,
        type: 'AWS::CloudWatch::Alarm',
        where: /Search\/(Master)?(CPUUtilization|JVMMemoryPressure)Alarm$/,
        count: 4,
      },
      {
        'a domain of logs that is busy for a moment calls nobody': { path: 'EvaluationPeriods', is: atLeast(3) },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Search\/ClusterStatusredAlarm$/, count: 1 },
      {
        'a domain of logs that lost lines calls at once': { path: 'EvaluationPeriods', is: 1 },
      },
    ),
  ],
};
