import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BlobBlocks, etag, headersOf, refusalOf, type Answer, type Blob } from './blob-blocks';

/** What a server does to the next question in place of answering it. */
export type Fault = 'none' | 'busy' | 'cut off' | 'cut off after';

/**
 * Blob Storage as far as its protocol is used here: properties, ranges, conditions, lists, blocks, append blobs and leases, with the
 * codes by which it refuses. https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
 */
export class BlobServer {
  public readonly blobs = new Map<string, Blob>();
  public readonly blocks = new BlobBlocks(this.blobs);
  public readonly asked: string[] = [];
  /** Taken one by one. */
  public readonly faults: Fault[] = [];
  /** Seconds that have passed for leases. */
  public seconds = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  public static async start(): Promise<BlobServer> {
    const server = new BlobServer();
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  public urlOf(blob: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/account/recovery/${blob}`;
  }

  /** Of the container. */
  public get url(): string {
    return this.urlOf('').slice(0, -1);
  }

  public textOf(blob: string): string | undefined {
    return this.blobs.get(`/account/recovery/${blob}`)?.content.toString('utf8');
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://blob');
    const action = String(request.headers['x-ms-lease-action'] ?? url.searchParams.get('comp') ?? '');
    this.asked.push([request.method, action].filter(Boolean).join(' '));
    const fault = this.faults.shift();
    if (fault === 'cut off') return void response.destroy();
    const answer: Answer =
      fault === 'busy'
        ? { status: 503, code: 'ServerBusy' }
        : (this.blocks.answer(request, url, Buffer.concat(chunks)) ??
          this.answer(request, url.pathname, action, Buffer.concat(chunks)));
    if (fault === 'cut off after') return void response.destroy();
    const { body, code, headers = {}, status } = answer;
    const told =
      code === undefined ? body : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
    response.writeHead(status, {
      'x-ms-version': '2025-11-05',
      'x-ms-request-id': 'test',
      ...(code === undefined ? {} : { 'x-ms-error-code': code, 'content-type': 'application/xml' }),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : told);
  }

  private answer(request: IncomingMessage, name: string, action: string, body: Buffer): Answer {
    const { headers, method } = request;
    const blob = this.blobs.get(name);
    const refusal = refusalOf(headers, blob);
    if (method === 'PUT' && action === '') {
      if (refusal !== undefined) return refusal;
      const made: Blob = {
        type: headers['x-ms-blob-type'] as Blob['type'],
        content: body,
        version: this.blocks.nextVersion(),
        headers: headersOf(headers),
      };
      this.blobs.set(name, made);
      return { status: 201, headers: { etag: etag(made) } };
    }
    if (blob === undefined) return { status: 404, code: 'BlobNotFound' };
    if (method === 'PUT') return this.change(blob, action, String(headers['x-ms-lease-id'] ?? ''), request, body);
    if (refusal !== undefined) return refusal;
    const length = String(blob.content.length);
    if (method === 'HEAD') {
      return {
        status: 200,
        headers: { ...blob.headers, etag: etag(blob), 'content-length': length, 'x-ms-blob-type': blob.type },
      };
    }
    const [from = 0, to = blob.content.length] = (/bytes=(\d+)-(\d+)?/.exec(String(headers['x-ms-range'])) ?? [])
      .slice(1)
      .map(Number);
    const part = blob.content.subarray(from, to + 1);
    return {
      status: 206,
      headers: {
        ...blob.headers,
        etag: etag(blob),
        'content-length': String(part.length),
        'content-range': `bytes ${from}-${from + part.length - 1}/${length}`,
      },
      body: part,
    };
  }

  private change(blob: Blob, action: string, id: string, { headers }: IncomingMessage, body: Buffer): Answer {
    const held = blob.lease !== undefined && blob.lease.until > this.seconds ? blob.lease : undefined;
    switch (action) {
      case 'acquire': {
        const proposed = String(headers['x-ms-proposed-lease-id']);
        if (held !== undefined && held.id !== proposed) return { status: 409, code: 'LeaseAlreadyPresent' };
        blob.lease = { id: proposed, until: this.seconds + Number(headers['x-ms-lease-duration']) };
        return { status: 201, headers: { 'x-ms-lease-id': proposed } };
      }
      case 'renew':
        // A lease that ended can be renewed as long as nobody else had it.
        if (blob.lease?.id !== id) return { status: 409, code: 'LeaseIdMismatchWithLeaseOperation' };
        blob.lease.until = this.seconds + 60;
        return { status: 200, headers: { 'x-ms-lease-id': id } };
      case 'release':
        if (blob.lease?.id !== id) return { status: 409, code: 'LeaseIdMismatchWithLeaseOperation' };
        delete blob.lease;
        return { status: 200 };
      case 'appendblock': {
        if (held === undefined && id !== '') return { status: 412, code: 'LeaseLost' };
        if (held !== undefined && id === '') return { status: 412, code: 'LeaseIdMissing' };
        if (held !== undefined && held.id !== id) return { status: 412, code: 'LeaseIdMismatchWithBlobOperation' };
        blob.content = Buffer.concat([blob.content, body]);
        blob.version += 1;
        return { status: 201, headers: { etag: `"0x${blob.version}"` } };
      }
      default:
        return { status: 400, code: 'UnsupportedHeader' };
    }
  }
}
