import { AppendBlobClient } from '@azure/storage-blob';
import type { TokenCredential } from '@azure/identity';
import { fileURLToPath } from 'node:url';
import { BlobJournal, renewalMilliseconds } from '../lib/recovery/azure/blob-journal';
import { FileJournal } from '../lib/recovery/file-journal';
import type { Journal, JournalEvent } from '../lib/recovery/journal';
import type { Clock } from '../lib/recovery/step';

/** A journal that this control keeps. */
export interface KeptJournal {
  readonly journal: Journal;
  readonly history: readonly JournalEvent[];
  readonly close: () => Promise<void>;
}

/** Where a journal is. */
export interface JournalPlace {
  /** What it holds, whoever keeps it. */
  read(): Promise<readonly JournalEvent[]>;
  /** Takes it, so that no other control runs until it is closed. A file keeps out nobody. */
  open(): Promise<KeptJournal>;
}

/** @param url Blob of Azure, or `file://…` for a drill. */
export function journalAt(url: string, credential: TokenCredential, clock: Clock): JournalPlace {
  if (url.startsWith('file:')) {
    const journal = new FileJournal(fileURLToPath(url));
    return {
      read: () => Promise.resolve(journal.history()),
      open: () => Promise.resolve({ journal, history: journal.history(), close: () => Promise.resolve() }),
    };
  }
  const blob = new AppendBlobClient(url, credential);
  return {
    read: async () => BlobJournal.read(blob),
    open: async () => {
      const journal = await BlobJournal.open(blob, clock);
      const renewing = setInterval(() => void journal.renew(), renewalMilliseconds);
      return {
        journal,
        history: journal.history,
        close: async () => {
          clearInterval(renewing);
          await journal.close();
        },
      };
    },
  };
}
