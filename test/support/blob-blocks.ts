import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Blob {
  type: 'AppendBlob' | 'BlockBlob';
  content: Buffer;
  version: number;
  headers: Record<string, string>;
  lease?: { readonly id: string; until: number };
}

export interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
}

export const etag = (of: Blob): string => `"0x${of.version}"`;

/** What a blob is told of itself when it is written, as it is told again when it is asked for. */
export const headersOf = (headers: IncomingHttpHeaders): Record<string, string> => ({
  'cache-control': '',
  'content-type': '',
  ...Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => /^x-ms-(blob-(?!type)|meta-)/.test(name))
      .map(([name, value]) => [name.replace('x-ms-blob-', ''), String(value)]),
  ),
});

/** What the server says if a condition of a question is not met. */
export function refusalOf(headers: IncomingHttpHeaders, blob: Blob | undefined): Answer | undefined {
  const [ifMatch, ifNoneMatch] = [headers['if-match'], headers['if-none-match']];
  if (blob !== undefined && ifNoneMatch === '*') return { status: 409, code: 'BlobAlreadyExists' };
  if (ifMatch !== undefined && (blob === undefined || ifMatch !== etag(blob))) {
    return { status: 412, code: 'ConditionNotMet' };
  }
  return undefined;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Blocks, lists and deletions of Blob Storage. */
export class BlobBlocks {
  /** Blocks that belong to no blob yet, by the name of the blob. */
  public readonly sent = new Map<string, Map<string, Buffer>>();
  /** Blobs on a page of a list. */
  public pageSize = 5000;
  private changes = 0;

  public constructor(private readonly blobs: Map<string, Blob>) {}

  public nextVersion(): number {
    this.changes += 1;
    return this.changes;
  }

  /** Nothing if the question is about something else. */
  public answer(request: IncomingMessage, url: URL, body: Buffer): Answer | undefined {
    const { headers, method } = request;
    const name = url.pathname;
    const md5 = headers['content-md5'];
    if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
      return { status: 400, code: 'Md5Mismatch' };
    }
    switch (`${method} ${url.searchParams.get('comp') ?? ''}`) {
      case 'GET list':
        return this.list(`${name}/`, url.searchParams);
      case 'PUT block':
        return this.send(name, url.searchParams.get('blockid') ?? '', body);
      case 'GET blocklist':
        return this.sentOf(name);
      case 'PUT blocklist':
        return this.join(name, headers, body.toString('utf8'));
      case 'DELETE ':
        return this.remove(name, headers);
      default:
        return undefined;
    }
  }

  private send(name: string, block: string, body: Buffer): Answer {
    this.sent.set(name, new Map([...(this.sent.get(name) ?? []), [block, body]]));
    return { status: 201 };
  }

  private sentOf(name: string): Answer {
    const sent = this.sent.get(name);
    if (sent === undefined && !this.blobs.has(name)) return { status: 404, code: 'BlobNotFound' };
    const blocks = [...(sent ?? [])].map(
      ([block, { length }]) => `<Block><Name>${block}</Name><Size>${length}</Size></Block>`,
    );
    return { status: 200, body: `<BlockList><UncommittedBlocks>${blocks.join('')}</UncommittedBlocks></BlockList>` };
  }

  private join(name: string, headers: IncomingHttpHeaders, list: string): Answer {
    const refusal = refusalOf(headers, this.blobs.get(name));
    if (refusal !== undefined) return refusal;
    const parts = [...list.matchAll(/<Uncommitted>([^<]+)</g)].map(([, block = '']) => this.sent.get(name)?.get(block));
    const whole = parts.filter((part) => part !== undefined);
    if (whole.length < parts.length) return { status: 400, code: 'InvalidBlockList' };
    const made: Blob = {
      type: 'BlockBlob',
      content: Buffer.concat(whole),
      version: this.nextVersion(),
      headers: headersOf(headers),
    };
    this.blobs.set(name, made);
    this.sent.delete(name);
    return { status: 201, headers: { etag: etag(made) } };
  }

  private remove(name: string, headers: IncomingHttpHeaders): Answer {
    const blob = this.blobs.get(name);
    if (blob === undefined) return { status: 404, code: 'BlobNotFound' };
    const refusal = refusalOf(headers, blob);
    if (refusal !== undefined) return refusal;
    this.blobs.delete(name);
    return { status: 202 };
  }

  private list(container: string, asked: URLSearchParams): Answer {
    const names = [...this.blobs.keys()]
      .filter((name) => name.startsWith(container))
      .map((name) => ({ name, key: decodeURIComponent(name.slice(container.length)) }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    const from = Number(asked.get('marker') ?? 0);
    const page = names.slice(from, from + this.pageSize).map(({ key, name }) => {
      const metadata = Object.entries(this.blobs.get(name)?.headers ?? {})
        .filter(([header]) => header.startsWith('x-ms-meta-') && asked.get('include') === 'metadata')
        .map(([header, value]) => {
          const word = header.replace('x-ms-meta-', '');
          return `<${word}>${escaped(value)}</${word}>`;
        });
      const called = [...key].some((character) => character < ' ')
        ? `<Name Encoded="true">${encodeURIComponent(key)}</Name>`
        : `<Name>${escaped(key)}</Name>`;
      return `<Blob>${called}<Properties /><Metadata>${metadata.join('')}</Metadata></Blob>`;
    });
    const next = from + this.pageSize < names.length ? String(from + this.pageSize) : '';
    return {
      status: 200,
      body: `<?xml version="1.0"?><EnumerationResults><Blobs>${page.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
    };
  }
}
