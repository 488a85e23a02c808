/** The region to which Azure copies what a region holds. */
interface Pair {
  readonly region: string;
  /** Whether a subscription is let into it on request alone; Azure's own copies need no request. */
  readonly restricted?: true;
}

/** Source: https://learn.microsoft.com/azure/reliability/regions-list, 2026. A region that is not here has no pair. */
const pairs: Readonly<Record<string, Pair>> = {
  eastus: { region: 'westus' },
  eastus2: { region: 'centralus' },
  centralus: { region: 'eastus2' },
  northcentralus: { region: 'southcentralus' },
  southcentralus: { region: 'northcentralus' },
  westus: { region: 'eastus' },
  westus2: { region: 'westcentralus' },
  westus3: { region: 'eastus' },
  canadacentral: { region: 'canadaeast' },
  brazilsouth: { region: 'southcentralus' },
  northeurope: { region: 'westeurope' },
  westeurope: { region: 'northeurope' },
  uksouth: { region: 'ukwest' },
  francecentral: { region: 'francesouth', restricted: true },
  germanywestcentral: { region: 'germanynorth', restricted: true },
  switzerlandnorth: { region: 'switzerlandwest', restricted: true },
  swedencentral: { region: 'swedensouth', restricted: true },
  southafricanorth: { region: 'southafricawest', restricted: true },
  uaenorth: { region: 'uaecentral', restricted: true },
  centralindia: { region: 'southindia' },
  southeastasia: { region: 'eastasia' },
  eastasia: { region: 'southeastasia' },
  japaneast: { region: 'japanwest' },
  japanwest: { region: 'japaneast' },
  koreacentral: { region: 'koreasouth' },
  australiaeast: { region: 'australiasoutheast' },
};

/** Regions that have a pair, and whose PostgreSQL servers still cannot be backed up there. */
const withoutServerBackups: readonly string[] = ['brazilsouth', 'westus3'];

/** Where Azure copies storage and backups of a region; nothing if the region has no pair. */
export const pairedRegion = (region: string): string | undefined => pairs[region]?.region;

/**
 * Where backups of PostgreSQL servers of a region are copied, encrypted with a key that the subscription has there; nothing
 * if Azure offers none, or lets a subscription in on request alone. Source:
 * https://learn.microsoft.com/azure/postgresql/overview#azure-regions, December 2025.
 */
export function serverBackupRegion(region: string): string | undefined {
  const pair = pairs[region];
  return pair === undefined || pair.restricted === true || withoutServerBackups.includes(region)
    ? undefined
    : pair.region;
}
