/** A path that a contract has, with `{names}` for what differs, and its methods, in capitals and sorted. */
export interface ContractPath {
  readonly path: string;
  readonly methods: readonly string[];
}

/** What each service with a contract answers, by its name. */
export type Contracts = Readonly<Record<string, readonly ContractPath[]>>;
