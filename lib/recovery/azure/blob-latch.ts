import type { BlockBlobClient } from '@azure/storage-blob';
import type { SiteName } from '../../platform/platform';
import type { Latch } from '../database/fence';
import type { Witness } from '../keeper';
import { leaderText, parseLeader, type Leader } from '../leader';
import type { Clock } from '../step';
import { refusedWith } from './blob-error';

/** Tries to write before it is given up: each loses to somebody else who wrote in between. */
const mostTries = 5;

interface Held extends Leader {
  readonly etag: string;
}

/**
 * The latch: a blob that names the site which leads. It is changed only as it was read, so of two who write at once one is told
 * what the other one wrote. Nobody on the way may keep a copy of it.
 */
export class BlobLatch implements Latch, Witness {
  public constructor(
    private readonly blob: BlockBlobClient,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Who leads, or nothing before anybody was named. */
  public async held(): Promise<Leader | undefined> {
    const held = await this.read();
    return held === undefined ? undefined : { leader: held.leader, since: held.since };
  }

  public async leads(site: SiteName): Promise<boolean> {
    const held = await this.read();
    if (held === undefined) throw new Error(`${this.blob.url} is not there: nobody was named to lead`);
    return held.leader === site;
  }

  public async set(leader: string): Promise<number> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const held = await this.read();
      if (held?.leader === leader) return Date.parse(held.since);
      const now = this.clock.now();
      if (await this.write({ leader, since: new Date(now).toISOString() }, held)) return now;
    }
    throw new Error(`${this.blob.url} changes as often as it is written: somebody else names a leader too`);
  }

  private async read(): Promise<Held | undefined> {
    try {
      const { etag = '' } = await this.blob.getProperties();
      const text = await this.blob.downloadToBuffer(0, undefined, { conditions: { ifMatch: etag } });
      return { ...parseLeader(text.toString('utf8')), etag };
    } catch (error) {
      if (refusedWith(error, 'BlobNotFound')) return undefined;
      // It changed between the two questions.
      if (refusedWith(error, 'ConditionNotMet')) return this.read();
      throw error;
    }
  }

  /** Whether it was written; not if somebody else was first. */
  private async write(next: Leader, held: Held | undefined): Promise<boolean> {
    const text = leaderText(next);
    try {
      await this.blob.upload(text, Buffer.byteLength(text), {
        blobHTTPHeaders: { blobContentType: 'application/json', blobCacheControl: 'no-store' },
        conditions: held === undefined ? { ifNoneMatch: '*' } : { ifMatch: held.etag },
      });
      return true;
    } catch (error) {
      if (refusedWith(error, 'ConditionNotMet', 'BlobAlreadyExists')) return false;
      throw error;
    }
  }
}
