import { IPv4, IPv6 } from 'ipaddr.js';

/** A well-formed address range. */
export interface Cidr {
  readonly family: 'ipv4' | 'ipv6';
  /** Length of the prefix in bits. */
  readonly prefix: number;
  /** The range with the host bits of its address cleared: `10.0.0.0/16` for `10.0.3.0/16`. */
  readonly network: string;
  /** Whether the address has no host bits set. */
  readonly aligned: boolean;
}

/** Reads `<address>/<prefix>`. Never throws: nothing for text that is not an address range. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, bits, ...rest] = text.split('/');
  if (address === undefined || bits === undefined || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) {
    return undefined;
  }
  const prefix = Number(bits);
  if (IPv4.isValidFourPartDecimal(address) && prefix <= 32) {
    const network = IPv4.networkAddressFromCIDR(text).toString();
    return { family: 'ipv4', prefix, network: `${network}/${prefix}`, aligned: network === address };
  }
  if (/^[0-9a-f:.]+$/i.test(address) && IPv6.isValid(address) && prefix <= 128) {
    const network = IPv6.networkAddressFromCIDR(text).toString();
    const aligned = network === IPv6.parse(address).toString();
    return { family: 'ipv6', prefix, network: `${network}/${prefix}`, aligned };
  }
  return undefined;
}

/** The first and the last address of a range, as numbers. */
export function rangeOf({ family, network, prefix }: Cidr): { readonly first: bigint; readonly last: bigint } {
  const [address = ''] = network.split('/');
  const bytes = (family === 'ipv4' ? IPv4 : IPv6).parse(address).toByteArray();
  const first = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { first, last: first + (1n << BigInt(bytes.length * 8 - prefix)) - 1n };
}

/** Whether a range holds all of another. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  const [a, b] = [rangeOf(outer), rangeOf(inner)];
  return outer.family === inner.family && a.first <= b.first && b.last <= a.last;
}

/** Whether two ranges have an address in common. */
export const overlap = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);
