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
