import { aws_acmpca as acmpca, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Who the authority says it is. */
export interface CertificateAuthorityProps {
  /** Subject of the root, such as the platform and stage. */
  readonly commonName: string;
  readonly organization: string;
}

/**
 * The private root that signs the certificates of calls between services. It issues certificates of a few days only, so
 * nothing is revoked: what leaks runs out. ECS asks for them, which is why the authority carries its tag.
 */
export class CertificateAuthority extends Construct {
  public readonly authority: acmpca.CfnCertificateAuthority;
  public readonly arn: string;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    this.authority = new acmpca.CfnCertificateAuthority(this, 'Authority', {
      type: 'ROOT',
      usageMode: 'SHORT_LIVED_CERTIFICATE',
      keyAlgorithm: 'EC_prime256v1',
      signingAlgorithm: 'SHA256WITHECDSA',
      subject: { commonName: props.commonName, organization: props.organization },
    });
    this.authority.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Tags.of(this.authority).add('AmazonECSManaged', 'true');
    const root = new acmpca.CfnCertificate(this, 'Root', {
      certificateAuthorityArn: this.authority.attrArn,
      certificateSigningRequest: this.authority.attrCertificateSigningRequest,
      signingAlgorithm: 'SHA256WITHECDSA',
      templateArn: `arn:${this.authority.stack.partition}:acm-pca:::template/RootCACertificate/V1`,
      validity: { type: 'YEARS', value: 10 },
    });
    const activation = new acmpca.CfnCertificateAuthorityActivation(this, 'Activation', {
      certificateAuthorityArn: this.authority.attrArn,
      certificate: root.attrCertificate,
      status: 'ACTIVE',
    });
    root.applyRemovalPolicy(RemovalPolicy.RETAIN);
    activation.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.arn = this.authority.attrArn;
  }
}
