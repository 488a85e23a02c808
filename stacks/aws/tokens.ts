import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Keys } from '../../lib/aws/keys';
import type { ExternalSecret } from '../../lib/aws/secret';
import { TokenKeyRotation, type KeyReader } from '../../lib/aws/token-key-rotation';
import { named } from '../../lib/platform/named';
import { stagePrefix } from '../../lib/platform/names';
import type { Gateway } from '../../lib/platform/nouns/gateway';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface TokensStackProps extends PlatformStackProps {
  readonly tokens: Gateway['tokens'];
  readonly secrets: Readonly<Record<string, ExternalSecret>>;
  /** Whoever verifies tokens, and whoever signs them. */
  readonly readers: readonly KeyReader[];
  readonly keys: Keys;
  readonly alarms: Alarms;
}

/** What rotates the key pairs of tokens: after everything that reads them, which it starts anew. */
export class TokensStack extends Stack {
  public readonly rotation: TokenKeyRotation;

  public constructor(scope: Construct, id: string, props: TokensStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, keys, platform, readers, secrets, tokens } = props;
    this.rotation = new TokenKeyRotation(this, 'Keys', {
      prefix: stagePrefix(platform),
      tokens,
      secret: named('gateway.tokens.secret', secrets, tokens.secret),
      readers,
      keys,
      logDays: platform.stage.logDays,
      alarms,
    });
  }
}
