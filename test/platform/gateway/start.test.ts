import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { gatewayStart } from '../../../lib/platform/gateway/start';

const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const given = {
  GATEWAY_DOCUMENT: JSON.stringify({
    keys: ['a', 'b', 'c'].map((id) => `@GATEWAY_TOKEN_PUBLIC_KEY_${id.toUpperCase()}@`),
    hosts: ['@GATEWAY_CACHE_HOST@', '@GATEWAY_CACHE_HOST@'],
  }),
  GATEWAY_CACHE_HOST: 'cache.example.com',
  GATEWAY_TOKEN_PUBLIC_KEY_A: publicKey,
  GATEWAY_TOKEN_PUBLIC_KEY_B: 'second',
  GATEWAY_TOKEN_PUBLIC_KEY_C: 'third',
};

/** Runs the very script of the container, with another command in place of the image's own start. */
function start(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = gatewayStart.indexOf('/docker-entrypoint.sh');
  const [shell = '', ...rest] = gatewayStart.slice(0, at);
  const print = 'process.stdout.write(JSON.stringify(process.env))';
  const output = execFileSync(shell, [...rest, process.execPath, '-e', print], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output.toString()) as Record<string, string>;
}

describe('the start of the container', () => {
  test('puts the keys and the host into the document, line ends and all', () => {
    const { KONG_DECLARATIVE_CONFIG_STRING = '' } = start(given);
    expect(JSON.parse(KONG_DECLARATIVE_CONFIG_STRING)).toEqual({
      keys: [publicKey, 'second', 'third'],
      hosts: ['cache.example.com', 'cache.example.com'],
    });
  });

  test('takes a key with the line ends of Windows, and one whose line ends are written as \\n', () => {
    for (const key of [publicKey.replaceAll('\n', '\r\n'), publicKey.replaceAll('\n', '\\n')]) {
      const { KONG_DECLARATIVE_CONFIG_STRING = '' } = start({ ...given, GATEWAY_TOKEN_PUBLIC_KEY_A: key });
      expect(JSON.parse(KONG_DECLARATIVE_CONFIG_STRING)).toMatchObject({ keys: [publicKey, 'second', 'third'] });
    }
  });

  test('takes an ampersand as it is', () => {
    const { KONG_DECLARATIVE_CONFIG_STRING = '' } = start({ ...given, GATEWAY_CACHE_HOST: 'a&b' });
    expect(JSON.parse(KONG_DECLARATIVE_CONFIG_STRING)).toMatchObject({ hosts: ['a&b', 'a&b'] });
  });

  test('leaves the document that still has placeholders behind', () => {
    expect(start(given)).not.toHaveProperty('GATEWAY_DOCUMENT');
  });

  test.each([
    'GATEWAY_TOKEN_PUBLIC_KEY_A',
    'GATEWAY_TOKEN_PUBLIC_KEY_B',
    'GATEWAY_TOKEN_PUBLIC_KEY_C',
    'GATEWAY_CACHE_HOST',
    'GATEWAY_DOCUMENT',
  ] as const)('fails when %s is missing', (name) => {
    const { [name]: _, ...rest } = given;
    expect(() => start(rest)).toThrow();
  });

  test('ends in the image’s own start', () => {
    expect(gatewayStart.slice(-3)).toEqual(['/docker-entrypoint.sh', 'kong', 'docker-start']);
  });
});
