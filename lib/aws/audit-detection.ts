import { aws_guardduty as guardduty, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AwsSite } from '../platform/nouns/site';

/** What GuardDuty looks into besides calls, DNS and network flows, which it always does. */
export const detectionFeatures: readonly string[] = [
  'EBS_MALWARE_PROTECTION',
  'EKS_AUDIT_LOGS',
  'LAMBDA_NETWORK_LOGS',
  'RDS_LOGIN_EVENTS',
  'S3_DATA_EVENTS',
];

/**
 * Where GuardDuty runs its own agent: beside tasks on Fargate, of which the platform has its own even where services are pods, and
 * on the nodes of a cluster. Other nodes the account has none of.
 */
export const agentsFor = (runtime: AwsSite['runtime']): Readonly<Record<string, 'ENABLED' | 'DISABLED'>> => ({
  ECS_FARGATE_AGENT_MANAGEMENT: 'ENABLED',
  EC2_AGENT_MANAGEMENT: 'DISABLED',
  EKS_ADDON_MANAGEMENT: runtime === 'eks' ? 'ENABLED' : 'DISABLED',
});

export interface AuditDetectionProps {
  /** What runs the services. @default 'ecs' */
  readonly runtime?: AwsSite['runtime'];
}

/**
 * Threat detection in the account's region: GuardDuty, with an agent beside every task and on every node of a cluster that does
 * not decline it. A task has that agent because its execution role may pull the agent's image, and reports because its group reaches
 * GuardDuty's endpoint. The detector outlives its stack.
 */
export class AuditDetection extends Construct {
  public readonly detector: guardduty.CfnDetector;

  public constructor(scope: Construct, id: string, props: AuditDetectionProps = {}) {
    super(scope, id);
    this.detector = new guardduty.CfnDetector(this, 'Detector', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: [
        ...detectionFeatures.map((name) => ({ name, status: 'ENABLED' })),
        {
          name: 'RUNTIME_MONITORING',
          status: 'ENABLED',
          additionalConfiguration: Object.entries(agentsFor(props.runtime ?? 'ecs')).map(([name, status]) => ({
            name,
            status,
          })),
        },
      ],
    });
    this.detector.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}
