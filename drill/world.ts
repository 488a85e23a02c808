import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Platform, SiteName } from '../lib/platform/platform';
import { passwordSetting } from '../lib/platform/sql/publisher';
import { followingSql, leadingSql } from '../lib/platform/sql/replication';
import { standbyUser } from '../lib/platform/sql/roles';
import { applySteps, followSteps } from '../lib/recovery/database/prepare';
import { FileJournal } from '../lib/recovery/file-journal';
import { keep } from '../lib/recovery/keeper';
import { runPlan } from '../lib/recovery/runner';
import { clock, type Control } from './control';
import { Link } from './link';
import { WriteLog } from './log';
import {
  administrator,
  database,
  dialectOf,
  drillPlatform,
  drillTimes,
  orderTables,
  providerRoles,
  sqlOf,
} from './platform';
import type { Programs } from './programs';
import { relay } from './relay';
import { Server } from './server';
import { FileWitness } from './witness';
import { sleep, Writer, type Target } from './writer';

export const sites = ['primary', 'recovery'] as const satisfies readonly SiteName[];
export type BySite<T> = Readonly<Record<SiteName, T>>;

const bySite = async <T>(make: (site: SiteName) => Promise<T>): Promise<BySite<T>> => ({
  primary: await make('primary'),
  recovery: await make('recovery'),
});

/** Password of the user by which the other site reads; these servers live for a minute, on the loopback. */
const password = 'drill-on-the-loopback';

/** How long a world is under load before anything happens to it. */
const loadMilliseconds = 2000;

/** Servers with everything that the platform ships, made once and copied for each fault. */
export interface Templates {
  readonly servers: BySite<Server>;
  /** Parts of the SQL that these servers cannot carry. */
  readonly leftOut: readonly string[];
}

/** Makes a server of each site: the provider's roles, the platform's SQL, a service's tables. */
export async function makeTemplates(programs: Programs): Promise<Templates> {
  const platform = drillPlatform();
  const leftOut = new Set<string>();
  const servers = await bySite(async (site) => {
    const server = await Server.start(programs);
    const root = server.session('postgres', 'postgres');
    await root.query(providerRoles[site]);
    await root.query(`CREATE DATABASE ${database} OWNER ${administrator}`);
    const carried = new Set(
      (await root.query('SELECT name FROM pg_available_extensions')).map(({ name }) => String(name)),
    );
    const sql = sqlOf(platform, site, carried);
    for (const part of sql.leftOut) leftOut.add(part);
    await applySteps(server.session(administrator, database), sql.administrators);
    await applySteps(server.session('postgres', database), sql.providers);
    await server.session('svc_order', database).query(orderTables);
    await server.session(administrator, database).query('SELECT mainstay.tend_tables()');
    await server.down();
    return server;
  });
  return { servers, leftOut: [...leftOut] };
}

/** Two sites, of which one leads and the other follows, under load. */
export class World {
  public readonly log: WriteLog;
  public readonly witness: FileWitness;
  /** Where services send their writes, as the DNS says. */
  public traffic: SiteName = 'primary';
  /** Messages that were sent to the queues of a site. */
  public readonly queues: BySite<Set<string>> = { primary: new Set(), recovery: new Set() };
  private readonly running: Promise<void>[] = [];
  private readonly writers: Writer[] = [];
  private ended = false;

  private constructor(
    private readonly platform: Platform,
    private readonly folder: string,
    public readonly servers: BySite<Server>,
    /** Ways to the servers from the other site, and from the control. */
    public readonly links: BySite<Link>,
  ) {
    this.log = new WriteLog(path.join(folder, 'acknowledged.jsonl'));
    this.witness = new FileWitness(path.join(folder, 'leader.json'));
  }

