import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Scope as Spec } from '../platform/nouns/scope';
import type { Platform } from '../platform/platform';
import type { Alarms } from './alarms';
import { LogArchive } from './log-archive';
import { scopeBoundary } from './scope-boundary';
import type { ScopeKeys } from './scope-keys';
import { inScope } from './scope-marks';

export interface ScopeProps {
  readonly name: string;
  readonly spec: Pick<Spec, 'archiveDays'>;
  readonly platform: Pick<Platform, 'name' | 'stageName' | 'stage'>;
  readonly keys: ScopeKeys;
  /** Encrypts messages of the platform, which come from outside of the scope and go there. */
  readonly messagingKey: kms.IKey;
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/** What a part of the platform that is judged apart is given in every stack: keys, an archive of logs, a bound of roles. */
export class Scope extends Construct {
  public readonly name: string;
  public readonly keys: ScopeKeys;
  public readonly archive: LogArchive;
  public readonly boundary: iam.ManagedPolicy;

  public constructor(scope: Construct, id: string, props: ScopeProps) {
    super(scope, id);
    const { accessLogs, alarms, keys, messagingKey, name, platform, spec } = props;
    this.name = name;
    this.keys = keys;
    this.archive = new LogArchive(this, 'Archive', {
      key: this.keys.logs,
      days: spec.archiveDays,
      protected: platform.stage.protected,
      logDays: platform.stage.logDays,
      accessLogs,
      alarms,
    });
    this.boundary = scopeBoundary(this, 'Boundary', {
      keys: [this.keys.data, this.keys.secrets, messagingKey],
    });
    inScope(this, name);
  }
}

/** The scopes of a platform on a site, by name. */
export type Scopes = Readonly<Record<string, Scope>>;
