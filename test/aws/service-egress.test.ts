import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { egressDestinations, openEgress } from '../../lib/aws/service-egress';
import { integration } from '../../lib/platform/nouns/storage';
import { region, surroundings, templateOf, testStack } from '../support/aws';
import { allOf } from '../support/template';

const anywhere = { cidrIp: '0.0.0.0/0' };
const objects = { destinationPrefixListId: 'pl-6fa54006' };
const party = (port: number) => integration.parse({ host: 'api.example.com', port, purpose: 'takes payments' });

function subject() {
  const stack = testStack();
  const { vpc } = surroundings(stack);
  const group = (id: string) => new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false });
  return { stack, own: group('Own'), endpoint: { id: 'Endpoints', securityGroup: group('Endpoint'), port: 443 } };
}

describe('egressDestinations', () => {
  const { endpoint } = subject();
  const ways = (endpoints: boolean, ports: readonly number[]) =>
    egressDestinations({
      service: 'order',
      region,
      endpoints: endpoints ? [endpoint] : [],
      thirdParties: ports.map(party),
    }).map(({ id, port, target }) => [id, port, target]);

  test.each([
    ['with private endpoints: to objects, by the list of their addresses', true, [], [['ObjectsEgress', 443, objects]]],
    [
      'with private endpoints and a third party: to the internet as well',
      true,
      [443],
      [
        ['ObjectsEgress', 443, objects],
        ['InternetEgress443', 443, anywhere],
      ],
    ],
    [
      'with private endpoints and other ports: to each of them once',
      true,
      [8443, 8443, 9443],
      [
        ['ObjectsEgress', 443, objects],
        ['InternetEgress8443', 8443, anywhere],
        ['InternetEgress9443', 9443, anywhere],
      ],
    ],
    ['without: to AWS over the internet', false, [], [['InternetEgress443', 443, anywhere]]],
    [
      'without, for every reason at once: by one rule a port',
      false,
      [443, 8443],
      [
        ['InternetEgress443', 443, anywhere],
        ['InternetEgress8443', 8443, anywhere],
      ],
    ],
  ])('%s', (_title, endpoints, ports, expected) => {
    expect(ways(endpoints, ports)).toEqual(expected);
  });

  test('describes a rule alike for every reason, because another description would replace it by a duplicate', () => {
    const descriptions = [[], [party(443)]].flatMap((thirdParties) =>
      egressDestinations({ service: 'order', region, endpoints: [], thirdParties }).map(
        ({ description }) => description,
      ),
    );
    expect([...new Set(descriptions)]).toEqual(['order to the internet']);
  });

  test('fails when the region has no known list of the addresses of objects', () => {
    expect(() =>
      egressDestinations({
        service: 'order',
        region: 'mars-north-1',
        endpoints: [endpoint],
        thirdParties: [],
      }),
    ).toThrow("got mars-north-1: add the id that 'aws ec2 describe-prefix-lists --region mars-north-1' prints");
  });
});

describe('openEgress', () => {
  const { stack, own, endpoint } = subject();
  openEgress(stack, {
    service: 'order',
    securityGroup: own,
    region,
    endpoints: [endpoint],
    thirdParties: [party(8443)],
  });
  const template = templateOf(stack);
  const groupId = { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'GroupId'] };

  test('opens the ways out of the group, by TCP, and no other', () => {
    expect(allOf(template, 'AWS::EC2::SecurityGroupEgress').map(({ properties }) => properties)).toEqual([
      {
        GroupId: groupId,
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        DestinationPrefixListId: 'pl-6fa54006',
        Description: 'order to S3',
      },
      {
        GroupId: groupId,
        IpProtocol: 'tcp',
        FromPort: 8443,
        ToPort: 8443,
        CidrIp: '0.0.0.0/0',
        Description: 'order to the internet',
      },
      {
        GroupId: groupId,
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        DestinationSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'GroupId'] },
        Description: 'order to AWS endpoints',
      },
    ]);
  });

  test('lets the group in at the endpoints, and nobody in at the group', () => {
    expect(allOf(template, 'AWS::EC2::SecurityGroupIngress').map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'GroupId'] },
        SourceSecurityGroupId: groupId,
        FromPort: 443,
        ToPort: 443,
      }),
    ]);
  });
});
