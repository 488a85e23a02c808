import { resourcesOf, type Resource } from '../../azure/stack';
import type { AzureOutputs, Outputs } from '../outputs';
import { copiedAccounts, objectCopies } from './copies';
import { groupOf, nameOf } from './place';

/** What copies objects between the sites. */
const copying = (outputs: Outputs<AzureOutputs>): readonly Resource[] => [
  ...new Set(
    resourcesOf(outputs.primary.site, 'azurerm_storage_container').flatMap((each) => objectCopies(each, outputs) ?? []),
  ),
];

/** Takes what copies objects away from accounts of the sites named. */
const end = (outputs: Outputs<AzureOutputs>, sites: readonly ('first' | 'second')[]): readonly string[] =>
  copying(outputs).flatMap((by) => {
    const accounts = copiedAccounts(by, outputs);
    if (accounts === undefined) return [];
    return sites.map((site) => {
      const where = `${groupOf(accounts[site], outputs.recovery.all)} --account-name ${nameOf(accounts[site])}`;
      return `az storage account or-policy delete ${where} --policy-id "$(az storage account or-policy list ${where} --query '[0].policyId' --output tsv)"`;
    });
  });

/** A container takes no writes while another one is copied into it. The second site needs no answer of the first for it. */
export const letObjectsBeWritten = (outputs: Outputs<AzureOutputs>): readonly string[] => end(outputs, ['second']);

/** Both accounts forget the copying, whichever way it goes. */
export const endCopies = (outputs: Outputs<AzureOutputs>): readonly string[] => end(outputs, ['second', 'first']);

/** What a lost region still knows of the copying that was ended without it: a container that is copied from takes no copies. */
export const forgetCopies = (outputs: Outputs<AzureOutputs>): readonly string[] => end(outputs, ['first']);

/** Copies objects whichever way the definition says by then. */
export const turnCopies = (outputs: Outputs<AzureOutputs>): readonly string[] =>
  [...new Set(copying(outputs).map(({ stack }) => stack))].flatMap((stack) =>
    ['plan', 'apply'].map((action) => `npm run apply:azure -- ${action} --stack ${stack}`),
  );
