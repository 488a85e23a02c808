import { createHash } from 'node:crypto';

interface Stored {
  readonly Body: Buffer;
  readonly ETag: string;
  readonly LastModified: Date;
  readonly StorageClass: string | undefined;
  readonly more: object;
}

const failure = (status: number): Error =>
  Object.assign(new Error(`S3 answered ${status}`), { $metadata: { httpStatusCode: status } });

/** A bucket of S3 as far as it is used: objects, conditions, ranges and lists. */
export class FakeBucket {
  public readonly objects = new Map<string, Stored>();
  /** Called when a range was read: the world changes meanwhile. */
  public onRead: () => Promise<void> | void = () => undefined;
  public readonly ranges: string[] = [];
  public pageSize = 1000;
  private seconds = Date.parse('2026-11-28T10:00:00Z') / 1000;

  public put(key: string, text: Buffer | string, more: object = {}, StorageClass?: string): void {
    this.seconds += 1;
    const Body = Buffer.from(text as string);
    this.objects.set(key, {
      Body,
      ETag: `"${createHash('md5').update(Body).digest('hex')}"`,
      LastModified: new Date(this.seconds * 1000),
      StorageClass,
      more,
    });
  }

  public headObject = ({ Key }: { readonly Key: string }): Promise<object> => {
    const stored = this.objects.get(Key);
    if (stored === undefined) return Promise.reject(failure(404));
    const { Body, more, ...told } = stored;
    return Promise.resolve({ ...told, ContentLength: Body.length, ...more });
  };

  public getObject = async ({
    IfMatch,
    Key,
    Range,
  }: {
    readonly IfMatch: string;
    readonly Key: string;
    readonly Range: string;
  }): Promise<object> => {
    this.ranges.push(Range);
    const stored = this.objects.get(Key);
    if (stored === undefined) throw failure(404);
    if (stored.ETag !== IfMatch) throw failure(412);
    await this.onRead();
    const [from = 0, to = 0] = (/^bytes=(\d+)-(\d+)$/.exec(Range) ?? []).slice(1).map(Number);
    return { Body: { transformToByteArray: () => Promise.resolve(stored.Body.subarray(from, to + 1)) } };
  };

  public listObjectsV2 = ({ StartAfter = '' }: { readonly StartAfter?: string }): Promise<object> => {
    const keys = [...this.objects.keys()]
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(StartAfter)) > 0);
    return Promise.resolve({
      Contents: keys.slice(0, this.pageSize).map((Key) => {
        const { ETag, LastModified, StorageClass } = this.objects.get(Key) ?? {};
        return { Key, ETag, LastModified, StorageClass };
      }),
      IsTruncated: keys.length > this.pageSize,
    });
  };
}
