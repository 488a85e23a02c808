import { cloudfront } from '../../../../lib/review/aws/rules/cloudfront';
import { change, judges, messagesOf } from '../fixtures';

const CONFIG = 'Edge/Properties/DistributionConfig';

const VALID = {
  Edge: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Origins: [{ Id: 'Site' }, { Id: 'Assets' }, { Id: 'Spare' }],
        OriginGroups: {
          Quantity: 1,
          Items: [{ Id: 'Pair', Members: { Items: [{ OriginId: 'Site' }, { OriginId: 'Spare' }] } }],
        },
        DefaultCacheBehavior: { TargetOriginId: 'Pair', ViewerProtocolPolicy: 'redirect-to-https' },
        CacheBehaviors: [{ TargetOriginId: 'Assets', ViewerProtocolPolicy: 'https-only' }],
        ViewerCertificate: { AcmCertificateArn: { Ref: 'Certificate' }, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    },
  },
};

describe('cloudfront', () => {
  judges(cloudfront, VALID, [
    [
      'the default origin is unknown',
      `${CONFIG}/DefaultCacheBehavior/TargetOriginId`,
      'Sight',
      'DefaultCacheBehavior.TargetOriginId must be an origin of the distribution (Site, Assets, Spare, Pair), got "Sight"',
    ],
    [
      'a behavior’s origin is unknown',
      `${CONFIG}/CacheBehaviors/0/TargetOriginId`,
      'Asset',
      'CacheBehaviors[0].TargetOriginId must be',
    ],
    [
      'a member of a group is unknown',
      `${CONFIG}/OriginGroups/Items/0/Members/Items/1/OriginId`,
      'Spares',
      'OriginGroups.Items[0].Members must be an origin of the distribution (Site, Assets, Spare), got "Spares"',
    ],
    ['a group is member of a group', `${CONFIG}/OriginGroups/Items/0/Members/Items/1/OriginId`, 'Pair', 'got "Pair"'],
    [
      'plain HTTP is allowed',
      `${CONFIG}/DefaultCacheBehavior/ViewerProtocolPolicy`,
      'allow-all',
      'DefaultCacheBehavior.ViewerProtocolPolicy must be https-only or redirect-to-https, got "allow-all"',
    ],
    [
      'the protocol of a behavior is left to the default',
      `${CONFIG}/CacheBehaviors/0/ViewerProtocolPolicy`,
      undefined,
      'CacheBehaviors[0].ViewerProtocolPolicy must be',
    ],
    [
      'TLS is old',
      `${CONFIG}/ViewerCertificate/MinimumProtocolVersion`,
      'TLSv1.2_2019',
      'must be TLSv1.2_2021 or newer, got "TLSv1.2_2019"',
    ],
    ['TLS is left to the default', `${CONFIG}/ViewerCertificate/MinimumProtocolVersion`, undefined, 'got nothing'],
  ]);

  test.each(['TLSv1.2_2025', 'TLSv1.3_2025', 'TLSv1.3'])('takes the newer %s', async (version) => {
    expect(
      await messagesOf(cloudfront, change(VALID, `${CONFIG}/ViewerCertificate/MinimumProtocolVersion`, version)),
    ).toEqual([]);
  });

  test('asks nothing of CloudFront’s own certificate', async () => {
    const certificate = { CloudFrontDefaultCertificate: true };
    expect(await messagesOf(cloudfront, change(VALID, `${CONFIG}/ViewerCertificate`, certificate))).toEqual([]);
  });
});
