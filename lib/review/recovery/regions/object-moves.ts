import { namedBy } from '../../azure/private-dns';
import { resourcesOf, type Resource } from '../../azure/stack';
import type { AzureOutputs, Outputs } from '../outputs';
import { objectCopies } from './copies';
import { groupOf, nameOf } from './place';

/** Accounts of which the one is copied into the other, as the command line names them, with the containers. */
const copiedAccounts = ({ primary, recovery }: Outputs<AzureOutputs>) => {
  const containers = resourcesOf(primary.site, 'azurerm_storage_container');
  const copies = new Set(containers.flatMap((each) => objectCopies(each, recovery) ?? []));
  return [...copies].flatMap((by) => {
    const [from, to] = [by.arguments.source_storage_account_id, by.arguments.destination_storage_account_id].map((id) =>
      namedBy(by, id, recovery.all),
    );
    if (from === undefined || to === undefined) return [];
    const names = containers.filter((each) => objectCopies(each, recovery) === by).map(nameOf);
    const where = (account: Resource): string => `${groupOf(account, recovery.all)} --account-name ${nameOf(account)}`;
    return [{ from, to, names, where }];
  });
};

const policyIn = (where: string): string =>
  `"$(az storage account or-policy list ${where} --query '[0].policyId' --output tsv)"`;

/** What was written before the policy, too. */
const EVERYTHING = "--min-creation-time '1601-01-01T00:00:00Z'";

/** A container takes no writes while another one is copied into it. */
export const endCopies = (outputs: Outputs<AzureOutputs>, at: 'both' | 'recovery'): readonly string[] =>
  copiedAccounts(outputs).flatMap(({ from, to, where }) =>
    (at === 'both' ? [to, from] : [to]).map(
      (account) => `az storage account or-policy delete ${where(account)} --policy-id ${policyIn(where(account))}`,
    ),
  );

/** What was written on the recovery site is copied to where its objects came from: by a policy there, which the other account is told. */
export const copyBack = (outputs: Outputs<AzureOutputs>): readonly string[] =>
  copiedAccounts(outputs).flatMap(({ from, names: [first = '', ...others], to, where }) => [
    `az storage account or-policy create ${where(from)} --source-account ${nameOf(to)} --destination-account ${nameOf(from)} --source-container ${first} --destination-container ${first} ${EVERYTHING}`,
    ...others.map(
      (name) =>
        `az storage account or-policy rule add ${where(from)} --policy-id ${policyIn(where(from))} --source-container ${name} --destination-container ${name} ${EVERYTHING}`,
    ),
    `az storage account or-policy show ${where(from)} --policy-id ${policyIn(where(from))} | az storage account or-policy create ${where(to)} --policy @-`,
  ]);
