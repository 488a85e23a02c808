import { secretsLiteral } from '../../../../lib/review/aws/rules/secrets-literal';
import { change, judges, messagesOf } from '../fixtures';

const SECRET = { Ref: 'Secret' };
const RESOLVED = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', SECRET, ':SecretString:password::}}']] };
const ENVIRONMENT = 'Task/Properties/ContainerDefinitions/0/Environment';

const VALID = {
  Database: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { MasterUserPassword: RESOLVED, ManageMasterUserPassword: false },
  },
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"x"}',
        GenerateStringKey: 'password',
        ExcludeCharacters: '/@',
      },
    },
  },
  Cache: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: { AuthToken: '{{resolve:ssm-secure:/cache/token:3}}' },
  },
  User: { Type: 'AWS::ElastiCache::User', Properties: { Passwords: [RESOLVED, { Ref: 'AWS::NoValue' }] } },
  Tunnel: {
    Type: 'AWS::EC2::VPNConnection',
    Properties: { VpnTunnelOptionsSpecifications: [{ PreSharedKey: { Ref: 'Key' } }] },
  },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ContainerDefinitions: [
        {
          Environment: [
            { Name: 'DATABASE_HOST', Value: 'db.internal' },
            { Name: 'DATABASE_PASSWORD', Value: RESOLVED },
            { Name: 'EMPTY_TOKEN', Value: '' },
            { Name: 'QUEUE_KEY', Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
          ],
          Secrets: [{ Name: 'PAYMENT_SECRET', ValueFrom: 'arn:aws:secretsmanager:x' }],
        },
      ],
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Environment: { Variables: { LOG_LEVEL: 'info', API_KEY: SECRET } } },
  },
};

const PARAMETERS = {
  Key: { Type: 'String', NoEcho: true },
  Fetched: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cache/token' },
  Written: { Type: 'String', Default: 'hunter2' },
};

describe('secrets-literal', () => {
  judges(
    secretsLiteral,
    VALID,
    [
      [
        'a password is a literal',
        'Database/Properties/MasterUserPassword',
        'hunter2',
        'Database: MasterUserPassword must not hold a literal, got one',
      ],
      [
        'a password is half a literal',
        'Database/Properties/MasterUserPassword',
        { 'Fn::Sub': 'pre-${Secret}' },
        'MasterUserPassword must not',
      ],
      [
        'a literal stands beside a dynamic reference',
        'Database/Properties/MasterUserPassword',
        'x{{resolve:secretsmanager:y}}',
        'MasterUserPassword must not',
      ],
      [
        'a reference is to plain text',
        'Cache/Properties/AuthToken',
        '{{resolve:ssm:/cache/token}}',
        'Cache: AuthToken must not',
      ],
      [
        'a secret’s content is a literal',
        'Secret/Properties/SecretString',
        '{"password":"hunter2"}',
        'Secret: SecretString must not',
      ],
      [
        'one password of a list is a literal',
        'User/Properties/Passwords/1',
        'hunter2hunter2hunter2',
        'User: Passwords[1] must not',
      ],
      [
        'a tunnel’s key is a literal',
        'Tunnel/Properties/VpnTunnelOptionsSpecifications/0/PreSharedKey',
        'x',
        'VpnTunnelOptionsSpecifications[0].PreSharedKey must not',
      ],
      [
        'a secret is a parameter’s default',
        'Tunnel/Properties/VpnTunnelOptionsSpecifications/0/PreSharedKey',
        { Ref: 'Written' },
        'PreSharedKey must not',
      ],
      [
        'a variable of a container is a literal',
        `${ENVIRONMENT}/1/Value`,
        'hunter2',
        'Environment[1].Value of DATABASE_PASSWORD must not',
      ],
      [
        'a variable of a function is a literal',
        'Function/Properties/Environment/Variables/API_KEY',
        'k',
        'Environment.Variables.API_KEY must not',
      ],
    ],
    { parameters: PARAMETERS },
  );

  test('takes a parameter that is fetched at deployment', async () => {
    const resources = change(VALID, 'Cache/Properties/AuthToken', { Ref: 'Fetched' });
    expect(await messagesOf(secretsLiteral, resources, { parameters: PARAMETERS })).toEqual([]);
  });

  test('never prints the secret', async () => {
    const messages = await messagesOf(secretsLiteral, change(VALID, 'Cache/Properties/AuthToken', 'hunter2'));
    expect(messages).toHaveLength(1);
    expect(messages.join()).not.toContain('hunter2');
  });
});
