import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { readJournal, type Journal, type JournalEvent } from './journal';

/** A journal in a file of this machine. */
export class FileJournal implements Journal {
  public constructor(private readonly file: string) {}

  public append(line: string): Promise<void> {
    const handle = openSync(this.file, 'a', 0o600);
    try {
      writeSync(handle, `${line}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return Promise.resolve();
  }

  /** What was written before, by whichever process. */
  public history(): readonly JournalEvent[] {
    return existsSync(this.file) ? readJournal(readFileSync(this.file, 'utf8')) : [];
  }
}
