import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SiteName } from '../lib/platform/platform';
import type { Latch } from '../lib/recovery/database/fence';
import type { Witness } from '../lib/recovery/keeper';

interface Held {
  readonly leader: string;
  readonly since: number;
}

/** The object that names the site which leads; a file stands for what a cloud's storage serves. */
export class FileWitness implements Latch, Witness {
  /** Sites that cannot read it now. */
  public readonly cutOff = new Set<SiteName>();

  public constructor(private readonly file: string) {}

  public leads(site: SiteName): Promise<boolean> {
    if (this.cutOff.has(site)) return Promise.reject(new Error('the witness cannot be reached'));
    return Promise.resolve(this.held().leader === site);
  }

  public set(leader: string): Promise<number> {
    const held = this.held();
    if (held.leader === leader) return Promise.resolve(held.since);
    const next: Held = { leader, since: Date.now() };
    writeFileSync(`${this.file}.new`, JSON.stringify(next));
    renameSync(`${this.file}.new`, this.file);
    return Promise.resolve(next.since);
  }

  private held(): Held {
    return existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, 'utf8')) as Held)
      : { leader: 'primary', since: 0 };
  }
}
