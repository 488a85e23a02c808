import { contractOf, type ContractEntry, type Source } from '../platform/contract';
import { jobContractOf } from '../platform/jobs';
import type { ClusterContext } from './context';
import { serviceUrl } from './service-address';

/** A variable of a container. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
    };

/** What a workload's contract is filled in from. */
type Filled = Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;

/** What a service receives on the site, by the contract. */
export const entriesOf = ({ cloud, platform, siteName }: Filled, service: string): readonly ContractEntry[] =>
  contractOf({ platform, site: siteName, authentications: cloud.authentications }, service);

/** The contract of a service as the variables of its container, sorted by name. Secrets are named, and never told. */
export const serviceEnvironment = (context: Filled, service: string): Variable[] =>
  variables(context, service, entriesOf(context, service));

/** The contract of a job of a service, likewise. */
export const jobEnvironment = (context: Filled, service: string, job: string): Variable[] => {
  const { cloud, platform, siteName } = context;
  const scope = { platform, site: siteName, authentications: cloud.authentications };
  return variables(context, service, jobContractOf(scope, service, job));
};

const variables = (context: Filled, service: string, entries: readonly ContractEntry[]): Variable[] =>
  entries.map((entry) => {
    const { kind, variable: name } = entry;
    if (kind === 'constant') return { name, value: entry.value };
    if (kind === 'value') return { name, value: valueOf(context, service, entry.source) };
    return { name, valueFrom: { secretKeyRef: secretKeyOf(entry.source) } };
  });

const valueOf = ({ cloud, platform }: Filled, service: string, source: Source): string =>
  source.noun === 'services' ? serviceUrl(platform, source.name) : cloud.value(source, service);

/**
 * Where a secret of the contract lies in the service's namespace: in a Secret of the same name, under the same field.
 *
 * @throws Error if it is no secret of the platform: no cloud with a cluster gives passwords for anything else.
 */
function secretKeyOf({ field, name, noun }: Source): { readonly name: string; readonly key: string } {
  if (noun !== 'secrets') throw new Error(`${noun}.${name} must be used by an identity in a cluster, got a password`);
  return { name, key: field };
}
