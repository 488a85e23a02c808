import { Cache, type CacheProps } from '../../lib/aws/cache';
import { cache } from '../../lib/platform/nouns/cache';
import { account, findings, surroundings, templateOf, testStack } from '../support/aws';

const platform = { name: 'retailflow', stageName: 'production' };

/** Makes one cache after the other in one stack. */
function cachesIn(stack = testStack()) {
  const { vpc, key, alarms } = surroundings(stack);
  const common = { platform, users: ['order'], vpc, key, secretsKey: key, logsKey: key, alarms, logDays: 365 };
  const add = (id: string, spec: object, changes: Partial<CacheProps> = {}) =>
    new Cache(stack, id, {
      ...common,
      name: id.toLowerCase(),
      spec: cache.parse({ memoryGiB: 6, ...spec }),
      protected: true,
      ...changes,
    });
  return { stack, key, add };
}

describe('the gateway’s user', () => {
  const { stack, key, add } = cachesIn();
  const subject = add('Sessions', { holds: 'sessions' }, { gatewayUser: true });
  const template = templateOf(stack);

  test('counts requests, by a password that is generated, encrypted and kept', () => {
    const secret = stack.resolve(subject.gatewaySecret?.secretArn);
    template.hasResourceProperties('AWS::ElastiCache::User', {
      UserName: 'gateway-retailflow-production',
      AccessString: 'on ~ratelimit:* -@all +ping +get +exists +incr +incrby +expire +expireat +eval',
      AuthenticationMode: {
        Type: 'password',
        Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', secret, ':SecretString:password::}}']] }],
      },
    });
    expect(template.findResources('AWS::SecretsManager::Secret')[secret.Ref]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: stack.resolve(key.keyArn),
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"gateway-retailflow-production"}',
          GenerateStringKey: 'password',
          PasswordLength: 64,
        },
      },
    });
  });

  test('is, as the default user, known to this account alone', () => {
    const policies = Object.values(template.findResources('AWS::SecretsManager::ResourcePolicy'));
    expect(policies.map(({ Properties }) => Properties.SecretId)).toEqual(
      Object.keys(template.findResources('AWS::SecretsManager::Secret')).map((Ref) => ({ Ref })),
    );
    for (const { Properties } of policies) {
      expect(Properties.BlockPublicPolicy).toBe(true);
      expect(Properties.ResourcePolicy.Statement).toEqual([
        expect.objectContaining({
          Sid: 'RefuseOtherAccounts',
          Effect: 'Deny',
          Condition: expect.objectContaining({ StringNotEquals: { 'aws:PrincipalAccount': account } }),
        }),
      ]);
    }
  });

  test('has no finding', () => {
    expect(findings(stack.node.findChild('CacheUsers'))).toEqual([]);
  });

  test('is among the users that are admitted', () => {
    const [group] = Object.values(template.findResources('AWS::ElastiCache::UserGroup'));
    expect(group?.Properties.UserIds).toHaveLength(3);
  });

  test('fails when the cache is a cluster, which the gateway’s client cannot follow', () => {
    expect(() => cachesIn().add('Sessions', { shards: 2 }, { gatewayUser: true })).toThrow(
      'caches.sessions.shards must be 1 for the cache in which the gateway counts, on aws, got 2: ' +
        'let gateway.limitsCache name a cache with one shard',
    );
  });
});

describe('two caches', () => {
  const withSecond = (engine: 'valkey' | 'redis') => {
    const { stack, add } = cachesIn();
    add('Sessions', { holds: 'sessions' }, { users: ['order', 'user'] });
    add('Catalog', { engine });
    return stack;
  };

  test('share the user of a service that uses both', () => {
    const template = templateOf(withSecond('valkey'));
    template.resourcePropertiesCountIs('AWS::ElastiCache::User', { UserName: 'retailflow-production-order' }, 1);
    template.resourcePropertiesCountIs('AWS::ElastiCache::User', { UserName: 'default' }, 1);
    template.resourceCountIs('AWS::ElastiCache::UserGroup', 2);
    const groups = Object.values(template.findResources('AWS::ElastiCache::UserGroup'));
    expect(groups.map(({ Properties }) => Properties.UserIds.length)).toEqual([3, 2]);
  });

  test('fails when they have different engines, since users have one', () => {
    expect(() => withSecond('redis')).toThrow(
      'caches.catalog.engine must be valkey on aws, as the caches have with which it shares users, got "redis": ' +
        'let all caches have one engine',
    );
  });
});
