/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A database as the failover control sees it: one session, or none while it cannot be reached. */
export interface Sql {
  /**
   * Runs one statement in a transaction of its own.
   *
   * @throws Unreachable if the database cannot be reached, or the connection is lost before it answered.
   * @throws Refused if the database refuses the statement.
   */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A database did not answer. What the statement did is unknown. */
export class Unreachable extends Error {
  public override readonly name = 'Unreachable';

  public constructor(
    public readonly database: string,
    reason: string,
  ) {
    super(`${database} cannot be reached: ${reason}`);
  }
}

/** A database refused a statement, and did nothing of it. */
export class Refused extends Error {
  public override readonly name = 'Refused';

  public constructor(
    public readonly database: string,
    /** State of SQL: `55000`. */
    public readonly state: string,
    reason: string,
    public readonly hint?: string,
  ) {
    super(`${database} refuses: ${reason}${hint === undefined ? '' : `. ${hint}`}`);
  }
}

/** The one row of an answer. */
export async function one(sql: Sql, text: string, values: readonly unknown[] = []): Promise<Row> {
  const [row, second] = await sql.query(text, values);
  if (row === undefined || second !== undefined)
    throw new Error(`${text} must give one row, got another number of them`);
  return row;
}
