import type { Row, Rows } from '../capability';

/** What stands for nothing by itself, by the reason. */
const NONE: Readonly<Record<string, readonly string[]>> = {
  'stands with the part that it belongs to': [
    'AWS::ACMPCA::Certificate',
    'AWS::ACMPCA::CertificateAuthorityActivation',
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
    'AWS::Backup::RestoreTestingPlan',
    'AWS::Backup::RestoreTestingSelection',
    'AWS::CE::AnomalySubscription',
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::Function',
    'AWS::CloudFront::MonitoringSubscription',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::ResponseHeadersPolicy',
    'AWS::CloudFront::VpcOrigin',
    'AWS::Config::DeliveryChannel',
    'AWS::ECS::ClusterCapacityProviderAssociations',
    'AWS::ElastiCache::ParameterGroup',
    'AWS::ElastiCache::SubnetGroup',
    'AWS::ElastiCache::User',
    'AWS::ElastiCache::UserGroup',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::KMS::Alias',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::RDS::DBClusterParameterGroup',
    'AWS::RDS::DBParameterGroup',
    'AWS::RDS::DBProxyEndpoint',
    'AWS::RDS::DBProxyTargetGroup',
    'AWS::RDS::DBSubnetGroup',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'AWS::SecretsManager::ResourcePolicy',
    'AWS::SecurityHub::SecurityControl',
    'AWS::SecurityHub::Standard',
    'AWS::WAFv2::LoggingConfiguration',
    'Custom::SearchRoles',
    'Custom::VpcRestrictDefaultSG',
  ],
  'is compared as the contract of a service': [
    'AWS::ECS::TaskDefinition',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'AWS::ServiceDiscovery::HttpNamespace',
  ],
  'carries other parts, each of which is compared': [
    'AWS::EC2::EIP',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::Route',
    'AWS::EC2::RouteTable',
    'AWS::EC2::Subnet',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::VPC',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::ECS::Cluster',
  ],
  'links both sites': [
    'AWS::EC2::CustomerGateway',
    'AWS::EC2::TransitGateway',
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::VPNConnection',
    'AWS::Route53::HostedZone',
    'AWS::Route53::RecordSet',
    'AWS::Route53::HealthCheck',
    'AWS::Route53Resolver::ResolverEndpoint',
    'AWS::Route53Resolver::ResolverRule',
    'AWS::Route53Resolver::ResolverRuleAssociation',
    'Custom::LinkAddresses',
    'AWS::DataSync::Task',
  ],
  'says who may do what in its own cloud': ['AWS::IAM::ManagedPolicy', 'AWS::IAM::OIDCProvider', 'AWS::IAM::Role'],
  'watches what is in its own cloud, by its own measures': [
    'AWS::AccessAnalyzer::Analyzer',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::Config::ConfigurationRecorder',
    'AWS::ECR::RegistryScanningConfiguration',
    'AWS::Events::Rule',
    'AWS::Logs::Delivery',
    'AWS::Logs::DeliveryDestination',
    'AWS::Logs::DeliverySource',
    'AWS::Logs::LogGroup',
    'AWS::Logs::MetricFilter',
    'AWS::Logs::QueryDefinition',
    'AWS::Logs::ResourcePolicy',
  ],
};

const none: readonly Row[] = [{}];

/**
 * Every type of CloudFormation that a primary may hold. One that is missing here is refused, so that nothing new on the
 * primary is forgotten on the recovery site.
 */
