/** Attributes whose values an update in place can change; all others change only with a replacement. */
const VOLATILE: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::LaunchTemplate': ['DefaultVersionNumber', 'LatestVersionNumber'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['LoadBalancerArns'],
  'AWS::SSM::Parameter': ['Value'],
};

/** Types whose every attribute is what their own code, or their own template, returned last. */
const ALL_VOLATILE = /^(Custom::|AWS::CloudFormation::(CustomResource|Stack)$)/;

/** Whether an update in place can change what `Fn::GetAtt` gives. */
export function isVolatile(type: string, attribute: string | undefined): boolean {
  if (attribute === undefined) return false;
  return ALL_VOLATILE.test(type) || VOLATILE[type]?.includes(attribute) === true;
}
