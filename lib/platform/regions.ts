/** Where a region's data centres are: degrees of latitude and longitude of the metropolitan area. */
const metros = {
  virginia: [38.9, -77.4],
  ohio: [40.0, -82.9],
  oregon: [45.8, -119.7],
  california: [37.4, -121.9],
  texas: [29.4, -98.5],
  iowa: [41.6, -93.6],
  illinois: [41.9, -87.6],
  arizona: [33.4, -112.0],
  montreal: [45.5, -73.6],
  toronto: [43.7, -79.4],
  saopaulo: [-23.5, -46.6],
  dublin: [53.3, -6.3],
  london: [51.5, -0.1],
  amsterdam: [52.4, 4.9],
  frankfurt: [50.1, 8.7],
  paris: [48.9, 2.4],
  milan: [45.5, 9.2],
  stockholm: [59.3, 18.1],
  gavle: [60.7, 17.1],
  zurich: [47.4, 8.5],
  johannesburg: [-26.2, 28.0],
  capetown: [-33.9, 18.4],
  mumbai: [19.1, 72.9],
  pune: [18.5, 73.9],
  singapore: [1.3, 103.8],
  hongkong: [22.3, 114.2],
  jakarta: [-6.2, 106.8],
  tokyo: [35.7, 139.7],
  osaka: [34.7, 135.5],
  seoul: [37.6, 127.0],
  sydney: [-33.9, 151.2],
  melbourne: [-37.8, 145.0],
  dubai: [25.3, 55.3],
} as const satisfies Record<string, readonly [number, number]>;

interface Region {
  readonly metro: keyof typeof metros;
  /** What follows the region in a zone's name on AWS; the zone's number on Azure. Empty where there are no zones. */
  readonly zones: readonly string[];
}

const aws: Readonly<Record<string, Region>> = {
  'us-east-1': { metro: 'virginia', zones: ['a', 'b', 'c', 'd', 'e', 'f'] },
  'us-east-2': { metro: 'ohio', zones: ['a', 'b', 'c'] },
  'us-west-1': { metro: 'california', zones: ['a', 'b', 'c'] },
  'us-west-2': { metro: 'oregon', zones: ['a', 'b', 'c', 'd'] },
  'ca-central-1': { metro: 'montreal', zones: ['a', 'b', 'd'] },
  'sa-east-1': { metro: 'saopaulo', zones: ['a', 'b', 'c'] },
  'eu-west-1': { metro: 'dublin', zones: ['a', 'b', 'c'] },
  'eu-west-2': { metro: 'london', zones: ['a', 'b', 'c'] },
  'eu-west-3': { metro: 'paris', zones: ['a', 'b', 'c'] },
  'eu-central-1': { metro: 'frankfurt', zones: ['a', 'b', 'c'] },
  'eu-central-2': { metro: 'zurich', zones: ['a', 'b', 'c'] },
  'eu-south-1': { metro: 'milan', zones: ['a', 'b', 'c'] },
  'eu-north-1': { metro: 'stockholm', zones: ['a', 'b', 'c'] },
  'af-south-1': { metro: 'capetown', zones: ['a', 'b', 'c'] },
  'me-central-1': { metro: 'dubai', zones: ['a', 'b', 'c'] },
  'ap-south-1': { metro: 'mumbai', zones: ['a', 'b', 'c'] },
  'ap-southeast-1': { metro: 'singapore', zones: ['a', 'b', 'c'] },
  'ap-southeast-2': { metro: 'sydney', zones: ['a', 'b', 'c'] },
  'ap-southeast-3': { metro: 'jakarta', zones: ['a', 'b', 'c'] },
  'ap-southeast-4': { metro: 'melbourne', zones: ['a', 'b', 'c'] },
  'ap-east-1': { metro: 'hongkong', zones: ['a', 'b', 'c'] },
  'ap-northeast-1': { metro: 'tokyo', zones: ['a', 'b', 'c', 'd'] },
  'ap-northeast-2': { metro: 'seoul', zones: ['a', 'b', 'c', 'd'] },
  'ap-northeast-3': { metro: 'osaka', zones: ['a', 'b', 'c'] },
};

const three = ['1', '2', '3'] as const;
const azure: Readonly<Record<string, Region>> = {
  eastus: { metro: 'virginia', zones: three },
  eastus2: { metro: 'virginia', zones: three },
  centralus: { metro: 'iowa', zones: three },
  northcentralus: { metro: 'illinois', zones: [] },
  southcentralus: { metro: 'texas', zones: three },
  westus: { metro: 'california', zones: [] },
  westus2: { metro: 'oregon', zones: three },
  westus3: { metro: 'arizona', zones: three },
  canadacentral: { metro: 'toronto', zones: three },
  brazilsouth: { metro: 'saopaulo', zones: three },
  northeurope: { metro: 'dublin', zones: three },
  westeurope: { metro: 'amsterdam', zones: three },
  uksouth: { metro: 'london', zones: three },
  francecentral: { metro: 'paris', zones: three },
  germanywestcentral: { metro: 'frankfurt', zones: three },
  switzerlandnorth: { metro: 'zurich', zones: three },
  italynorth: { metro: 'milan', zones: three },
  swedencentral: { metro: 'gavle', zones: three },
  southafricanorth: { metro: 'johannesburg', zones: three },
  uaenorth: { metro: 'dubai', zones: three },
  centralindia: { metro: 'pune', zones: three },
  southeastasia: { metro: 'singapore', zones: three },
  eastasia: { metro: 'hongkong', zones: three },
  indonesiacentral: { metro: 'jakarta', zones: three },
  japaneast: { metro: 'tokyo', zones: three },
  japanwest: { metro: 'osaka', zones: three },
  koreacentral: { metro: 'seoul', zones: three },
  australiaeast: { metro: 'sydney', zones: three },
};

const regions = { aws, azure } as const;
export type Cloud = keyof typeof regions;

/** Regions of a cloud that the platform knows. */
export const regionNames = (cloud: Cloud): readonly string[] => Object.keys(regions[cloud]);

/** Names of a region's zones as the cloud spells them; nothing if the region is not known. */
export function zonesOf(cloud: Cloud, region: string): readonly string[] | undefined {
  const suffixes = regions[cloud][region]?.zones;
  return cloud === 'aws' ? suffixes?.map((suffix) => region + suffix) : suffixes;
}

/**
 * Distance between two regions in kilometres, along the surface; nothing if one is not known. Regions of one
 * metropolitan area are 0 apart.
 */
export function kilometresBetween(
  a: { readonly cloud: Cloud; readonly region: string },
  b: { readonly cloud: Cloud; readonly region: string },
): number | undefined {
  const [from, to] = [a, b].map(({ cloud, region }) => regions[cloud][region]?.metro);
  if (from === undefined || to === undefined) return undefined;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [[latitude1, longitude1], [latitude2, longitude2]] = [metros[from], metros[to]];
  const half = (x: number, y: number) => Math.sin(radians(y - x) / 2) ** 2;
  const chord =
    half(latitude1, latitude2) +
    Math.cos(radians(latitude1)) * Math.cos(radians(latitude2)) * half(longitude1, longitude2);
  const earthRadiusKilometres = 6371;
  return Math.round(2 * earthRadiusKilometres * Math.asin(Math.sqrt(chord)));
}
