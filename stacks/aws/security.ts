import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { Alarms } from '../../lib/aws/alarms';
import { byName } from '../../lib/platform/by-name';
import { Keys } from '../../lib/aws/keys';
import { ScopeKeys } from '../../lib/aws/scope-keys';
import { scopeOf } from '../../lib/platform/scopes';
import { ExternalSecret } from '../../lib/aws/secret';
import { SecretAges } from '../../lib/aws/secret-ages';
import { secretName, stagePrefix } from '../../lib/platform/names';
import type { Platform } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/**
 * What every other stack of the region is given, and which knows none of them: keys, the channel of alarms, where access
 * is logged, and the secrets that come from outside.
 */
export class SecurityStack extends Stack {
  public readonly keys: Keys;
  public readonly alarms: Alarms;
  public readonly accessLogs: AccessLogBucket;
  /** Keys of what is judged apart, by scope. */
  public readonly scopeKeys: Readonly<Record<string, ScopeKeys>>;
  public readonly capabilities: { readonly secrets: Readonly<Record<string, ExternalSecret>> };

  public constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform, site } = props;
    const prometheus = site.runtime === 'eks' || platform.telemetry !== undefined;
    const keys = new Keys(this, 'Keys', { platform, prometheus });
    this.keys = keys;
    this.alarms = new Alarms(this, 'Alarms', { key: keys.messaging, email: platform.stage.alarms.email, prometheus });
    this.accessLogs = new AccessLogBucket(this, 'AccessLogs', { days: platform.stage.logDays });
    this.scopeKeys = byName(
      Object.entries(platform.scopes),
      'Keys',
      (part, name) => new ScopeKeys(this, part, { name, platform }),
    );
    this.capabilities = {
      secrets: byName(
        Object.entries(platform.secrets),
        'Secret',
        (part, name, spec) =>
          new ExternalSecret(this, part, {
            name: secretName(platform, name),
            spec,
            key: (this.scopeKeys[scopeOf(platform, 'secrets', name) ?? ''] ?? keys).secrets,
          }),
      ),
    };
    this.watchAges(platform);
  }

  /** Secrets that people must change in time. */
  private watchAges(platform: Platform): void {
    const secrets = Object.fromEntries(
      Object.entries(this.capabilities.secrets).flatMap(([name, { entries }]) => {
        const rotateDays = platform.secrets[name]?.rotateDays;
        return rotateDays === undefined
          ? []
          : [[name, { rotateDays, entries: Object.values(entries).map(({ secretArn }) => secretArn) }]];
      }),
    );
    if (Object.keys(secrets).length === 0) return;
    new SecretAges(this, 'SecretAges', {
      secrets,
      prefix: stagePrefix(platform),
      logsKey: this.keys.logs,
      logDays: platform.stage.logDays,
      alarms: this.alarms,
    });
  }
}
