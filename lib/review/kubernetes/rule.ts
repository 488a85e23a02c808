import type { Finding } from '../finding';
import type { Cluster, KubernetesObject } from './cluster';

/** What a review knows beside the files. */
export interface ReviewScope {
  /** Host of the registry from which the cluster pulls: `acrshop.azurecr.io`. */
  readonly registry: string;
}

/** Judges one cluster. */
export interface Rule {
  /** What its findings bear, and exemptions name. */
  readonly name: string;
  /** Why no object may be exempted from it. @default - an object may */
  readonly strict?: string;
  readonly judge: (cluster: Cluster, scope: ReviewScope) => readonly Finding[];
}

/** Makes the findings of one rule: about an object's file, and where in the object. */
export const reporter =
  (rule: string): ((about: KubernetesObject, path: string, message: string) => Finding) =>
  ({ cluster, file }, path, message) => ({ rule, stack: cluster, path: file, logicalId: path, message });
