/** A connection to a database. */
export interface SqlSession {
  /** Runs one batch, and tells the rows of its answer. Fails with what the database refused. */
  readonly ask: (batch: string) => Promise<readonly (readonly unknown[])[]>;
  readonly close: () => void;
}

/** What entering a database needs of the world. */
export interface SqlWorld {
  /** A token that the server takes in place of a password. */
  readonly token: () => Promise<string>;
  readonly connect: (token: string) => Promise<SqlSession>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Why contents were not laid, by exit code: the same as of the job that runs psql. */
export const exitCodes = { connection: 2, sql: 3, token: 4 } as const;

/** What failed, in which of three ways. */
export class NotLaid extends Error {
  public constructor(
    public readonly reason: keyof typeof exitCodes,
    cause: unknown,
  ) {
    super(`${reason}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Tries to get in, and the pause before the next one, in milliseconds: an identity that was tied a moment ago is not known everywhere. */
const tries = 6;
const pause = 10_000;

/**
 * Runs a batch in a database. Whoever is not let in tries for a minute; what the database refuses is not tried again.
 *
 * @throws NotLaid that says what failed.
 */
export async function layContents(world: SqlWorld, batch: string): Promise<void> {
  const session = await enter(world);
  try {
    await session.ask(batch);
  } catch (error) {
    throw new NotLaid('sql', error);
  } finally {
    session.close();
  }
}

/**
 * Enters a database. Whoever is not let in tries for a minute.
 *
 * @throws NotLaid that says whether there was no token or no way in.
 */
export async function enter(world: SqlWorld): Promise<SqlSession> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await enterOnce(world);
    } catch (error) {
      if (turn === tries) throw error;
      await world.sleep(pause);
    }
  }
}

async function enterOnce({ connect, token }: SqlWorld): Promise<SqlSession> {
  const given = await token().catch((error: unknown) => {
    throw new NotLaid('token', error);
  });
  return connect(given).catch((error: unknown) => {
    throw new NotLaid('connection', error);
  });
}
