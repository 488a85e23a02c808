import fc from 'fast-check';
import { parseCidr } from '../../lib/review/cidr';

describe('parseCidr', () => {
  test.each([
    ['10.0.0.0/8', { family: 'ipv4', prefix: 8, network: '10.0.0.0/8', aligned: true }],
    ['0.0.0.0/0', { family: 'ipv4', prefix: 0, network: '0.0.0.0/0', aligned: true }],
    ['10.1.2.3/16', { family: 'ipv4', prefix: 16, network: '10.1.0.0/16', aligned: false }],
    ['2001:DB8:0::/48', { family: 'ipv6', prefix: 48, network: '2001:db8::/48', aligned: true }],
    ['2001:db8::5/64', { family: 'ipv6', prefix: 64, network: '2001:db8::/64', aligned: false }],
  ])('reads %s', (text, expected) => {
    expect(parseCidr(text)).toEqual(expected);
  });

  test.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0/8',
    '1/2/3',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    ' 10.0.0.0/8',
    'fe80::1%eth0/64',
    '::/129',
  ])('finds no range in %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test('never throws, whatever the text', () => {
    const almost = fc.stringMatching(/^[0-9a-f:.]{0,24}\/?[0-9]{0,4}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        expect(() => parseCidr(text)).not.toThrow();
      }),
    );
  });

  test('finds every IPv4 network aligned, and its network is a network', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const network = parseCidr(`${address}/${prefix}`)?.network ?? '';
        expect(parseCidr(network)).toEqual({ family: 'ipv4', prefix, network, aligned: true });
      }),
    );
  });
});
