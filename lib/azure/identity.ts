import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { azureIdentity } from '../platform/azure-names';
import {
  digestsWord,
  flagsWord,
  gatewayWord,
  keeperWord,
  loadsWord,
  migrationWord,
  observabilityWord,
  scalerWord,
  scopeMigrationWord,
  verificationWord,
} from '../platform/names';
import { pascalCase } from '../platform/ids';
import { placed, type Place } from './place';
import type { Identity } from './role';

export interface IdentitiesProps {
  readonly place: Place;
  /** Names of the services. */
  readonly services: readonly string[];
  /** Names of the scopes, whose databases somebody else administers. @default - none */
  readonly scopes?: readonly string[];
  /** Whether something keeps the right to write there. */
  readonly keeps: boolean;
  /** Whether there are ledgers, of which something takes digests and something else verifies them. */
  readonly ledgers: boolean;
  /** Whether load tests run there. */
  readonly loads: boolean;
  /** Whether flags are changed step by step there. */
  readonly flags: boolean;
}

/** As whom the workloads of a platform act on Azure. */
export interface WorkloadIdentities {
  /** By service and function. */
  readonly services: Readonly<Record<string, Identity>>;
  readonly gateway: Identity;
  /** Of the job that brings databases up to date. */
  readonly migration: Identity;
  /** Of the same job for databases of a scope, by the scope. */
  readonly scopeMigrations: Readonly<Record<string, Identity>>;
  /** Of what keeps the right to write, where something does. */
  readonly keeper: Identity | undefined;
  /** Of what takes digests of ledgers, where there are some. */
  readonly digests: Identity | undefined;
  /** Of what verifies ledgers, where there are some. */
  readonly verification: Identity | undefined;
  /** Of what keeps results of load tests, where some run. */
  readonly loads: Identity | undefined;
  /** Of what changes flags step by step and takes them back, where there are some. */
  readonly flags: Identity | undefined;
  /** Of what watches the cluster. */
  readonly observability: Identity;
  /** Of what counts pods by queues. */
  readonly scaler: Identity;
}

/**
 * An identity for each service, for the gateway, for the job that brings databases up to date, for what keeps the right to write, for what takes digests of ledgers
 * and what verifies them, for what keeps results of load tests, for what changes flags, for what watches the cluster and for what counts its pods. It may nothing by itself: each part that it uses gives it a role, and the cluster says which of its
 * own accounts may act as it.
 */
export class Identities extends Construct implements WorkloadIdentities {
  public readonly services: Readonly<Record<string, Identity>>;
  public readonly gateway: Identity;
  public readonly migration: Identity;
  public readonly scopeMigrations: Readonly<Record<string, Identity>>;
  public readonly keeper: Identity | undefined;
  public readonly digests: Identity | undefined;
  public readonly verification: Identity | undefined;
  public readonly loads: Identity | undefined;
  public readonly flags: Identity | undefined;
  public readonly observability: Identity;
  public readonly scaler: Identity;

  public constructor(scope: Construct, id: string, props: IdentitiesProps) {
    super(scope, id);
    const { flags, keeps, ledgers, loads, place, scopes = [], services } = props;
    const make = (word: string): UserAssignedIdentity =>
      new UserAssignedIdentity(this, pascalCase(word), {
        ...placed(place),
        name: azureIdentity(place.naming, word),
      });
    this.services = Object.fromEntries(services.map((service) => [service, make(service)]));
    this.gateway = make(gatewayWord);
    this.migration = make(migrationWord);
    this.scopeMigrations = Object.fromEntries(scopes.map((name) => [name, make(scopeMigrationWord(name))]));
    this.keeper = keeps ? make(keeperWord) : undefined;
    this.digests = ledgers ? make(digestsWord) : undefined;
    this.verification = ledgers ? make(verificationWord) : undefined;
    this.loads = loads ? make(loadsWord) : undefined;
    this.flags = flags ? make(flagsWord) : undefined;
    this.observability = make(observabilityWord);
    this.scaler = make(scalerWord);
  }
}

/** Identities of the jobs that bring databases of scopes up to date, by their words. */
export const scopeMigrations = (
  workloads: Pick<WorkloadIdentities, 'scopeMigrations'>,
): Readonly<Record<string, Identity>> =>
  Object.fromEntries(
    Object.entries(workloads.scopeMigrations).map(([scope, identity]) => [scopeMigrationWord(scope), identity]),
  );
