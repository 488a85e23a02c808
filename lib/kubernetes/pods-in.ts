/** Pods of a namespace, by their labels. */
export interface PodsIn {
  readonly namespace: string;
  /** @default - every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}
