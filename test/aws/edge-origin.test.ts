import { Match } from 'aws-cdk-lib/assertions';
import { findings, staleAcknowledgements } from '../support/aws';
import { edgeWorld } from '../support/edge';

const { balancer, home, homeTemplate, origin } = edgeWorld();

describe('the way to the load balancer', () => {
  test('is open to CloudFront’s addresses on one port, and to nobody else', () => {
    const group = home.resolve(balancer.securityGroup.securityGroupId);
    const rules = Object.values(
      homeTemplate.findResources('AWS::EC2::SecurityGroupIngress', { Properties: { GroupId: group } }),
    );
    expect(rules.map(({ Properties }) => Properties)).toEqual([
      {
        GroupId: group,
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        SourcePrefixListId: 'pl-31a34658',
        Description: 'CloudFront to the load balancer',
      },
    ]);
  });

  test('has the name that is on the certificate', () => {
    homeTemplate.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'origin.shop.example.com.',
      Type: 'A',
      HostedZoneId: 'Z0EXAMPLE0SHOP',
      AliasTarget: Match.anyValue(),
    });
  });
});

test('leaves no finding open', () => {
  expect(findings(origin)).toEqual([]);
  expect(staleAcknowledgements(origin)).toEqual([]);
});
