import { named } from './named';

/**
 * Where Azure's services for messages keep what they hold, by the region of a site: they stand in a country or a part of the
 * world and in no region. Source: https://learn.microsoft.com/azure/communication-services/concepts/privacy, 2026. A region
 * that is not here has none nearby.
 */
const locations: Readonly<Record<string, string>> = {
  eastus: 'United States',
  eastus2: 'United States',
  centralus: 'United States',
  northcentralus: 'United States',
  southcentralus: 'United States',
  westus: 'United States',
  westus2: 'United States',
  westus3: 'United States',
  canadacentral: 'Canada',
  brazilsouth: 'Brazil',
  northeurope: 'Europe',
  westeurope: 'Europe',
  italynorth: 'Europe',
  swedencentral: 'Europe',
  uksouth: 'UK',
  francecentral: 'France',
  germanywestcentral: 'Germany',
  switzerlandnorth: 'Switzerland',
  southafricanorth: 'Africa',
  uaenorth: 'UAE',
  centralindia: 'India',
  southeastasia: 'Asia Pacific',
  eastasia: 'Asia Pacific',
  indonesiacentral: 'Asia Pacific',
  japaneast: 'Japan',
  japanwest: 'Japan',
  koreacentral: 'Korea',
  australiaeast: 'Australia',
};

/** Where a site's messages are kept on Azure; nothing for a region that is not known. */
export const dataLocation = (region: string): string | undefined => locations[region];

/**
 * The same for a site that sends.
 *
 * @throws Error for a region that is not known, which the checks refuse
 */
export const dataLocationOf = (region: string): string => named('the region of messages', locations, region);
