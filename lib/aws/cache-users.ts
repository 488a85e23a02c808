import {
  aws_elasticache as elasticache,
  aws_secretsmanager as secretsmanager,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { PlatformError } from '../platform/error';
import { gatewayAccess } from '../platform/gateway/limits';
import type { Cache } from '../platform/nouns/cache';
import { cacheUser, gatewayCacheUser, socketChannels, stagePrefix } from '../platform/names';
import type { Platform } from '../platform/platform';
import { pascalCase } from '../platform/ids';
import { refuseOtherAccounts } from './secret-policy';
import { leaveUnrotated, rotatedLater } from './unrotated';

export interface CacheUsersProps {
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  readonly engine: Cache['engine'];
  /** Encrypts passwords. */
  readonly secretsKey: kms.IKey;
}

/**
 * What a service may do in its caches. All keys: services share sessions. No command that looks at or empties what is
 * others', or that administers. `info` is only read, and clients ask for it to see whether a node is ready.
 */
export const serviceAccess = 'on ~* +@all -@dangerous +info';

/** The same for a service whose tasks tell each other: over channels of its own, and no others. */
export const channelAccess = (service: string): string =>
  `on ~* resetchannels &${socketChannels(service)}* +@all -@dangerous +info`;

/** The user that clients are before they say who they are. It can do nothing. */
export const defaultAccess = 'off ~keys* -@all';

/**
 * The users of all caches of a stack. ElastiCache keeps users by account and region, and a service has the same user in
 * every cache that it uses, so a stack has them once.
 */
export class CacheUsers extends Construct {
  /**
   * The stack's users, made when first asked for.
   *
   * @param cache name of the cache that asks
   * @throws PlatformError when caches that share users have different engines
   */
  public static of(scope: Construct, cache: string, props: CacheUsersProps): CacheUsers {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild('CacheUsers') as CacheUsers | undefined;
    if (existing === undefined) return new CacheUsers(stack, 'CacheUsers', props);
    if (existing.props.engine === props.engine) return existing;
    throw new PlatformError('cache on aws', [
      {
        path: `caches.${cache}.engine`,
        got: props.engine,
        allowed: `${existing.props.engine} on aws, as the caches have with which it shares users`,
        remedy: 'let all caches have one engine',
      },
    ]);
  }

  /** Every group must have a default user. */
  public readonly defaultUser: elasticache.CfnUser;
  private readonly props: CacheUsersProps;

  public constructor(scope: Construct, id: string, props: CacheUsersProps) {
    super(scope, id);
    this.props = props;
    this.defaultUser = this.withPassword(
      'DefaultUser',
      { userId: `default-${stagePrefix(props.platform)}`, userName: 'default', accessString: defaultAccess },
      (secret) => leaveUnrotated(secret, 'Nobody logs in with it: the user is off, and may do nothing.'),
    ).user;
    // A group cannot be without it, and the group of a cache that is kept is kept.
    this.defaultUser.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** The user of a service, who proves by IAM who it is; with channels of its own in every cache if its tasks use any. */
  public service(name: string, channels: boolean): elasticache.CfnUser {
    const id = `${pascalCase(name)}ServiceUser`;
    const existing = this.node.tryFindChild(id) as elasticache.CfnUser | undefined;
    // IAM takes a user's id for its name, so both must be the same.
    const user = cacheUser(this.props.platform, name);
    return (
      existing ??
      new elasticache.CfnUser(this, id, {
        engine: this.props.engine,
        userId: user,
        userName: user,
        accessString: channels ? channelAccess(name) : serviceAccess,
        authenticationMode: { Type: 'iam' },
      })
    );
  }

  /** The user of the gateway, whose client knows passwords only. The secret has its `username` and `password`. */
  public gateway(): { readonly user: elasticache.CfnUser; readonly secret: secretsmanager.Secret } {
    const user = gatewayCacheUser(this.props.platform);
    return this.withPassword('GatewayUser', { userId: user, userName: user, accessString: gatewayAccess }, (secret) =>
      rotatedLater(secret, 'It is rotated from the stack of the gateway, which starts anew with every password.'),
    );
  }

  private withPassword(
    id: string,
    props: Pick<elasticache.CfnUserProps, 'userId' | 'userName' | 'accessString'>,
    say: (secret: secretsmanager.Secret) => void,
  ) {
    const secret = new secretsmanager.Secret(this, `${id}Password`, {
      description: `Password of the cache user ${props.userId}`,
      encryptionKey: this.props.secretsKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: props.userName }),
        generateStringKey: 'password',
        excludePunctuation: true,
        passwordLength: 64,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    refuseOtherAccounts(secret);
    say(secret);
    const user = new elasticache.CfnUser(this, id, {
      ...props,
      engine: this.props.engine,
      authenticationMode: { Type: 'password', Passwords: [secret.secretValueFromJson('password').unsafeUnwrap()] },
    });
    return { user, secret };
  }
}
