import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { migrationCommand, migrationEnvironment } from '../../lib/kubernetes/migration-settings';
import { psqlProgram } from '../../drill/programs';
import { databaseSql } from '../../lib/platform/sql/database';
import { serviceSql } from '../../lib/platform/sql/service';
import { describeLive, LiveDatabase, platform } from '../support/live-database';

const principal = '44444444-4444-4444-8444-444444444444';
const user = 'id-retailflow-production-migration';

interface Ended {
  readonly code: number | null;
  readonly messages: string;
}

/** Answers whoever asks for a token, and keeps what they asked. */
class Issuer {
  public readonly asked: string[] = [];
  public answer = { status: 200, body: '' };
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      this.asked.push(body);
      response.writeHead(this.answer.status).end(this.answer.body);
    });
  });

  public async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const hasWget = spawnSync('wget', ['--help']).error === undefined;
const { skip } = describe;
const describeHere = (title: string, tests: () => void): void =>
  hasWget ? describeLive(title, tests) : skip(`${title} (skipped: no wget, which the image has)`, tests);

describeHere('the command of a migration, against a running PostgreSQL', () => {
  const issuer = new Issuer();
  let live: LiveDatabase;
  let folder: string;
  let url: string;

  /** A server without Entra ID has no label of it; a comment stands in. */
  const here = () =>
    live.script(
      [...databaseSql(platform, 'store'), ...serviceSql(platform, 'store', 'order', 'azure')].map((step) => ({
        ...step,
        sql: step.sql.replace('SECURITY LABEL FOR "pgaadauth" ON ROLE', 'COMMENT ON ROLE'),
      })),
    );

  const run = async (patch: Readonly<Record<string, string>> = {}): Promise<Ended> => {
    const environment = migrationEnvironment(
      { database: 'store' },
      {
        host: live.server.host,
        port: 5432,
        user,
        dialect: 'azure',
        login: {
          by: 'token',
          audience: 'api://exchange',
          url,
          form: { grant_type: 'client_credentials', scope: 'https://db/.default' },
        },
        reach: [],
      },
      principal,
    );
    const [shell = '', ...args] = migrationCommand;
    const child = spawn(shell, args, {
      env: {
        PATH: [dirname(psqlProgram() ?? ''), process.env['PATH'] ?? ''].join(delimiter),
        HOME: folder,
        ...environment,
        // It is reached by a socket, where there is no TLS.
        PGSSLMODE: 'disable',
        PGSSLROOTCERT: '',
        ACCOUNT_TOKEN_FILE: join(folder, 'account-token'),
        MIGRATION_SCRATCH: join(folder, 'scratch'),
        MIGRATION_SQL: join(folder, 'migration.sql'),
        ...patch,
      },
    });
    let messages = '';
    child.stderr.on('data', (chunk) => (messages += String(chunk)));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, messages }));
    });
  };

  beforeAll(async () => {
    live = new LiveDatabase();
    url = await issuer.listen();
    folder = mkdtempSync(join(tmpdir(), 'migration-'));
    spawnSync('mkdir', [join(folder, 'scratch')]);
    writeFileSync(join(folder, 'account-token'), 'token.of-the.account');
    writeFileSync(join(folder, 'migration.sql'), here());
    // As on Azure, the administrator comes with a token or not at all.
    live.root(`CREATE ROLE "${user}" LOGIN CREATEROLE PASSWORD 'token-of-the-cloud'; GRANT mainstay TO "${user}"`);
    live.root(`ALTER DATABASE store OWNER TO "${user}"`, 'postgres');
    const rules = `E'local all postgres trust\\nlocal all all scram-sha-256\\n'`;
    live.root(
      `DO $do$ BEGIN EXECUTE format('COPY (SELECT unnest(string_to_array(trim(E''\\n'' from %L), E''\\n''))) TO %L', ${rules}, current_setting('hba_file')); END $do$; SELECT pg_reload_conf()`,
    );
  }, 60_000);

  afterAll(() => {
    issuer.close();
    live.server.stop();
  });

  beforeEach(() => {
    issuer.asked.length = 0;
    issuer.answer = {
      status: 200,
      body: '{"token_type":"Bearer","expires_in":3599,"access_token":"token-of-the-cloud"}',
    };
  });

  test('exchanges the token of its account, and applies the SQL with what it got', async () => {
    expect(await run()).toMatchObject({ code: 0, messages: expect.stringContaining('applied service order 0001') });
    expect(issuer.asked).toEqual([
      'grant_type=client_credentials&scope=https%3A%2F%2Fdb%2F.default&client_assertion=token.of-the.account',
    ]);
  });

  test('ties the user to the identity that it was told', () => {
    expect(live.root(`SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'svc_order'`).rows).toBe(
      `aadauth,oid=${principal},type=service`,
    );
  });

  test('can be repeated, and applies then what follows the definition alone', async () => {
    const { code, messages } = await run();
    expect(code).toBe(0);
    expect(messages).toContain('applied service order 0002');
    expect(messages).not.toContain('applied service order 0001');
  });

  test('leaves nothing in its scratch space', async () => {
    await run();
    expect(existsSync(join(folder, 'scratch'))).toBe(true);
    expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
  });

  test('fails when the server does not take the token', async () => {
    issuer.answer.body = '{"access_token":"of-somebody-else"}';
    expect(await run()).toMatchObject({ code: 2, messages: expect.stringContaining('password authentication failed') });
  });

  test('fails when the answer has no token', async () => {
    issuer.answer.body = '{"error":"invalid_client"}';
    expect(await run()).toMatchObject({ code: 4, messages: expect.stringContaining('no access token in the answer') });
  });

  test('fails when the SQL fails, with the exit code of psql', async () => {
    const broken = join(folder, 'broken.sql');
    writeFileSync(broken, '\\set ON_ERROR_STOP on\nSELECT broken;\nSELECT 1;\n');
    expect(await run({ MIGRATION_SQL: broken })).toMatchObject({
      code: 3,
      messages: expect.stringContaining('broken'),
    });
  });
});
