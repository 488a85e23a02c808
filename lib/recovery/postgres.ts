import pg from 'pg';
import { Refused, Unreachable, type Row, type Sql } from './sql';

/** How a database is reached. What is secret is read by whoever makes this, and goes no further. */
export interface PostgresProps {
  /** What people call it: `store on the recovery site`. */
  readonly name: string;
  /** Endpoint of the writer. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Password or token, asked for with every connection, since tokens end. */
  readonly password?: () => Promise<string>;
  /** Root of the server's certificate in PEM, `system` for those that Node.js trusts, or `none` on one machine. */
  readonly root: string;
  /** Settings of the session: `-c mainstay.standby_password=…`. */
  readonly options?: string;
  /** Seconds until a connection counts as impossible. @default 10 */
  readonly connectSeconds?: number;
  /** Seconds until a statement counts as lost. @default 120 */
  readonly statementSeconds?: number;
}

const tlsOf = (root: string): pg.ClientConfig['ssl'] => {
  if (root === 'none') return false;
  return root === 'system' ? { rejectUnauthorized: true } : { ca: root, rejectUnauthorized: true };
};

/** A PostgreSQL database by its own protocol: connects when it is asked, and again after a connection was lost. */
export class Postgres implements Sql {
  private client: pg.Client | undefined;

  public constructor(private readonly props: PostgresProps) {}

  public async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = await this.connected();
    try {
      // Without values, one text may hold several statements.
      const result = await (values.length === 0 ? client.query<Row>(text) : client.query<Row>(text, [...values]));
      // Several statements have several results; the last one is the answer.
      const last = Array.isArray(result) ? (result as readonly pg.QueryResult<Row>[]).at(-1) : result;
      return last?.rows ?? [];
    } catch (error) {
      if (error instanceof pg.DatabaseError && !isLoss(error)) {
        throw new Refused(this.props.name, error.code ?? 'XX000', error.message, error.hint);
      }
      await this.close();
      throw new Unreachable(this.props.name, messageOf(error));
    }
  }

  /** Ends the session, if there is one. */
  public async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connected(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
    const { connectSeconds = 10, statementSeconds = 120, options, password, root, ...props } = this.props;
    const client = new pg.Client({
      host: props.host,
      port: props.port,
      database: props.database,
      user: props.user,
      ...(password === undefined ? {} : { password }),
      ...(options === undefined ? {} : { options }),
      ssl: tlsOf(root),
      application_name: 'mainstay-failover',
      connectionTimeoutMillis: connectSeconds * 1000,
      query_timeout: statementSeconds * 1000,
      keepAlive: true,
    });
    // A lost connection is told to whoever asks next; without this it would end the process.
    client.on('error', () => {
      if (this.client === client) this.client = undefined;
    });
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw new Unreachable(props.name, messageOf(error));
    }
    this.client = client;
    return client;
  }
}

/** A server that ends the session says so by the severity. */
const isLoss = ({ severity }: pg.DatabaseError): boolean => severity === 'FATAL' || severity === 'PANIC';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
