import type { Hardened } from '../support/mutations';

const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

const config = 'DistributionConfig';
const security = 'ResponseHeadersPolicyConfig.SecurityHeadersConfig';

/** What makes the way in safe, and what watches over everything. */
export const hardenedEdge: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    {},
    ...paths(
      'LoadBalancerAttributes[Key=deletion_protection.enabled].Value',
      'LoadBalancerAttributes[Key=routing.http.drop_invalid_header_fields.enabled].Value',
      'LoadBalancerAttributes[Key=access_logs.s3.enabled].Value',
      'LoadBalancerAttributes[Key=access_logs.s3.bucket].Value',
      'Subnets',
    ),
    { path: 'LoadBalancerAttributes[Key=routing.http.desync_mitigation_mode].Value', weak: ['monitor'] },
    { path: 'LoadBalancerAttributes[Key=routing.http.xff_header_processing.mode].Value', weak: ['preserve'] },
    { path: 'LoadBalancerAttributes[Key=idle_timeout.timeout_seconds].Value', weak: ['60'] },
    { path: 'Scheme', weak: ['internet-facing'] },
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    {},
    { path: 'Protocol', weak: ['HTTP'] },
    { path: 'SslPolicy', weak: ['ELBSecurityPolicy-2016-08'] },
    ...paths('Certificates'),
  ],
  'AWS::ElasticLoadBalancingV2::ListenerRule': [
    {},
    { path: 'Priority', weak: [999], where: /^Service-/ },
    { path: 'Conditions', weak: [[]] },
    ...paths('Actions'),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    {},
    { path: 'HealthCheckPath', weak: ['/'] },
    { path: 'Matcher.HttpCode', weak: ['200-499'], where: /^Service-/ },
    { path: 'TargetGroupAttributes[Key=deregistration_delay.timeout_seconds].Value', weak: ['0'] },
    { path: 'Protocol', weak: ['HTTP'], where: /Gateway/ },
  ],
  'AWS::CloudFront::Distribution': [
    {},
    ...paths(
      `${config}.WebACLId`,
      `${config}.ViewerCertificate.AcmCertificateArn`,
      `${config}.DefaultCacheBehavior.ResponseHeadersPolicyId`,
      `${config}.CacheBehaviors[*].ResponseHeadersPolicyId`,
      `${config}.CacheBehaviors[*].CachePolicyId`,
      `${config}.DefaultCacheBehavior.Compress`,
      `${config}.CacheBehaviors[*].Compress`,
      `${config}.Origins[*].OriginShield.Enabled`,
      `${config}.Origins[*].OriginAccessControlId`,
      `${config}.Origins[*].VpcOriginConfig`,
      `${config}.IPV6Enabled`,
    ),
    { path: `${config}.ViewerCertificate.MinimumProtocolVersion`, weak: ['TLSv1', 'TLSv1.1_2016'] },
    { path: `${config}.HttpVersion`, weak: ['http1.1'] },
    { path: `${config}.DefaultCacheBehavior.ViewerProtocolPolicy`, weak: ['allow-all'] },
    { path: `${config}.CacheBehaviors[*].ViewerProtocolPolicy`, weak: ['allow-all'] },
    { path: `${config}.DefaultCacheBehavior.AllowedMethods`, weak: [['GET', 'HEAD', 'PUT', 'DELETE']] },
  ],
  'AWS::CloudFront::VpcOrigin': [
    {},
    { path: 'VpcOriginEndpointConfig.OriginProtocolPolicy', weak: ['http-only', 'match-viewer'] },
    { path: 'VpcOriginEndpointConfig.OriginSSLProtocols', weak: [['SSLv3']] },
  ],
  'AWS::CloudFront::OriginAccessControl': [
    {},
    { path: 'OriginAccessControlConfig.SigningBehavior', weak: ['never', 'no-override'] },
  ],
  'AWS::CloudFront::CachePolicy': [{ path: 'CachePolicyConfig.MaxTTL', weak: [31_536_000], where: /Answers/ }],
  'AWS::CloudFront::ResponseHeadersPolicy': [
    {},
    ...paths(
      `${security}.StrictTransportSecurity`,
      `${security}.ContentSecurityPolicy`,
      `${security}.ContentTypeOptions`,
      `${security}.ReferrerPolicy`,
    ),
    { path: `${security}.FrameOptions.FrameOption`, weak: ['SAMEORIGIN'] },
    { path: `${security}.StrictTransportSecurity.AccessControlMaxAgeSec`, weak: [60] },
    { path: `${security}.ContentSecurityPolicy.ContentSecurityPolicy`, weak: ["default-src * 'unsafe-inline'"] },
  ],
  'AWS::CloudFront::MonitoringSubscription': [{}],
  'AWS::WAFv2::WebACL': [
    {},
    ...paths(
      'Rules[Name=LoginsPerAddress]',
      'Rules[Name=RequestsPerAddress]',
      'Rules[Name=Reputation]',
      'Rules[Name=Common]',
      'Rules[Name=KnownBadInputs]',
      'Rules[Name=SqlInjection]',
      'DataProtectionConfig',
      'VisibilityConfig.CloudWatchMetricsEnabled',
    ),
    ...['Reputation', 'Common', 'KnownBadInputs', 'SqlInjection'].map((rule) => ({
      path: `Rules[Name=${rule}].OverrideAction`,
      weak: [{ Count: {} }],
    })),
    { path: 'Rules[Name=RequestsPerAddress].Statement.RateBasedStatement.Limit', weak: [2_000_000] },
    { path: 'Rules[Name=LoginsPerAddress].Statement.RateBasedStatement.Limit', weak: [2_000_000] },
    { path: 'Rules[Name=LoginsPerAddress].Action', weak: [{ Count: {} }] },
    { path: 'Rules[Name=RequestsPerAddress].Action', weak: [{ Count: {} }] },
  ],
  'AWS::WAFv2::LoggingConfiguration': [{}, ...paths('RedactedFields', 'LogDestinationConfigs')],
  'AWS::CertificateManager::Certificate': [{}, { path: 'ValidationMethod', weak: ['EMAIL'] }],
  'AWS::Logs::Delivery': [{}],
  'AWS::CloudWatch::Alarm': [
    {},
    { path: 'AlarmActions', weak: [[]] },
    { path: 'TreatMissingData', weak: ['missing', 'ignore'] },
    { path: 'AlarmDescription', weak: ['something is wrong'], where: /^(?!.*Objectives)/ },
    { path: 'MetricName', weak: ['AnotherMetric'] },
  ],
  'AWS::CloudWatch::CompositeAlarm': [{}, { path: 'AlarmActions', weak: [[]] }, { path: 'AlarmRule', weak: ['FALSE'] }],
  'AWS::Events::Rule': [{}, ...paths('Targets')],
  'AWS::CloudTrail::Trail': [
    {},
    ...paths(
      'IsLogging',
      'IsMultiRegionTrail',
      'EnableLogFileValidation',
      'IncludeGlobalServiceEvents',
      'CloudWatchLogsLogGroupArn',
      'AdvancedEventSelectors[Name=Objects]',
      'AdvancedEventSelectors[Name=Calls]',
    ),
    { path: 'KMSKeyId', weak: ['alias/aws/somebody-else'] },
  ],
  'AWS::GuardDuty::Detector': [
    {},
    ...paths(
      'Enable',
      'Features[Name=RUNTIME_MONITORING]',
      'Features[Name=S3_DATA_EVENTS]',
      'Features[Name=RDS_LOGIN_EVENTS]',
    ),
  ],
  'AWS::SecurityHub::Standard': [{}],
  'AWS::SecurityHub::Hub': [{}, ...paths('AutoEnableControls')],
  'AWS::Config::ConfigurationRecorder': [{}, ...paths('RecordingGroup.AllSupported')],
  'AWS::AccessAnalyzer::Analyzer': [{}],
  'AWS::Logs::MetricFilter': [{}, { path: 'FilterPattern', weak: [''] }],
  'AWS::ECR::RegistryScanningConfiguration': [{}, { path: 'ScanType', weak: ['BASIC'] }],
  Stack: [...paths('terminationProtection')],
};
