import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unprivileged, type Programs } from '../../drill/programs';

/** What psql said. */
export interface Answer {
  readonly ok: boolean;
  /** Rows, one a line, columns separated by `|`. */
  readonly rows: string;
  /** Messages of the server. */
  readonly messages: string;
}

/** A PostgreSQL server of its own, in a temporary folder, reached by a socket alone. */
export class TestServer {
  public readonly extensions: ReadonlySet<string>;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'pg-'));
  private readonly data = path.join(this.folder, 'data');
  private readonly logFile = path.join(this.folder, 'log');
  private readonly as = unprivileged();

  public constructor(
    private readonly programs: Programs,
    private readonly client: string,
  ) {
    if (this.as.uid !== undefined) chownSync(this.folder, this.as.uid, this.as.gid ?? 0);
    this.run('initdb', ['-D', this.data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C']);
    this.start([]);
    this.extensions = new Set(this.psql('postgres', 'SELECT name FROM pg_available_extensions').rows.split('\n'));
    this.run('pg_ctl', ['-D', this.data, '-w', '-m', 'immediate', 'stop']);
    this.start(
      this.extensions.has('pgaudit')
        ? [
            'shared_preload_libraries=pgaudit',
            'pgaudit.role=rds_pgaudit',
            'pgaudit.log=ddl,role',
            'pgaudit.log_catalog=off',
          ]
        : [],
    );
  }

  /** Runs SQL as somebody. */
  public psql(user: string, sql: string, database = 'postgres'): Answer {
    const { status, stdout, stderr } = spawnSync(this.client, this.login(user, database), {
      input: sql,
      encoding: 'utf8',
    });
    return { ok: status === 0, rows: stdout.trim(), messages: stderr };
  }

  /** {@link psql}, without waiting for it. */
  public psqlLater(user: string, sql: string, database: string): Promise<Answer> {
    return this.open(user, '', database)(sql);
  }

  /** A session that runs SQL, and stays open until it is told the rest. */
  public open(user: string, sql: string, database: string): (rest: string) => Promise<Answer> {
    const child = spawn(this.client, this.login(user, database));
    let rows = '';
    let messages = '';
    child.stdout.on('data', (chunk) => (rows += String(chunk)));
    child.stderr.on('data', (chunk) => (messages += String(chunk)));
    const answer = new Promise<Answer>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ ok: status === 0, rows: rows.trim(), messages }));
    });
    child.stdin.write(sql);
    return (rest) => {
      child.stdin.end(rest);
      return answer;
    };
  }

  public log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Where the socket is. */
  public get host(): string {
    return this.folder;
  }

  public stop(): void {
    this.run('pg_ctl', ['-D', this.data, '-w', '-m', 'immediate', 'stop']);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(settings: readonly string[]): void {
    const options = [
      "listen_addresses=''",
      `unix_socket_directories=${this.folder}`,
      'fsync=off',
      'wal_level=logical',
      'logging_collector=off',
      ...settings,
    ];
    const server = options.map((option) => `-c ${option}`).join(' ');
    this.run('pg_ctl', ['-D', this.data, '-l', this.logFile, '-w', '-o', server, 'start']);
  }

  private login(user: string, database: string): readonly string[] {
    return ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', this.folder, '-U', user, '-d', database];
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
