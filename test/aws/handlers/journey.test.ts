import { journey } from '../../../lib/platform/nouns/journeys';
import { loadModule } from '../../support/load-module';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}

interface Module {
  readonly createHandler: (uses: object) => () => Promise<string>;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/journey/index.mjs', {});

const answer = (rest: Partial<Answer> = {}): Answer => ({ status: 200, text: 'welcome', cookies: [], ...rest });

/** Walks steps against answers in order; what was asked besides. */
async function walked(steps: readonly object[], answers: readonly (Answer | Error)[]) {
  const asked: object[] = [];
  const parsed = journey.parse({ description: 'Looks around the shop', steps }).steps;
  const ask = (url: string, request: object): Promise<Answer> => {
    const next = answers[asked.length] ?? answer();
    asked.push({ url, ...request });
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const said = await createHandler({ ask, origin: 'https://shop.example.com', steps: parsed })().catch(
    (error: unknown) => (error as Error).message,
  );
  return { asked, said };
}

const start = { name: 'start', path: '/' };

test('asks for each step in order, with the cookies of the steps before', async () => {
  const post = {
    name: 'sign-in',
    path: '/api/sessions',
    method: 'POST',
    body: { email: 'a@example.com' },
    status: 401,
  };
  const { asked, said } = await walked(
    [start, post, { name: 'again', path: '/', milliseconds: 500 }],
    [answer({ cookies: ['a=1; Path=/; Secure', 'b=2'] }), answer({ status: 401, cookies: ['a=3'] }), answer()],
  );
  expect(said).toBe('3 steps walked');
  expect(asked).toEqual([
    {
      url: 'https://shop.example.com/',
      method: 'GET',
      milliseconds: 3000,
      headers: { 'user-agent': 'mainstay-journey' },
    },
    {
      url: 'https://shop.example.com/api/sessions',
      method: 'POST',
      milliseconds: 3000,
      headers: { 'user-agent': 'mainstay-journey', cookie: 'a=1; b=2', 'content-type': 'application/json' },
      body: '{"email":"a@example.com"}',
    },
    {
      url: 'https://shop.example.com/',
      method: 'GET',
      milliseconds: 500,
      headers: { 'user-agent': 'mainstay-journey', cookie: 'a=3; b=2' },
    },
  ]);
});

test.each<readonly [string, object, Answer | Error, string]>([
  ['another status', start, answer({ status: 503 }), 'start: GET / answered 503, not 200'],
  ['a redirection', start, answer({ status: 302 }), 'start: GET / answered 302, not 200'],
  ['another text', { ...start, contains: 'sale' }, answer(), 'start: the answer to GET / does not hold "sale"'],
  ['no answer', start, new Error('timeout'), 'start: GET / had no answer within 3000 ms: timeout'],
])('fails with the first step that has %s, and asks no more', async (_what, step, given, says) => {
  const { asked, said } = await walked([step, { name: 'next', path: '/next' }], [given]);
  expect(said).toBe(says);
  expect(asked).toHaveLength(1);
});

describe('a journey of somebody who signs in', () => {
  const signIn = {
    path: '/api/sessions',
    status: 201,
    token: 'token',
    milliseconds: 2000,
    region: 'eu-central-1',
    entries: { email: 'shop/person/email', password: 'shop/person/password' },
  };
  const session = answer({ status: 201, text: '{"token":"secret-token"}', cookies: ['id=1; Path=/'] });

  /** Walks one step after signing in; what was asked and said. */
  async function signedIn(
    first: Answer | Error,
    read = (_region: string, entry: string) => Promise.resolve(`value of ${entry}`),
  ) {
    const asked: { url: string; headers?: unknown; body?: unknown }[] = [];
    const steps = journey.parse({ description: 'Looks around the shop', steps: [start] }).steps;
    const ask = (url: string, request: object): Promise<Answer> => {
      asked.push({ url, ...request });
      const next = asked.length === 1 ? first : answer();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    };
    const said = await createHandler({ ask, origin: 'https://shop.example.com', read, signIn, steps })().catch(
      (error: unknown) => (error as Error).message,
    );
    return { asked, said };
  }

  test('sends what the secret holds, and walks on with the token and the cookies', async () => {
    const { asked, said } = await signedIn(session);
    expect(said).toBe('1 steps walked');
    expect(asked).toEqual([
      expect.objectContaining({
        url: 'https://shop.example.com/api/sessions',
        method: 'POST',
        body: '{"email":"value of shop/person/email","password":"value of shop/person/password"}',
      }),
      expect.objectContaining({
        url: 'https://shop.example.com/',
        headers: expect.objectContaining({ authorization: 'Bearer secret-token', cookie: 'id=1' }) as object,
      }),
    ]);
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each<readonly [string, Answer | Error, string]>([
    ['is refused', answer({ status: 401, text: 'value of shop/person/password' }), 'answered 401, not 201'],
    [
      'is answered without a token',
      answer({ status: 201, text: '{"other":"secret-token"}' }),
      'no text in its field token',
    ],
    ['is answered by what is no JSON', answer({ status: 201, text: 'secret-token' }), 'no text in its field token'],
    ['is answered by nothing', answer({ status: 201, text: 'null' }), 'no text in its field token'],
    [
      'is answered by a token that no header carries',
      answer({ status: 201, text: '{"token":"secret-token\\n"}' }),
      'no text in its field token that a header carries',
    ],
    ['is not answered', new Error('fetch failed'), 'had no answer within 2000 ms'],
  ])('fails when the sign-in %s, and tells nothing that is secret', async (_what, first, reason) => {
    const { asked, said } = await signedIn(first);
    expect(said).toMatch(/^sign-in: /);
    expect(said).toContain(reason);
    expect(said).not.toMatch(/secret-token|value of/);
    expect(asked).toHaveLength(1);
  });

  test('fails when the secret cannot be read, and says no more than how', async () => {
    const refused = Object.assign(new Error('the value of the secret is pa55word'), { name: 'AccessDeniedException' });
    const { asked, said } = await signedIn(session, () => Promise.reject(refused));
    expect(said).toBe('sign-in: the secret could not be read: AccessDeniedException');
    expect(asked).toEqual([]);
  });
});
