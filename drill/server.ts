import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Postgres } from '../lib/recovery/postgres';
import { standbyUser } from '../lib/platform/sql/roles';
import { unprivileged, type Programs } from './programs';

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A PostgreSQL server of its own in a temporary folder, on the loopback. */
export class Server {
  private readonly data: string;
  private readonly logFile: string;
  private readonly as = unprivileged();
  private readonly sessions: Postgres[] = [];

  private constructor(
    private readonly programs: Programs,
    public readonly port: number,
    private readonly folder: string,
  ) {
    this.data = path.join(folder, 'data');
    this.logFile = path.join(folder, 'log');
  }

  /** Makes a server and starts it: a new one, or a copy of one that was stopped. */
  public static async start(programs: Programs, like?: Server): Promise<Server> {
    const folder = mkdtempSync(path.join(tmpdir(), 'drill-'));
    const server = new Server(programs, await freePort(), folder);
    if (server.as.uid !== undefined) chownSync(folder, server.as.uid, server.as.gid ?? 0);
    if (like === undefined) server.make();
    else execFileSync('cp', ['-R', like.data, server.data], { ...server.as, cwd: folder, stdio: 'ignore' });
    server.tell({ port: String(server.port) });
    server.up();
    return server;
  }

  private make(): void {
    this.run('initdb', ['-D', this.data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C']);
    // The other site reads by its password, as on a cloud; the others log in by what clouds have in place of one.
    const rules = [`host all ${standbyUser} 127.0.0.1/32 scram-sha-256`, 'host all all 127.0.0.1/32 trust'];
    writeFileSync(path.join(this.data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
    this.tell({
      listen_addresses: "'127.0.0.1'",
      unix_socket_directories: "''",
      fsync: 'off',
      wal_level: 'logical',
      max_connections: '60',
      max_slot_wal_keep_size: "'256MB'",
      max_worker_processes: '16',
      wal_sender_timeout: "'10s'",
      wal_receiver_timeout: "'10s'",
      // What a new subscription and a broken one wait for; five seconds unless said otherwise.
      wal_retrieve_retry_interval: "'500ms'",
      shared_buffers: "'32MB'",
      autovacuum: 'off',
      log_min_messages: 'warning',
    });
  }

  private tell(settings: Readonly<Record<string, string>>): void {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    appendFileSync(path.join(this.data, 'postgresql.conf'), `\n${lines.join('\n')}\n`);
  }

  /** A session as somebody. */
  public session(
    user: string,
    database: string,
    given: { readonly options?: string; readonly port?: number; readonly seconds?: number } = {},
  ): Postgres {
    const session = new Postgres({
      name: `${database} of ${path.basename(this.folder)}`,
      host: '127.0.0.1',
      port: given.port ?? this.port,
      database,
      user,
      root: 'none',
      connectSeconds: given.seconds ?? 5,
      statementSeconds: given.seconds ?? 60,
      ...(given.options === undefined ? {} : { options: given.options }),
    });
    this.sessions.push(session);
    return session;
  }

  /** Starts it again, with what it held when it stopped. */
  public up(): void {
    this.run('pg_ctl', ['-D', this.data, '-l', this.logFile, '-w', '-t', '60', 'start']);
  }

  /** Ends it as a lost machine ends: nothing is written down first. */
  public kill(): void {
    this.run('pg_ctl', ['-D', this.data, '-w', '-m', 'immediate', 'stop']);
  }

  /** Ends it in order, so that it can be copied. */
  public async down(): Promise<void> {
    await this.closeSessions();
    this.run('pg_ctl', ['-D', this.data, '-w', '-m', 'fast', 'stop']);
  }

  public log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Ends it if it runs, and removes all that it left. */
  public async remove(): Promise<void> {
    await this.closeSessions();
    try {
      this.kill();
    } catch {
      // It had ended before.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async closeSessions(): Promise<void> {
    await Promise.all(this.sessions.splice(0).map(async (session) => session.close()));
  }

  private run(program: string, args: readonly string[]): void {
    execFileSync(path.join(this.programs.folder, program), args, {
      ...this.as,
      env: { ...process.env, ...this.programs.environment },
      cwd: this.folder,
      stdio: 'ignore',
    });
  }
}
