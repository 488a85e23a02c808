import { aws_securityhub as securityhub, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';

/** The standards that the running account is checked against: those that the templates are checked against before. */
export const standards = {
  FoundationalBestPractices: 'aws-foundational-security-best-practices/v/1.0.0',
  Nist80053: 'nist-800-53/v/5.0.0',
  PciDss: 'pci-dss/v/4.0.1',
} as const;

export interface AuditStandardsProps {
  /** The stage's own configuration history, which the checks read. @default - the organisation's */
  readonly history?: IDependable;
}

/**
 * Security Hub CSPM: continuous checks of the account against {@link standards}, and one list of findings of every
 * security service. It is `AWS::SecurityHub::Hub`: `HubV2`, the newer "Security Hub", correlates findings, checks no
 * standard, and takes its posture findings from this one. Hub and standards outlive their stack.
 */
export class AuditStandards extends Construct {
  public readonly hub: securityhub.CfnHub;

  public constructor(scope: Construct, id: string, props: AuditStandardsProps) {
    super(scope, id);
    this.hub = new securityhub.CfnHub(this, 'Hub', {
      enableDefaultStandards: false,
      autoEnableControls: true,
      controlFindingGenerator: 'SECURITY_CONTROL',
    });
    this.hub.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.checkStandards();
    if (props.history === undefined) return;
    this.hub.node.addDependency(props.history);
    this.acceptOwnRole();
  }

  private checkStandards(): void {
    const { partition, region } = Stack.of(this);
    for (const [id, standard] of Object.entries(standards)) {
      const checks = new securityhub.CfnStandard(this, id, {
        standardsArn: `arn:${partition}:securityhub:${region}::standards/${standard}`,
      });
      checks.addResourceDependency(this.hub);
      checks.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
  }

  /** Without this, the critical control Config.1 fails for ever: it wants the service-linked role for AWS Config. */
  private acceptOwnRole(): void {
    const control = new securityhub.CfnSecurityControl(this, 'ConfigRole', {
      securityControlId: 'Config.1',
      lastUpdateReason: 'AWS Config has a role of its own',
      parameters: { includeConfigServiceLinkedRoleCheck: { valueType: 'CUSTOM', value: { boolean: false } } },
    });
    control.addResourceDependency(this.hub);
  }
}
