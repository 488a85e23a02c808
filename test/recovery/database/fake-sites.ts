import type { DatabasePair } from '../../../lib/recovery/database/pair';
import { Refused, Unreachable, type Row, type Sql } from '../../../lib/recovery/sql';
import type { SiteName } from '../../../lib/platform/platform';

interface Site {
  open: boolean;
  lease: number;
  subscribed: boolean;
  reachable: boolean;
  sessions: number;
  beats: Map<SiteName, { at: number; leaseSeconds: number | null }>;
  promotions: Map<string, { opened: boolean; ended: boolean }>;
  slot: boolean;
  sequences: number;
}

const instant = (at: number): string => new Date(at).toISOString();

/** Two sites as their SQL would answer, with a clock that moves when somebody waits. */
export class FakeSites {
  public time = Date.parse('2026-11-28T10:00:00Z');
  public readonly asked: string[] = [];
  public readonly sites: Record<SiteName, Site>;
  /** Queries until whoever asks is killed. */
  public dies = Infinity;
  public readonly clock = {
    now: () => this.time,
    sleep: (milliseconds: number) => {
      this.time += milliseconds;
      this.onSleep();
      return Promise.resolve();
    },
  };
  public onSleep: () => void = () => undefined;
  public readonly latch = {
    since: undefined as number | undefined,
    leader: 'primary',
    set: (leader: string) => {
      this.latch.leader = leader;
      this.latch.since ??= this.time;
      return Promise.resolve(this.latch.since);
    },
  };

  public constructor() {
    const site = (given: Partial<Site>): Site => ({
      open: false,
      lease: this.time,
      subscribed: false,
      reachable: true,
      sessions: 0,
      beats: new Map(),
      promotions: new Map(),
      slot: false,
      sequences: 0,
      ...given,
    });
    const beat = { at: this.time - 2000, leaseSeconds: 300 };
    this.sites = {
      primary: site({
        open: true,
        lease: this.time + 300_000,
        sessions: 4,
        slot: true,
        beats: new Map([['primary', beat]]),
      }),
      recovery: site({ subscribed: true, beats: new Map([['primary', { ...beat }]]) }),
    };
  }

  public get pair(): DatabasePair {
    return {
      name: 'store',
      from: { site: 'primary', sql: this.sql('primary') },
      to: { site: 'recovery', sql: this.sql('recovery') },
    };
  }

  public sql(name: SiteName): Sql {
    return {
      query: (text, values = []) => {
        if (this.dies <= 0) return Promise.reject(new Error('killed'));
        this.dies -= 1;
        const site = this.sites[name];
        if (!site.reachable) return Promise.reject(new Unreachable(`store on ${name}`, 'no answer'));
        this.asked.push(`${name}: ${text.trim().split('\n')[0]}`);
        try {
          return Promise.resolve(this.answer(name, site, text, values));
        } catch (error) {
          return Promise.reject(error instanceof Error ? error : new Error(String(error)));
        }
      },
    };
  }

  private answer(name: SiteName, site: Site, text: string, values: readonly unknown[]): readonly Row[] {
    const given = String(values[0]);
    const has = (part: string): boolean => text.includes(part);
    if (has('FROM mainstay.write_lease')) {
      return [{ open: site.open, writes: site.open && site.lease > this.time, subscribed: site.subscribed }];
    }
    if (has('AS complete FROM mainstay.behind')) {
      const beat = site.beats.get(given as SiteName);
      return beat === undefined ? [] : [{ at: instant(beat.at), complete: beat.at >= Date.parse(String(values[1])) }];
    }
    if (has('AS received')) return [{ at: null, received: '0/1', changed: '1' }];
    if (has('FROM mainstay.behind')) {
      const beat = site.beats.get(given as SiteName);
      if (beat === undefined) return [];
      return [
        { at: instant(beat.at), seconds: String((this.time - beat.at) / 1000), lease_seconds: beat.leaseSeconds },
      ];
    }
    if (has('FROM pg_stat_activity')) return [{ sessions: site.sessions }];
    if (has('CALL mainstay.fence_writes')) return this.fenced(name, site);
    if (has('FROM mainstay.promotions')) return this.promotion(site, text, given);
    if (has('begin_promotion')) return this.begun(site, given);
    if (has('open_writes')) {
      site.promotions.set(given, { opened: true, ended: false });
      Object.assign(site, { open: true, lease: this.time + Number(values[1]) * 1000 });
      return [{ users: 3 }];
    }
    if (has('end_promotion')) {
      site.promotions.set(given, { opened: true, ended: true });
      return [{}];
    }
    if (has('mainstay.leave')) {
      const was = site.subscribed;
      site.subscribed = false;
      return [{ slot: was ? 'mainstay_recovery_store' : null }];
    }
    if (has('pg_drop_replication_slot')) {
      const was = site.slot;
      site.slot = false;
      return was ? [{ active: false }] : [];
    }
    if (has('set_sequences')) {
      const was = site.sequences;
      site.sequences = Math.max(was, 100 + Number(values[0] ?? 0));
      return [{ sequence: 'svc_order.orders_id_seq', was, became: site.sequences, note: null }];
    }
    if (has('replay_outbox')) return [{ taken_back: '2', unsent: '5' }];
    if (has('mainstay_outbox')) return [{ unsent: 5 }];
    if (has('mainstay.beat')) {
      site.beats.set(given as SiteName, { at: this.time, leaseSeconds: 3600 });
      return [{}];
    }
    throw new Error(`nobody answers ${text}`);
  }

  /** The last beat is there at once; the other site has it when somebody waits. */
  private fenced(name: SiteName, site: Site): readonly Row[] {
    Object.assign(site, { open: false, sessions: 0 });
    const last = { at: this.time, leaseSeconds: 300 };
    site.beats.set(name, last);
    this.onSleep = () => this.sites.recovery.beats.set('primary', last);
    return [{ users: 3, ended: 4 }];
  }

  private promotion(site: Site, text: string, run: string): readonly Row[] {
    const known = site.promotions.get(run);
    if (known === undefined) return [];
    if (text.includes('opened_at IS NOT NULL') && !known.opened) return [];
    if (text.includes('ended_at IS NOT NULL') && !known.ended) return [];
    return [{ began_at: 'then', opened_at: 'then', ended_at: 'then' }];
  }

  private begun(site: Site, run: string): readonly Row[] {
    const other = [...site.promotions].find(([name, { ended }]) => name !== run && !ended);
    if (other !== undefined) throw new Refused('store on recovery', '55006', `promotion ${other[0]} has not ended`);
    if (site.open) throw new Refused('store on recovery', '55000', 'this site leads already');
    site.promotions.set(run, { opened: false, ended: false });
    return [{}];
  }
}
