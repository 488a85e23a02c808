import { BlobServer } from '../../../support/blob-server';
import { FakeBucket } from '../../../support/fake-bucket';
import { moduleLoader } from '../../../support/load-module';

export const folder = 'lib/aws/handlers/object-copier';

interface Container {
  readonly list: (marker: string) => Promise<{
    readonly copies: readonly { readonly key: string; readonly mark: string | undefined }[];
    readonly next: string;
  }>;
}

interface Way {
  readonly s3: FakeBucket;
  readonly bucket: string;
  readonly container: Container;
  readonly removes: boolean;
}

interface Position {
  readonly after?: string;
  readonly marker?: string;
}

/** Modules of the function, each loaded once, without the SDK. */
const load = moduleLoader({});

const { blockBytes, converge } = load(`${folder}/copy.mjs`) as {
  readonly blockBytes: number;
  readonly converge: (key: string, way: Way, remaining: () => number) => Promise<string>;
};
const { createContainer } = load(`${folder}/container.mjs`) as {
  readonly createContainer: (uses: { readonly url: string; readonly token: () => Promise<string> }) => Container;
};
const { reconcile } = load(`${folder}/reconcile.mjs`) as {
  readonly reconcile: (position: Position, way: Way, uses: object) => Promise<Position | undefined>;
};

export { blockBytes, createContainer, load, reconcile };

/** A bucket, a container behind a server of Blob Storage, and the way between them. */
export class Copier {
  public readonly s3 = new FakeBucket();
  /** Milliseconds until the function is stopped. */
  public remaining = 900_000;
  private constructor(public readonly server: BlobServer) {}

  public static async start(): Promise<Copier> {
    return new Copier(await BlobServer.start());
  }

  public way(removes = true): Way {
    const container = createContainer({ url: this.server.url, token: () => Promise.resolve('a-token') });
    return { s3: this.s3, bucket: 'uploads', container, removes };
  }

  public copy(key: string, removes = true): Promise<string> {
    return converge(key, this.way(removes), () => this.remaining);
  }

  /** What is in the container, by name. */
  public get copies(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.server.blobs].map(([name, { content }]) => [
        decodeURIComponent(name.replace('/account/recovery/', '')),
        content.toString('utf8'),
      ]),
    );
  }

  /** What is in the bucket, by name. */
  public get objects(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.s3.objects].map(([key, { Body }]) => [key, Body.toString('utf8')]));
  }
}
