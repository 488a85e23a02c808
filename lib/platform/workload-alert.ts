/** When somebody is called for what runs in a cluster, whichever cloud keeps its figures. */
export interface WorkloadAlert {
  /** What Prometheus is asked. */
  readonly expression: string;
  /** For how long the answer must hold, in minutes. */
  readonly minutes: number;
  /** 0 is critical, 3 is for information. */
  readonly severity: 0 | 1 | 2 | 3;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
}
