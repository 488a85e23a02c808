import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { SiteName } from '../lib/platform/platform';

/** A write that a database acknowledged: what a customer was promised. */
export interface Acknowledged {
  readonly key: string;
  readonly id: number;
  readonly invoice: number;
  readonly parcel: number;
  readonly site: SiteName;
  /** When the acknowledgement arrived, in milliseconds since 1970. */
  readonly at: number;
}

/** Acknowledged writes, kept outside of every database. */
export class WriteLog {
  public constructor(private readonly file: string) {}

  public append(write: Acknowledged): void {
    appendFileSync(this.file, `${JSON.stringify(write)}\n`);
  }

  public read(): readonly Acknowledged[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Acknowledged);
  }
}
