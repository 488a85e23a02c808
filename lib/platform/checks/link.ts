import { contains, overlap, parseRange } from '../address';
import { recoveryPair } from '../link';
import { stagePath, when, type Check } from './check';

/** Private numbers that Azure keeps for itself. https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp */
const azuresAsns: readonly number[] = [65_515, 65_517, 65_518, 65_519, 65_520];

/** Where Azure lets a gateway speak BGP by addresses of tunnels. */
const speaking = ['169.254.21.0/24', '169.254.22.0/24'].flatMap((text) => parseRange(text) ?? []);

const insidePrefix = 29;

/** The two ends of the link tell each other apart, and its tunnels have addresses that both clouds take. */
export const links: Check = (platform) => {
  const pair = recoveryPair(platform);
  if (pair === undefined) return [];
  const { awsAsn, azureAsn, inside } = pair.recovery.link;
  const path = (key: string): string => stagePath(platform, `sites.recovery.link.${key}`);
  const kept = (key: string, asn: number) =>
    when(azuresAsns.includes(asn), () => ({
      path: path(key),
      got: asn,
      allowed: 'a number that Azure does not keep for itself',
      remedy: 'choose another, such as 64512 for AWS and 65010 for Azure',
    }));
  const ranges = inside.map((text) => ({ text, range: parseRange(text) }));
  const malformed = ranges.flatMap(({ text, range }, index) =>
    when(range?.prefix !== insidePrefix || !speaking.some((outer) => contains(outer, range)), () => ({
      path: path(`inside.${index}`),
      got: text,
      allowed: `a range of prefix /${insidePrefix} between 169.254.21.0 and 169.254.22.255`,
      remedy: 'choose one in which Azure speaks BGP to AWS, such as 169.254.21.0/29',
    })),
  );
  const [first, second] = ranges.map(({ range }) => range);
  return [
    ...when(awsAsn === azureAsn, () => ({
      path: path('azureAsn'),
      got: azureAsn,
      allowed: `another than awsAsn, which is ${awsAsn}`,
      remedy: 'give each end a number of its own, or neither takes the routes of the other',
    })),
    ...kept('awsAsn', awsAsn),
    ...kept('azureAsn', azureAsn),
    ...malformed,
    ...when(first !== undefined && second !== undefined && overlap(first, second), () => ({
      path: path('inside.1'),
      got: inside[1],
      allowed: `apart from ${inside[0]}`,
      remedy: 'choose a second range, such as 169.254.22.0/29',
    })),
  ];
};
