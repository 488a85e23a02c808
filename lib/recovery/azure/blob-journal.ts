import type { AppendBlobClient, BlobLeaseClient } from '@azure/storage-blob';
import { readJournal, type Journal, type JournalEvent } from '../journal';
import { Refusal, type Clock } from '../step';
import { refusedWith } from './blob-error';

/** How long the journal is a controller's that says no more, in seconds: the longest that Blob Storage lends for. */
const leaseSeconds = 60;

/** Between two renewals, in milliseconds: two may fail. */
export const renewalMilliseconds = 15_000;

/** Pause between two tries to get the journal, in milliseconds. */
const pause = 5000;

/**
 * A journal in an append blob, lent to one controller at a time: every line is written under its lease, so a controller that was
 * given up for dead and lives on is refused at its next line, before it does anything. One that died is waited for.
 *
 * Of a line whose acknowledgement is lost the journal may hold two; events bear that.
 */
export class BlobJournal implements Journal {
  private constructor(
    private readonly blob: AppendBlobClient,
    private readonly lease: BlobLeaseClient,
    /** What was written before, by whichever controller. */
    public readonly history: readonly JournalEvent[],
  ) {}

  /**
   * Takes the journal. Whoever does renews it every {@link renewalMilliseconds}, and closes it at the end.
   *
   * @throws Refusal if another controller keeps it.
   */
  public static async open(blob: AppendBlobClient, clock: Clock): Promise<BlobJournal> {
    await blob.createIfNotExists({ blobHTTPHeaders: { blobContentType: 'application/jsonl' } });
    const lease = blob.getBlobLeaseClient();
    const end = clock.now() + leaseSeconds * 1000 + pause;
    while (!(await acquired(lease))) {
      if (clock.now() >= end) {
        const last = (await BlobJournal.read(blob)).at(-1);
        throw new Refusal(
          `another controller keeps the journal ${blob.url}, last with run ${last?.run ?? 'unknown'} at ${last?.at ?? 'unknown'}`,
          'let it end, or end it and wait a minute',
        );
      }
      await clock.sleep(pause);
    }
    return new BlobJournal(blob, lease, await BlobJournal.read(blob));
  }

  /** The events of a journal, whoever keeps it; none of one that is not there. */
  public static async read(blob: AppendBlobClient): Promise<readonly JournalEvent[]> {
    try {
      return readJournal((await blob.downloadToBuffer()).toString('utf8'));
    } catch (error) {
      if (refusedWith(error, 'BlobNotFound', 'ContainerNotFound')) return [];
      throw error;
    }
  }

  public async append(line: string): Promise<void> {
    const text = `${line}\n`;
    try {
      await this.blob.appendBlock(text, Buffer.byteLength(text), { conditions: { leaseId: this.lease.leaseId } });
    } catch (error) {
      if (!refusedWith(error, 'LeaseLost', 'LeaseIdMismatchWithBlobOperation', 'LeaseNotPresentWithBlobOperation'))
        throw error;
      throw new Refusal(
        `the journal ${this.blob.url} is another controller's by now`,
        'leave it to that one, and read how far it is: status',
      );
    }
  }

  /** Gives the journal back, so that the next controller need not wait. */
  public async close(): Promise<void> {
    await this.lease.releaseLease().catch(() => undefined);
  }

  /** Keeps the journal for another minute. What fails here fails again at the next line, which tells whoever waits for it. */
  public async renew(): Promise<void> {
    await this.lease.renewLease().catch(() => undefined);
  }
}

async function acquired(lease: BlobLeaseClient): Promise<boolean> {
  try {
    await lease.acquireLease(leaseSeconds);
    return true;
  } catch (error) {
    if (refusedWith(error, 'LeaseAlreadyPresent')) return false;
    throw error;
  }
}
