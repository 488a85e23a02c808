/*
 * Kinds that a cluster of EKS in Auto Mode knows. Amazon publishes no schema of them, so these are the fields of its pages, as far as
 * they are set here; what is left out is refused as unknown.
 */

/** What every object has. */
interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
}

/** What nodes are made of. https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html */
export interface INodeClass {
  readonly apiVersion: 'eks.amazonaws.com/v1';
  readonly kind: 'NodeClass';
  readonly metadata?: Named;
  readonly spec: {
    /** Name of the role of nodes. */
    readonly role: string;
    readonly subnetSelectorTerms: Array<{ readonly tags: Record<string, string> }>;
    readonly securityGroupSelectorTerms: Array<{ readonly tags: Record<string, string> }>;
    readonly networkPolicy?: 'DefaultAllow' | 'DefaultDeny';
    readonly networkPolicyEventLogs?: 'Enabled' | 'Disabled';
    /** Whether pods go out under the address of their node. @default 'Random' */
    readonly snatPolicy?: 'Random' | 'Disabled';
    readonly ephemeralStorage?: { readonly size: string; readonly kmsKeyID?: string };
    readonly tags?: Record<string, string>;
  };
}

/** Fills targets of a balancer with pods. https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
export interface ITargetGroupBinding {
  readonly apiVersion: 'eks.amazonaws.com/v1';
  readonly kind: 'TargetGroupBinding';
  readonly metadata?: Named;
  readonly spec: {
    readonly targetGroupARN: string;
    readonly targetType: 'ip' | 'instance';
    readonly serviceRef: { readonly name: string; readonly port: number };
  };
}
