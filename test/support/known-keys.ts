import crypto from 'node:crypto';

type Pair = ReturnType<typeof crypto.generateKeyPairSync>;
type Make = (type: 'rsa', options: { readonly modulusLength: number }) => Pair;

/** More than one test tells apart. */
const most = 4;

/**
 * Lets the key pairs that the tests of a file ask for come again after the fourth: to find the primes of one takes up to a second. The first
 * four are as new as any.
 */
export function knowKeys(): void {
  let spy: { readonly mockRestore: () => void } | undefined;
  beforeAll(() => {
    const make = crypto.generateKeyPairSync as unknown as Make;
    const pairs: Pair[] = [];
    let asked = 0;
    const again: Make = (type, options) => {
      const at = asked++ % most;
      const pair = (pairs[at] ??= make(type, options));
      expect(pair.privateKey.asymmetricKeyDetails?.modulusLength).toBe(options.modulusLength);
      return pair;
    };
    spy = jest.spyOn(crypto, 'generateKeyPairSync').mockImplementation(again as never);
  });
  afterAll(() => spy?.mockRestore());
}
