import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { calledService, meshOf } from '../../lib/aws/service-mesh';
import { testStack } from '../support/aws';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { only } from '../support/template';

const mesh = (name: string, patch: unknown = {}) =>
  only(madeService(name, resolved(retailflowWith(patch))).template, 'AWS::ECS::Service').properties[
    'ServiceConnectConfiguration'
  ];

describe('a service that calls and is called', () => {
  const configuration = mesh('payment');
  const [server, ...more] = configuration.Services;

  test.each([
    ['is on', configuration.Enabled, true],
    [
      'finds others in the namespace of the cluster',
      configuration.Namespace,
      {
        'Fn::GetAtt': ['ClusterNamespaceCF7F7292', 'Arn'],
      },
    ],
    ['offers one port', more, []],
    ['offers the port of the process', server.PortName, 'payment'],
    ['is found by its name', server.DiscoveryName, 'payment'],
    ['is called by its name, as if it were plain HTTP', server.ClientAliases, [{ DnsName: 'payment', Port: 80 }]],
    ['is called at a port that the load balancer does not use', server.IngressPortOverride, 15_443],
    ['ends a call after the time of the one that is called', server.Timeout.PerRequestTimeoutSeconds, 20],
    ['keeps idle connections for five minutes', server.Timeout.IdleTimeoutSeconds, 300],
    [
      "encrypts with certificates of the cluster's own authority",
      server.Tls.IssuerCertificateAuthority,
      { AwsPcaAuthorityArn: { 'Fn::GetAtt': ['ClusterCertificateAuthorityE7FCAEFF', 'Arn'] } },
    ],
    [
      'keeps their private keys under the key of the cluster',
      server.Tls.KmsKey,
      {
        'Fn::GetAtt': ['Key961B73FD', 'Arn'],
      },
    ],
    [
      "gets them in the cluster's role for it",
      server.Tls.RoleArn,
      { 'Fn::GetAtt': ['ClusterMeshRole66C7FE37', 'Arn'] },
    ],
    [
      'logs to the log group of the service',
      configuration.LogConfiguration.Options['awslogs-group'],
      {
        Ref: expect.stringMatching(/^SubjectLogs/),
      },
    ],
    ['logs apart from the process', configuration.LogConfiguration.Options['awslogs-stream-prefix'], 'mesh'],
    ['never waits for its logs', configuration.LogConfiguration.Options.mode, 'non-blocking'],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('takes its timeout from its own definition, not from that of its callers', () => {
    const [slow] = mesh('payment', {
      services: { payment: { timeoutSeconds: 200 }, order: { timeoutSeconds: 5 } },
    }).Services;
    expect(slow.Timeout).toEqual({ PerRequestTimeoutSeconds: 200, IdleTimeoutSeconds: 300 });
  });
});

describe('Service Connect', () => {
  test('offers nothing of a service that only calls', () => {
    expect(mesh('notification')).toMatchObject({ Enabled: true, Services: [] });
  });

  test('offers a service that is only called', () => {
    expect(mesh('catalog').Services).toHaveLength(1);
  });

  test('is absent from a service that neither calls nor is called', () => {
    expect(mesh('analytics')).toBeUndefined();
  });

  test('is absent where the platform has no such service', () => {
    const { shared, subject } = madeService('order');
    expect(meshOf({ ...shared, name: 'orders', logGroup: subject.logGroup })).toBeUndefined();
  });
});

describe('calledService', () => {
  const stack = testStack();
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc: new ec2.Vpc(stack, 'Vpc', {}) });
  const called = calledService('payment', securityGroup);

  test('is reached at the port of its proxy and no other', () => {
    expect(called.reach).toEqual([{ id: 'Mesh', securityGroup, port: 15_443 }]);
  });

  test('is called by plain HTTP, which the proxy of the caller encrypts', () => {
    expect(called.values('order')).toEqual({ url: 'http://payment:80' });
  });

  test('gives no secret', () => {
    expect(called.secrets).toEqual({});
  });
});
