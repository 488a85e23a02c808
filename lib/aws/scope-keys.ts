import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { stagePrefix } from '../platform/names';
import type { Platform } from '../platform/platform';
import type { KeyName } from './key-statements';
import { customerKey, type Keys } from './keys';
import { inScope } from './scope-marks';

export interface ScopeKeysProps {
  /** Name of the scope. */
  readonly name: string;
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
}

/** The keys of what is judged apart: made and kept as those of the platform, and admitted to by no policy outside of the scope. */
export class ScopeKeys extends Construct implements Pick<Keys, 'data' | 'logs' | 'secrets'> {
  /** Encrypts databases. */
  public readonly data: kms.IKey;
  /** Encrypts log groups, and the archive of logs. */
  public readonly logs: kms.IKey;
  /** Encrypts secrets. */
  public readonly secrets: kms.IKey;

  public constructor(scope: Construct, id: string, props: ScopeKeysProps) {
    super(scope, id);
    const { name, platform } = props;
    const prefix = `${stagePrefix(platform)}-${name}`;
    const key = (each: KeyName): kms.IKey => customerKey(this, { prefix, name: each, prometheus: false });
    this.data = key('data');
    this.logs = key('logs');
    this.secrets = key('secrets');
    inScope(this, name);
  }
}
