/** What a site promises to a service, and asks of it, as it stands in its outputs. */
export interface Contract {
  readonly service: string;
  /** Where a reader finds it. */
  readonly at: string;
  /** Variables by name, with their text; nothing for what is known when it is deployed. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Names of the variables that hold secrets. */
  readonly secrets: readonly string[];
  /** Ports at which it listens. */
  readonly ports: readonly string[];
  /** Path by which it is asked whether it lives. */
  readonly live: string;
  /** Path by which it is asked whether requests may come; empty where nobody sends it any. */
  readonly ready: string;
  /** Who may call it through the network, sorted: services, and `gateway`. */
  readonly callers: readonly string[];
}

/** Variable by which a container says of which service it is. */
export const SERVICE_NAME = 'SERVICE_NAME';

/** What stands for the gateway among callers. */
export const GATEWAY = 'gateway';

/** Each once, sorted. */
export const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();
