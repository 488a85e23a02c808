/**
 * Regions of Azure's public cloud, and whether they have availability zones.
 * https://learn.microsoft.com/azure/reliability/regions-list
 */
export const locations: Readonly<Record<string, { readonly zones: boolean }>> = {
  ...regions(
    true,
    'australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral eastasia',
    'eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest',
    'koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral',
    'southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth',
    'westeurope westus2 westus3',
  ),
  ...regions(
    false,
    'australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth',
    'jioindiacentral jioindiawest koreasouth northcentralus norwaywest southafricawest southindia swedensouth',
    'switzerlandwest uaecentral ukwest westcentralus westindia westus',
  ),
};

function regions(zones: boolean, ...lines: readonly string[]): Record<string, { readonly zones: boolean }> {
  return Object.fromEntries(lines.flatMap((line) => line.split(' ')).map((name) => [name, { zones }]));
}

/** Where resources stand that are the same everywhere. */
export const GLOBAL = 'global';

/** Numbers of zones in a region that has them. */
export const zoneNumbers = ['1', '2', '3'];

/** Arguments that name a region, by the end of their way. */
export const locationArguments = ['location', 'private_link.location', 'private_link_location'];

/** Arguments that name zones, by the end of their way. */
export const zoneArguments = ['zone', 'zones', 'standby_availability_zone'];
