import { exitCodes, layContents, NotLaid, type SqlWorld } from '../../../lib/recovery/azure/sql-contents';

/** A database that lets nobody in for some turns, and may refuse what it is given. */
function world({ noToken = 0, closed = 0, refuses = '' } = {}) {
  const done: string[] = [];
  let [tokens, connections] = [0, 0];
  const made: SqlWorld & { readonly done: string[] } = {
    done,
    token: async () => {
      tokens += 1;
      if (tokens <= noToken) throw new Error('AADSTS700016');
      return Promise.resolve(`token ${tokens}`);
    },
    connect: async (token) => {
      connections += 1;
      if (connections <= closed) throw new Error('Login failed');
      done.push(`entered by ${token}`);
      return Promise.resolve({
        ask: async (batch: string) => {
          if (refuses !== '') throw new Error(refuses);
          done.push(`ran ${batch}`);
          return Promise.resolve([]);
        },
        close: () => {
          done.push('left');
        },
      });
    },
    sleep: async (milliseconds) => {
      done.push(`waited ${milliseconds}`);
      return Promise.resolve();
    },
  };
  return made;
}

/** What came of it: why it was not laid, or nothing. */
async function ending(given: SqlWorld): Promise<string | undefined> {
  return layContents(given, 'SELECT 1').then(
    () => undefined,
    (error: unknown) => (error instanceof NotLaid ? `${exitCodes[error.reason]} ${error.message}` : 'another'),
  );
}

describe('laying the contents of a database', () => {
  test('runs the batch and leaves', async () => {
    const given = world();
    await expect(ending(given)).resolves.toBeUndefined();
    expect(given.done).toEqual(['entered by token 1', 'ran SELECT 1', 'left']);
  });

  test.each([
    ['a token that is not given yet', { noToken: 2 }, 'entered by token 3'],
    ['a login that is not known yet', { closed: 2 }, 'entered by token 3'],
  ])('waits for %s, and asks for a new token each time', async (_title, how, entered) => {
    const given = world(how);
    await expect(ending(given)).resolves.toBeUndefined();
    expect(given.done).toEqual(['waited 10000', 'waited 10000', entered, 'ran SELECT 1', 'left']);
  });

  test.each([
    ['there is no token in a minute', { noToken: 99 }, '4 token: AADSTS700016', 5],
    ['nobody is let in in a minute', { closed: 99 }, '2 connection: Login failed', 5],
    [
      'the database refuses the batch, which is not tried again',
      { refuses: 'no such schema' },
      '3 sql: no such schema',
      0,
    ],
  ])('fails when %s', async (_title, how, message, pauses) => {
    const given = world(how);
    await expect(ending(given)).resolves.toBe(message);
    expect(given.done.filter((each) => each.startsWith('waited'))).toHaveLength(pauses);
    expect(given.done.some((each) => each.startsWith('ran'))).toBe(false);
  });

  test('leaves the database when it refused, too', async () => {
    const given = world({ refuses: 'no such schema' });
    await ending(given);
    expect(given.done).toEqual(['entered by token 1', 'left']);
  });
});