  /** Copies the templates, lets the recovery site follow, and begins to write. */
  public static async start(programs: Programs, templates: Templates): Promise<World> {
    const folder = mkdtempSync(path.join(tmpdir(), 'drill-world-'));
    const servers = await bySite(async (site) => Server.start(programs, templates.servers[site]));
    const links = await bySite(async (site) => Link.to(servers[site].port));
    const world = new World(drillPlatform(), folder, servers, links);
    try {
      for (const site of sites) {
        world.keepAlive(site);
        world.running.push(relay(servers[site].port, () => !world.ended, world.queues[site]));
      }
      await world.follow('primary', 'recovery');
      world.write(4, () => ({ site: world.traffic, port: servers[world.traffic].port }));
      await world.untilWritten('primary');
      await sleep(loadMilliseconds);
    } catch (error) {
      await world.remove();
      throw error;
    }
    return world;
  }

  /** Lets a site follow the other one, by the shipped steps. */
  public async follow(from: SiteName, to: SiteName): Promise<void> {
    const { host, port } = { host: '127.0.0.1', port: this.links[from].port };
    const options = `-c ${passwordSetting}=${password}`;
    const leading = leadingSql(this.platform, database, dialectOf(from));
    const file = new FileJournal(path.join(this.folder, `follow-${from}.jsonl`));
    // What membership of the provider's role gives, on RDS.
    await applySteps(this.servers[from].session(administrator, database, { options }), leading.user);
    await this.servers[from].session('postgres', database).query(`ALTER ROLE ${standbyUser} REPLICATION`);
    const outcome = await runPlan({
      run: `follow-${from}`,
      steps: followSteps({
        pair: {
          name: database,
          from: { site: from, sql: this.servers[from].session(administrator, database) },
          to: { site: to, sql: this.servers[to].session(administrator, database) },
        },
        sessions: {
          from: () => this.servers[from].session(administrator, database, { options }),
          to: () => this.servers[to].session(administrator, database, { options }),
        },
        leading: leading.slot,
        following: followingSql(this.platform, database, { host, port, proof: 'loopback' }),
        copySeconds: 60,
      }),
      journal: file,
      history: file.history(),
      approver: { ask: () => Promise.resolve('drill') },
      clock,
    });
    if (outcome.ended === 'failed') throw outcome.error;
  }

  /** What a failover is told; the site that takes over is reached directly, the other one by its link. */
  public control(run: string, from: SiteName, to: SiteName): Control {
    return {
      run,
      from,
      to,
      ports: {
        ...{ primary: this.links.primary.port, recovery: this.links.recovery.port },
        [to]: this.servers[to].port,
      },
      journal: path.join(this.folder, `${run}.jsonl`),
      witness: path.join(this.folder, 'leader.json'),
    };
  }

  /** Begins to write, and goes on until the end. */
  public write(connections: number, target: () => Target): Writer {
    const writer = new Writer(connections, target, this.log);
    this.writers.push(writer);
    return writer;
  }

  public get refusals(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const { failures } of this.writers) {
      for (const [code, count] of failures) all.set(code, (all.get(code) ?? 0) + count);
    }
    return all;
  }

  /** Waits until a write of a site was acknowledged after a moment, and says when. */
  public async untilWritten(site: SiteName, after = Date.now(), seconds = 15): Promise<number> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
      const write = this.log.read().find((entry) => entry.site === site && entry.at >= after);
      if (write !== undefined) return write.at;
    }
    throw new Error(`no write of the ${site} site was acknowledged within ${seconds} s`);
  }

  /** Ends the writers, and waits for what they had begun. */
  public async quiet(): Promise<void> {
    await Promise.all(this.writers.map(async (writer) => writer.stop()));
  }

  public async remove(): Promise<void> {
    await this.quiet();
    this.ended = true;
    await Promise.all(this.running);
    await Promise.all(sites.map(async (site) => this.links[site].close()));
    await Promise.all(sites.map(async (site) => this.servers[site].remove()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The keeper of a site: it lives beside its database, and dies with it. */
  private keepAlive(site: SiteName): void {
    const loop = async (): Promise<void> => {
      const session = this.servers[site].session('mainstay_keeper', database, { seconds: 2 });
      while (!this.ended) {
        await keep(session, site, this.witness, drillTimes.leaseSeconds).catch(() => undefined);
        await sleep(drillTimes.beatMilliseconds);
      }
    };
    this.running.push(loop());
  }
}
