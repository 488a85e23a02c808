import { CfnOutput, Tags } from 'aws-cdk-lib';
import type * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { serviceOutput } from '../platform/aws-outputs';
import { toldToService } from '../platform/aws-values';
import { named } from '../platform/named';
import { serviceAlerts } from '../platform/service-alerts';
import type { Platform, SiteName } from '../platform/platform';
import { alertRules } from './alert-rules';
import type { Capabilities } from './capability';
import { PodRole } from './pod-role';
import { inScope } from './scope-marks';
import type { Scope } from './scope';
import { SecretsReader } from './secrets-reader';
import { grantUses, usedParts, valueOf } from './service-uses';

/** A service whose tasks are pods, and everything that it stands on. */
export interface PodServiceProps {
  readonly name: string;
  readonly platform: Platform;
  readonly site: SiteName;
  readonly capabilities: Capabilities;
  /** Name of the cluster in which its pods run. */
  readonly clusterName: string;
  /** Role of External Secrets in that cluster, by ARN. */
  readonly secretsReader: string;
  /** Workspace that keeps figures of the cluster. */
  readonly workspaceArn: string;
  /** What it is judged apart with. @default - nothing */
  readonly scope?: Scope | undefined;
}

/**
 * A service on EKS, as AWS sees it: what its pods may do, with the same permissions as its tasks have on ECS; who reads its secrets
 * for it; when somebody is called; and what it receives that AWS named, for the manifests of its pods. The pods themselves are the
 * cluster's.
 */
export class PodService extends Construct {
  public readonly process: PodRole;
  /** Absent for a service without secrets. */
  public readonly secrets: SecretsReader | undefined;
  public readonly alerts: aps.CfnRuleGroupsNamespace;

  public constructor(scope: Construct, id: string, props: PodServiceProps) {
    super(scope, id);
    const { capabilities, clusterName, name, platform, scope: apart, secretsReader, site, workspaceArn } = props;
    const { dataClass, team, uses } = named('services', platform.services, name);
    this.process = new PodRole(this, 'Process', { platform, word: name, clusterName, scope: apart });
    this.secrets =
      uses.secrets.length === 0
        ? undefined
        : new SecretsReader(this, 'Secrets', { platform, word: name, reader: secretsReader, scope: apart });
    this.grant(props);
    this.alerts = alertRules(this, 'Alerts', { name, workspaceArn, alerts: serviceAlerts(platform, name) });
    for (const { source, variable } of toldToService(platform, site, name)) {
      const output = new CfnOutput(this, serviceOutput(variable), { value: valueOf(capabilities, source, name) });
      output.overrideLogicalId(serviceOutput(variable));
    }
    Tags.of(this).add('data-class', dataClass);
    if (team !== undefined) Tags.of(this).add('team', team);
    inScope(this, apart?.name);
  }

  /** A process that uses nothing of AWS has no policy. */
  private grant({ capabilities, name, platform, site }: PodServiceProps): void {
    const parts = usedParts(platform, site, name);
    const ofSecrets = parts.filter(({ noun }) => noun === 'secrets');
    const others = parts.filter(({ noun }) => noun !== 'secrets' && noun !== 'services');
    if (others.length > 0) {
      const process = this.process.policy();
      grantUses({ capabilities, uses: others, process, secrets: process });
    }
    if (this.secrets !== undefined) {
      grantUses({ capabilities, uses: ofSecrets, process: this.secrets.policy, secrets: this.secrets.policy });
    }
  }
}
