import { AnsweringServer, type Answer } from '../../../support/answering-server';
import { folder, load } from './copier';

const { createTokens } = load(`${folder}/tokens.mjs`) as {
  readonly createTokens: (uses: object) => () => Promise<string>;
};

let server: AnsweringServer;
let given: number;
beforeEach(async () => {
  given = 0;
  server = await AnsweringServer.start(() => ({ body: { access_token: `token-${(given += 1)}`, expires_in: 3600 } }));
});
afterEach(() => server.stop());

function tokens() {
  const clock = { time: 0 };
  const getWebIdentityToken = jest.fn((_input: object) => Promise.resolve({ WebIdentityToken: 'signed by AWS' }));
  const token = createTokens({
    sts: { getWebIdentityToken },
    tenant: 'tenant-1',
    client: 'client-1',
    authority: server.url,
    now: () => clock.time,
  });
  return { clock, getWebIdentityToken, token };
}

describe('a token for Blob Storage', () => {
  test('is given for a proof that AWS signs for Entra ID alone, and that holds for five minutes', async () => {
    const { getWebIdentityToken, token } = tokens();
    expect(await token()).toBe('token-1');
    expect(getWebIdentityToken.mock.calls).toEqual([
      [{ Audience: ['api://AzureADTokenExchange'], DurationSeconds: 300, SigningAlgorithm: 'RS256' }],
    ]);
    expect(server.asked).toMatchObject([{ method: 'POST', path: '/tenant-1/oauth2/v2.0/token' }]);
    expect(Object.fromEntries(new URLSearchParams(server.asked[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      scope: 'https://storage.azure.com/.default',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'signed by AWS',
    });
  });

  test('is asked for once by all who need it, and again five minutes before it ends', async () => {
    const { clock, token } = tokens();
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-1', 'token-1', 'token-1']);
    clock.time = 3_299_999;
    expect(await token()).toBe('token-1');
    clock.time = 3_300_000;
    expect(await Promise.all([token(), token()])).toEqual(['token-2', 'token-2']);
    expect(server.asked).toHaveLength(2);
  });

  test.each<[string, Answer, string]>([
    [
      'Entra ID knows no such credential',
      {
        status: 401,
        body: { error: 'invalid_client', error_description: 'AADSTS700213: no matching record\nTrace: 1' },
      },
      'Entra ID gave no token: 401 invalid_client AADSTS700213: no matching record',
    ],
    ['the answer has no token', { body: {} }, 'Entra ID gave no token: 200'],
    ['the line is cut', 'cut off', 'fetch failed'],
  ])('fails when %s, and is asked for again', async (_, fault, message) => {
    const { token } = tokens();
    server.faults.push(fault);
    await expect(token()).rejects.toThrow(message);
    expect(await token()).toBe('token-1');
  });

  test('fails when STS gives no proof', async () => {
    const { getWebIdentityToken, token } = tokens();
    getWebIdentityToken.mockResolvedValueOnce({} as never);
    await expect(token()).rejects.toThrow('STS gave no token');
    expect(server.asked).toEqual([]);
  });
});
