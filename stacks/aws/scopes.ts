import { Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Keys } from '../../lib/aws/keys';
import { Scope, type Scopes } from '../../lib/aws/scope';
import type { ScopeKeys } from '../../lib/aws/scope-keys';
import { byName } from '../../lib/platform/by-name';
import { named } from '../../lib/platform/named';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ScopesStackProps extends PlatformStackProps {
  readonly keys: Pick<Keys, 'messaging'>;
  /** Keys of each scope. */
  readonly scopeKeys: Readonly<Record<string, ScopeKeys>>;
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/** What is judged apart, such as payments by card: the archive of its logs, and the bound of its roles. */
export class ScopesStack extends Stack {
  public readonly scopes: Scopes;

  public constructor(scope: Construct, id: string, props: ScopesStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { accessLogs, alarms, keys, platform, scopeKeys } = props;
    this.scopes = byName(
      Object.entries(platform.scopes),
      '',
      (part, name, spec) =>
        new Scope(this, part, {
          name,
          spec,
          platform,
          keys: named('scopes', scopeKeys, name),
          messagingKey: keys.messaging,
          accessLogs,
          alarms,
        }),
    );
  }
}
