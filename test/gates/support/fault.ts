import type { App } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A fault that is planted into the tree of a platform, and the finding that must name it. */
export interface Fault {
  /** The rule that must find it. */
  readonly rule: string;
  /** A part of what must be said about it. */
  readonly says: string;
  /** Plants it and returns where the finding must be: a construct, or a path. */
  readonly plant: (app: App) => IConstruct | string;
}
