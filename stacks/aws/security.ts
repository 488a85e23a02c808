import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { Alarms } from '../../lib/aws/alarms';
import { byName } from '../../lib/platform/by-name';
import { Keys } from '../../lib/aws/keys';
import { ScopeKeys } from '../../lib/aws/scope-keys';
import { scopeOf } from '../../lib/platform/scopes';
import { ExternalSecret, type ExternalSecretProps } from '../../lib/aws/secret';
import { SecretAges } from '../../lib/aws/secret-ages';
import { currentField, graceDays, rotatesByItself } from '../../lib/platform/gateway/token-keys';
import { named } from '../../lib/platform/named';
import { secretName, stagePrefix } from '../../lib/platform/names';
import type { Platform } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** Why nobody rotates the entries of the keys of tokens one by one. */
const keyRotation = (platform: Platform): NonNullable<ExternalSecretProps['rotation']> =>
  rotatesByItself(platform)
    ? {
        reason:
          'The key pairs of tokens are rotated together, from the stack Tokens, which starts anew whatever reads them.',
        scheduled: [currentField],
      }
    : {
        reason:
          'People rotate the key pairs of tokens by a command, on every site at once, and are called when they did not: docs/runbooks/token-keys.md.',
        scheduled: [],
      };

/** What of a secret people must change, and in how many days. Of the keys of tokens it is which one signs, where no machine changes it. */
function watchedAge(
  platform: Platform,
  secret: string,
  fields: readonly string[],
): { readonly days: number; readonly fields: readonly string[] } | undefined {
  const tokens = platform.gateway?.tokens;
  if (tokens?.secret === secret) {
    return rotatesByItself(platform) ? undefined : { days: tokens.rotateDays + graceDays, fields: [currentField] };
  }
  const days = platform.secrets[secret]?.rotateDays;
  return days === undefined ? undefined : { days, fields };
}

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
            ...(name === platform.gateway?.tokens.secret ? { rotation: keyRotation(platform) } : {}),
          }),
      ),
    };
    this.watchAges(platform);
  }

  /** Secrets that people must change in time. */
  private watchAges(platform: Platform): void {
    const secrets = Object.fromEntries(
      Object.entries(this.capabilities.secrets).flatMap(([name, { entries }]) => {
        const watched = watchedAge(platform, name, Object.keys(entries));
        return watched === undefined
          ? []
          : [
              [
                name,
                {
                  rotateDays: watched.days,
                  entries: watched.fields.map((field) => named(name, entries, field).secretArn),
                },
              ],
            ];
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
