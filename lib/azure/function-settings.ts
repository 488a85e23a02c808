import { azureAuthentications as authentications, azureValue } from '../platform/azure-values';
import { azureHosts } from '../platform/azure-hosts';
import { inScope } from '../platform/azure-names';
import { functionContractOf, type Source } from '../platform/contract';
import { longestGapMinutes } from '../platform/cron';
import { azureSecretName } from '../platform/names';
import type { ServerlessFunction } from '../platform/nouns/function';
import { whereIs, type PlacedAzureSite } from '../platform/azure-sites';
import type { Platform } from '../platform/platform';
import { scopeOf } from '../platform/scopes';
import type { Identity } from './role';

/** A function of a platform on a site. */
export interface FunctionOn {
  readonly platform: Platform;
  readonly site: PlacedAzureSite;
  readonly name: string;
}

/** What stands in a setting for a value that the host reads from the vault by the function's own identity. */
function vaultReference({ field, name, noun }: Source, { platform, site }: FunctionOn): string {
  if (noun !== 'secrets') throw new Error(`${noun}.${name} must be used by an identity on azure, got a password`);
  const vault = azureHosts.vault(inScope(whereIs(platform, site), scopeOf(platform, 'secrets', name)));
  return `@Microsoft.KeyVault(SecretUri=${vault}/secrets/${azureSecretName(name, field)})`;
}

/** What a function app receives, besides what it asks of the host of functions. */
export function contractSettings(given: FunctionOn): Record<string, string> {
  const { name, platform, site } = given;
  return Object.fromEntries(
    functionContractOf({ platform, site: site.siteName, authentications }, name).map((entry) => {
      if (entry.kind === 'constant') return [entry.variable, entry.value];
      return [
        entry.variable,
        entry.kind === 'secret' ? vaultReference(entry.source, given) : azureValue(entry.source, given),
      ];
    }),
  );
}

const messages = ({ uses }: Pick<ServerlessFunction, 'uses'>): boolean =>
  [uses.receives, uses.sends, uses.publishes].some((names) => names.length > 0);

/** `00:30:00` from 30. */
const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60, 0].map((part) => String(part).padStart(2, '0')).join(':');

/** What the host of functions is told: whose identity it takes for its storage, for messages and for telemetry. */
export function hostSettings(
  spec: Pick<ServerlessFunction, 'timeoutMinutes' | 'uses'>,
  given: { readonly identity: Pick<Identity, 'clientId'>; readonly account: string; readonly serviceBus: string },
): Record<string, string> {
  const { account, identity, serviceBus } = given;
  const asIdentity = (connection: string) => ({
    [`${connection}__credential`]: 'managedidentity',
    [`${connection}__clientId`]: identity.clientId,
  });
  return {
    // The provider would fill it with a connection by key, and the account takes none.
    AzureWebJobsStorage: '',
    AzureWebJobsStorage__accountName: account,
    ...asIdentity('AzureWebJobsStorage'),
    AzureFunctionsJobHost__functionTimeout: clock(spec.timeoutMinutes),
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${identity.clientId};Authorization=AAD`,
    // Libraries of Azure look here for the identity that they are to take.
    AZURE_CLIENT_ID: identity.clientId,
    ...(messages(spec) ? { ServiceBus__fullyQualifiedNamespace: serviceBus, ...asIdentity('ServiceBus') } : {}),
  };
}

/** Traces of a run may be so late that it looks missing, in minutes. */
const lateMinutes = 30;

/** Nobody is called for a run that is missing for less, in minutes. */
const leastMinutes = 60;

/**
 * Within how many minutes a function must have ended a run: the longest time between two starts, the time that a run may take,
 * and half an hour until it is known. Nothing without a schedule, or where days may pass: Azure asks logs of two days at most.
 */
export function runsWithin({
  schedule,
  timeoutMinutes,
}: Pick<ServerlessFunction, 'schedule' | 'timeoutMinutes'>): number | undefined {
  const gap = schedule === undefined ? undefined : longestGapMinutes(schedule);
  return gap === undefined ? undefined : Math.max(leastMinutes, gap + timeoutMinutes + lateMinutes);
}
