import { CertificateAuthority } from '../../lib/aws/certificate-authority';
import { findings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

describe('CertificateAuthority', () => {
  const stack = testStack();
  const subject = new CertificateAuthority(stack, 'Authority', {
    commonName: 'shop-production',
    organization: 'Shop',
  });
  const template = templateOf(stack);
  const { logicalId, properties } = only(template, 'AWS::ACMPCA::CertificateAuthority');
  const root = only(template, 'AWS::ACMPCA::Certificate');
  const activation = only(template, 'AWS::ACMPCA::CertificateAuthorityActivation');
  const arn = { 'Fn::GetAtt': [logicalId, 'Arn'] };

  test.each([
    ['is a root', properties['Type'], 'ROOT'],
    ['issues certificates of a few days only', properties['UsageMode'], 'SHORT_LIVED_CERTIFICATE'],
    ['signs with elliptic curves', properties['KeyAlgorithm'], 'EC_prime256v1'],
    ['is named after its platform', properties['Subject'], { CommonName: 'shop-production', Organization: 'Shop' }],
    ['may be used by ECS, which asks for this tag', properties['Tags'], [{ Key: 'AmazonECSManaged', Value: 'true' }]],
    ['revokes nothing, because what it issues runs out', properties['RevocationConfiguration'], undefined],
    ['signs itself', root.properties['CertificateAuthorityArn'], arn],
    ['signs itself as a root', root.properties['TemplateArn'], 'arn:aws:acm-pca:::template/RootCACertificate/V1'],
    ['lasts ten years', root.properties['Validity'], { Type: 'YEARS', Value: 10 }],
    ['is made active', activation.properties['Status'], 'ACTIVE'],
    [
      'is made active with its own certificate',
      activation.properties['Certificate'],
      { 'Fn::GetAtt': [root.logicalId, 'Certificate'] },
    ],
    ['is known by its ARN', stack.resolve(subject.arn), arn],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test.each(['CertificateAuthority', 'Certificate', 'CertificateAuthorityActivation'])(
    'keeps its %s when the stack goes, because running tasks trust it',
    (type) => {
      expect(allOf(template, `AWS::ACMPCA::${type}`)).toEqual([
        expect.objectContaining({ deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' }),
      ]);
    },
  );

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
  });
});
