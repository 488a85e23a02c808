import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { cutOff, readJournal, type Journal, type JournalEvent } from './journal';

/** A journal in a file of this machine. */
export class FileJournal implements Journal {
  private isWhole = false;

  public constructor(private readonly file: string) {}

  public append(line: string): Promise<void> {
    this.mend();
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
    return readJournal(this.text());
  }

  /** Takes away a last line that was cut off, so that the next one does not go on where it ends. */
  private mend(): void {
    if (this.isWhole) return;
    const cut = Buffer.byteLength(cutOff(this.text()));
    if (cut > 0) truncateSync(this.file, Buffer.byteLength(this.text()) - cut);
    this.isWhole = true;
  }

  private text(): string {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
  }
}