export const awsRows: Rows = {
  ...Object.fromEntries(Object.values(NONE).flatMap((types) => types.map((type) => [type, none]))),

  'AWS::RDS::DBCluster': [
    { noun: 'databases', path: /\/(\w+)Database\// },
    { noun: 'backups', path: /\/(\w+)Database\//, at: ['BackupRetentionPeriod'], is: /^[1-9]/ },
  ],
  'AWS::RDS::DBInstance': [
    { noun: 'readReplicas', path: /\/(\w+)Database\/.*(?:Reader|Replica)(\d+)/ },
    { noun: 'databases', path: /\/(\w+)Database\//, at: ['DBName'] },
    { noun: 'backups', path: /\/(\w+)Database\//, at: ['BackupRetentionPeriod'], is: /^[1-9]/ },
    { path: /\/Writer\// },
  ],
  'AWS::RDS::DBProxy': [{ noun: 'connectionPools', path: /\/(\w+)Database\// }],
  'AWS::ElastiCache::ReplicationGroup': [{ noun: 'caches', path: /\/(\w+)Cache\// }],
  'AWS::SQS::Queue': [
    { noun: 'queues', path: /\/Messaging\/(\w+)Queue\/Queue\// },
    { noun: 'deadLetters', path: /\/Messaging\/(\w+)Queue\/DeadLetters\// },
    { noun: 'workflows', path: /\/Workflows\/(\w+)\// },
    { path: /\/(\w+Undelivered|Migrations\/DeadLetters)\// },
  ],
  'AWS::SNS::Topic': [
    { noun: 'topics', path: /\/(\w+)Topic\/Topic\// },
    { noun: 'alarms', path: /\/Alarms\/Topic\//, name: 'on-call' },
  ],
  'AWS::SNS::Subscription': [
    { noun: 'subscriptions', path: /\/(\w+)Topic\/(\w+)Subscription\// },
    { noun: 'alarms', path: /\/Alarms\/Topic\//, name: 'on-call' },
  ],
  'AWS::S3::Bucket': [
    { noun: 'buckets', path: /\/(\w+)Bucket\/Bucket\// },
    // What it holds is another thing than the bucket: it is there where something copies it.
    { noun: 'objects', path: /\/(\w+)Bucket\/Bucket\// },
    { path: /\/(Config\/Bucket|Trail\/Bucket|FlowLogs\/Bucket|AccessLogs\/Bucket)\// },
  ],
  'AWS::OpenSearchService::Domain': [{ noun: 'searches', path: /\/(\w+)Search\/Domain\// }],
  'AWS::SecretsManager::Secret': [{ noun: 'secrets', path: /\/(\w+)Secret\/(\w+)\// }, { path: /\/CacheUsers\// }],
  'AWS::ECS::Service': [
    { noun: 'services', path: /\/Service-(\w+)\// },
    {
      noun: 'releases',
      path: /\/Service-(\w+)\//,
      at: ['DeploymentConfiguration', 'Strategy'],
      is: /^(?:CANARY|BLUE_GREEN)$/,
    },
    { noun: 'gateway', path: /\/Gateway\//, name: 'requests' },
  ],
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    { noun: 'scaling', path: /\/Service-(\w+)\// },
    { noun: 'gateway', path: /\/Gateway\//, name: 'scaling' },
    { path: /Database\/.*\/Readers\// },
  ],
  'Custom::Migration': [{ noun: 'migrations', path: /\/Service-(\w+)\// }],
  'AWS::StepFunctions::StateMachine': [{ noun: 'workflows', path: /\/Workflows\/(\w+)\// }],
  'AWS::Lambda::Function': [
    { noun: 'functions', at: ['Environment', 'Variables', 'FUNCTION_NAME'], is: /(.+)/ },
    { path: /\/(Migrations|Roles|Addresses|Custom::VpcRestrictDefaultSGCustomResourceProvider)\// },
  ],
  'AWS::CloudFront::Distribution': [
    { noun: 'edge', at: ['DistributionConfig', 'Aliases', '0'], is: /^(.+)$/ },
    { noun: 'firewall', at: ['DistributionConfig', 'WebACLId'], name: 'attached' },
  ],
  'AWS::WAFv2::WebACL': none,
  'AWS::WAFv2::WebACL Rules': [
    { noun: 'firewall', at: ['Name'], is: /^(\w+PerAddress)$/ },
    { noun: 'firewall', at: ['Statement', 'ManagedRuleGroupStatement'], name: 'managed-rules' },
  ],
  'AWS::CertificateManager::Certificate': [
    { noun: 'edge', path: /\/Edge\//, name: 'certificate' },
    { path: /\/Cluster\// },
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [{ noun: 'balancer', name: 'requests' }],
  'AWS::ACMPCA::CertificateAuthority': [{ noun: 'mesh', name: 'mutual-tls' }],
  'AWS::EC2::NatGateway': [{ noun: 'egress', name: 'fixed-addresses' }],
  'AWS::EC2::FlowLog': [{ noun: 'audit', name: 'flow-logs' }],
  'AWS::CloudTrail::Trail': [{ noun: 'audit', name: 'trail' }],
  'AWS::GuardDuty::Detector': [{ noun: 'audit', name: 'threat-detection' }],
  'AWS::SecurityHub::Hub': [{ noun: 'audit', name: 'posture' }],
  'AWS::Backup::BackupVault': [{ noun: 'backups', name: 'vault' }],
  'AWS::Budgets::Budget': [{ noun: 'spend', name: 'budget' }],
  'AWS::CE::AnomalyMonitor': [{ noun: 'spend', name: 'anomalies' }],
  'AWS::CloudWatch::Dashboard': [{ noun: 'dashboards', name: 'platform' }],
  'AWS::ECR::Repository': [{ noun: 'registry', name: 'images' }],
  'AWS::KMS::Key': [{ noun: 'keys', name: 'own' }],
};

/** What of the primary carries something to the recovery site, and so shows it there. */
export const carriedRows: Rows = {
  'AWS::DataSync::Task': [{ noun: 'objects', path: /\/(\w+)Bucket\// }],
};
