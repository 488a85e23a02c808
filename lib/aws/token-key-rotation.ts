import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { byKey, currentField, leastAgeMinutes } from '../platform/gateway/token-keys';
import { named } from '../platform/named';
import type { Gateway } from '../platform/nouns/gateway';
import type { ExternalSecret } from './secret';
import { secretRotator, type SecretRotator, type SecretRotatorProps } from './secret-rotator';
import { privateKeys, publicKeys } from './token-keys';

/** Tasks that read keys when they start. */
export interface KeyReader {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly cluster: { readonly clusterName: string };
}

export interface TokenKeyRotationProps extends Pick<SecretRotatorProps, 'prefix' | 'keys' | 'logDays' | 'alarms'> {
  readonly tokens: Pick<Gateway['tokens'], 'lifetimeMinutes' | 'rotateDays'>;
  /** The three key pairs, and which of them signs. */
  readonly secret: Pick<ExternalSecret, 'entries'>;
  /** Whoever verifies tokens, and whoever signs them. */
  readonly readers: readonly KeyReader[];
}

/**
 * Lets the next key pair sign tokens, once in a period, writes another pair in place of the one that signed before, and lets all that read
 * keys start anew. What is rotated is the name of the pair that signs; the pairs are written with it.
 */
export class TokenKeyRotation extends Construct {
  public readonly rotator: SecretRotator;

  public constructor(scope: Construct, id: string, props: TokenKeyRotationProps) {
    super(scope, id);
    const { readers, secret, tokens, ...shared } = props;
    const privates = privateKeys(secret);
    const publics = publicKeys(secret);
    this.rotator = secretRotator(this, {
      ...shared,
      secret: named('gateway.tokens.secret', secret.entries, currentField),
      others: [...Object.values(privates), ...Object.values(publics)],
      name: 'token-keys',
      days: tokens.rotateDays,
      // The first pairs are new when this is deployed.
      atOnce: false,
      handler: 'token-keys',
      description: 'Rotates the key pairs of tokens',
      environment: {
        PAIRS: Stack.of(this).toJsonString(
          byKey((key) => ({ privateKey: privates[key].secretArn, publicKey: publics[key].secretArn })),
        ),
        READERS: Stack.of(this).toJsonString(
          readers.map(({ cluster, serviceName }) => ({ cluster: cluster.clusterName, service: serviceName })),
        ),
        LEAST_AGE_MINUTES: String(leastAgeMinutes(tokens)),
      },
      statements: [
        new iam.PolicyStatement({
          actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
          resources: readers.map(({ serviceArn }) => serviceArn),
        }),
      ],
      outside: 'It asks Secrets Manager and ECS, so it reaches nothing in the network and needs no interface there.',
      after: [],
      told: {
        failed: 'The keys that sign tokens could not be rotated.',
        givenUp: 'A step of the rotation of the keys that sign tokens was given up.',
        runbook: 'token-keys',
      },
    });
  }
}
