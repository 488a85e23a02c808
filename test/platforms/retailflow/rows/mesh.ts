import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, containing, oneOf } from '../../support/matchers';
import { key } from './facts';

const stack = 'Service-*';

/** Services that others call, by the name under which they are called. */
const called = ['catalog', 'order', 'payment', 'user'] as const;

const calls: readonly Expectation[] = [
  ...called.flatMap((name) =>
    about(
      { stack: `Service-${name.charAt(0).toUpperCase()}${name.slice(1)}`, type: 'AWS::ECS::Service', count: 1 },
      {
        [`${name} is called by its name`]: {
          path: 'ServiceConnectConfiguration.Services[*].ClientAliases[*]',
          is: { DnsName: name, Port: 80 },
        },
        [`${name} is called by TLS`]: {
          path: 'ServiceConnectConfiguration.Services[*].Tls.IssuerCertificateAuthority.AwsPcaAuthorityArn',
          is: reference('Cluster/Cluster/CertificateAuthority/Authority', 'Arn'),
        },
        [`keys of the certificates of ${name} are encrypted with the key of secrets`]: {
          path: 'ServiceConnectConfiguration.Services[*].Tls.KmsKey',
          is: key.secrets,
        },
        [`certificates of ${name} are made by a role for that alone`]: {
          path: 'ServiceConnectConfiguration.Services[*].Tls.RoleArn',
          is: reference('Cluster/Cluster/MeshRole', 'Arn'),
        },
        [`a call to ${name} ends in time`]: {
          path: 'ServiceConnectConfiguration.Services[*].Timeout.PerRequestTimeoutSeconds',
          is: name === 'payment' ? 20 : 15,
        },
        [`calls to ${name} come in beside the load balancer's requests`]: {
          path: 'ServiceConnectConfiguration.Services[*].IngressPortOverride',
          is: 15443,
        },
      },
    ),
  ),
  ...about(
    { stack, type: 'AWS::ECS::Service', having: { 'ServiceConnectConfiguration.Enabled': true } },
    {
      'services find each other in the namespace of the stage': {
        path: 'ServiceConnectConfiguration.Namespace',
        is: reference('Cluster/Cluster/Namespace', 'Arn'),
      },
      'calls are logged': { path: 'ServiceConnectConfiguration.LogConfiguration.LogDriver', is: 'awslogs' },
    },
  ),
  ...about(
    { stack: 'Service-Analytics', type: 'AWS::ECS::Service', count: 1 },
    { 'who neither calls nor is called runs no proxy': { path: 'ServiceConnectConfiguration', is: absent } },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::ACMPCA::CertificateAuthority', count: 1 },
    {
      'certificates of services live for days': { path: 'UsageMode', is: 'SHORT_LIVED_CERTIFICATE' },
      'ECS may have certificates made': { path: 'Tags', is: containing({ Key: 'AmazonECSManaged', Value: 'true' }) },
      'the authority outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
      'the authority outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      'the authority has a strong key': { path: 'KeyAlgorithm', is: oneOf('EC_prime256v1', 'EC_secp384r1') },
    },
  ),
];

export const mesh: Row = { row: 'cluster, service: calls', expectations: calls };
