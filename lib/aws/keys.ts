import { aws_kms as kms, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { stagePrefix } from '../platform/names';
import type { Platform } from '../platform/platform';
import { pascalCase } from '../platform/ids';
import { serviceStatement, serviceUses, type KeyName } from './key-statements';

export interface KeysProps {
  /** Gives the aliases their prefix, by which people find the keys. */
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  /** Whether Managed Prometheus calls people. @default false */
  readonly prometheus?: boolean;
}

/**
 * The customer keys of a platform in a region. Each is rotated every year, and outlives its stack.
 *
 * What is handed out cannot change a key's policy: every service that a key admits is named in one table here, and no
 * other stack writes into this one. Grants therefore go to the policy of whoever asks.
 */
export class Keys extends Construct {
  /** Encrypts databases, caches, search domains, buckets and their backups. */
  public readonly data: kms.IKey;
  /** Encrypts queues, topics and the executions of workflows. */
  public readonly messaging: kms.IKey;
  /** Encrypts log groups and logs in buckets. */
  public readonly logs: kms.IKey;
  /** Encrypts secrets. */
  public readonly secrets: kms.IKey;

  public constructor(scope: Construct, id: string, props: KeysProps) {
    super(scope, id);
    const { platform, prometheus = false } = props;
    const key = (name: KeyName): kms.IKey => customerKey(this, { prefix: stagePrefix(platform), name, prometheus });
    this.data = key('data');
    this.messaging = key('messaging');
    this.logs = key('logs');
    this.secrets = key('secrets');
  }
}

/** Which key it is, and what its names begin with. */
interface CustomerKeyProps {
  readonly prefix: string;
  readonly name: KeyName;
  readonly prometheus: boolean;
}

/** A key of one's own, as {@link Keys} describes it. */
export function customerKey(scope: Construct, { name, prefix, prometheus }: CustomerKeyProps): kms.IKey {
  const { account, partition, region } = Stack.of(scope);
  const key = new kms.Key(scope, pascalCase(name), {
    description: `${prefix} ${name}`,
    alias: `${prefix}/${name}`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const use of serviceUses({ account, partition, region, prometheus })[name])
    key.addToResourcePolicy(serviceStatement(use));
  return kms.Key.fromKeyArn(scope, `${pascalCase(name)}Handle`, key.keyArn);
}
