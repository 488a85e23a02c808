import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
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
    this.data = this.key('data', props);
    this.messaging = this.key('messaging', props);
    this.logs = this.key('logs', props);
    this.secrets = this.key('secrets', props);
  }

  private key(name: KeyName, { platform, prometheus = false }: KeysProps): kms.IKey {
    const { account, partition, region } = Stack.of(this);
    const key = new kms.Key(this, pascalCase(name), {
      description: `${stagePrefix(platform)} ${name}`,
      alias: `${stagePrefix(platform)}/${name}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const use of serviceUses({ account, partition, region, prometheus })[name])
      key.addToResourcePolicy(serviceStatement(use));
    return kms.Key.fromKeyArn(this, `${pascalCase(name)}Handle`, key.keyArn);
  }
}
