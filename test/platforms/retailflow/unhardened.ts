/**
 * Types of which nothing is hardened, and why. A type that is neither here nor hardened fails the test: whoever adds it
 * decides.
 */
export const unhardened: Readonly<Record<string, string>> = {
  'AWS::ACMPCA::Certificate': 'Without it the authority signs nothing, which every deployment notices.',
  'AWS::ACMPCA::CertificateAuthorityActivation':
    'Without it the authority signs nothing, which every deployment notices.',
  'AWS::CloudFront::Function': 'Rewrites addresses of pages; what a visitor may read is decided by the origin.',
  'AWS::EC2::InternetGateway': 'Without it there is no way out, and none in.',
  'AWS::EC2::RouteTable': 'Holds routes, which are hardened.',
  'AWS::EC2::SecurityGroupEgress': 'Every rule is compared with the definition, one by one, in the traces.',
  'AWS::EC2::SecurityGroupIngress': 'Every rule is compared with the definition, one by one, in the traces.',
  'AWS::EC2::VPCGatewayAttachment': 'Without it there is no way out, and none in.',
  'AWS::ECS::ClusterCapacityProviderAssociations': 'Services name Fargate themselves.',
};
