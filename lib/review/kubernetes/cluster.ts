import type { JsonObject } from '../json';

/** An object of a cluster, or a Helm release, as it was rendered. */
export interface KubernetesObject {
  /** Path from the output's folder: `aks-retailflow-production/retailflow-order/deployment-order.yaml`. */
  readonly file: string;
  /** Name of the cluster. */
  readonly cluster: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for what belongs to no namespace. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The whole object. */
  readonly value: JsonObject;
}

/** A cluster as it was rendered. */
export interface Cluster {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}
