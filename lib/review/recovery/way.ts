import { problemAt, type Problem } from './problem';

/** Something that replication needs of the network between the sites. */
export interface Way {
  /** `databases.store: servers of the recovery site reach the primary` */
  readonly way: string;
  /** Where what opens it was found; nothing where nothing does. */
  readonly found: string | undefined;
  /** What opens it. */
  readonly by: string;
}

export const wayProblems = (ways: readonly Way[]): readonly Problem[] =>
  ways
    .filter(({ found }) => found === undefined)
    .map(({ by, way }) => problemAt('network', 'link', `is closed where ${way}: ${by}`));

/** Two ends of a replicated database, as addresses. */
export interface Ends {
  readonly name: string;
  readonly port: number;
  /** Ranges of the subnets in which the primary's servers may stand. */
  readonly primary: readonly string[];
  /** Ranges of the recovery site: its servers, and the nodes whose jobs set replication up. */
  readonly servers: string;
  readonly nodes: string;
}
