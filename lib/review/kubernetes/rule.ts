import type { Finding } from '../finding';
import type { Cluster, KubernetesObject } from './cluster';

/** Judges one cluster. */
export interface Rule {
  /** What its findings bear, and exemptions name. */
  readonly name: string;
  readonly judge: (cluster: Cluster) => readonly Finding[];
}

/** Makes the findings of one rule: about an object's file, and where in the object. */
export const reporter =
  (rule: string): ((about: KubernetesObject, path: string, message: string) => Finding) =>
  ({ cluster, file }, path, message) => ({ rule, stack: cluster, path: file, logicalId: path, message });
