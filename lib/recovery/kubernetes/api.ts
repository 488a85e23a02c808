import http from 'node:http';
import https from 'node:https';

/** How a cluster's API server is reached. */
export interface KubernetesAccess {
  /** `https://10.0.0.1:443`, or what `kubectl proxy` listens on. */
  readonly url: string;
  /** Asked for with every question, since tokens end. @default - none: `kubectl proxy` has its own */
  readonly token?: () => string;
  /** Root of the server's certificate, PEM. @default - those that Node.js trusts */
  readonly root?: string;
}

/** The API server refused. */
export class KubernetesError extends Error {
  public override readonly name = 'KubernetesError';

  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How long an answer may take, in milliseconds. */
const mostMilliseconds = 15_000;

/** Answers after which the same question may be asked again. */
const passing = new Set([429, 500, 502, 503, 504]);

/** Tries of a question, and the pause before each further one, in milliseconds. */
const tries = 4;
const pause = 500;

/** The API of a cluster, as far as scaling needs it. https://kubernetes.io/docs/reference/using-api/api-concepts */
export class KubernetesApi {
  public constructor(
    private readonly access: KubernetesAccess,
    private readonly sleep: (milliseconds: number) => Promise<void>,
  ) {}

  public async get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path);
  }

  /** Changes the fields that are given, and no others. It may be repeated. */
  public async merge<T>(path: string, change: object): Promise<T> {
    return this.ask<T>('PATCH', path, JSON.stringify(change));
  }

  private async ask<T>(method: 'GET' | 'PATCH', path: string, body?: string): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once<T>(method, path, body);
      } catch (error) {
        const mayPass = !(error instanceof KubernetesError) || passing.has(error.status);
        if (!mayPass || attempt >= tries) throw error;
        await this.sleep(pause * 2 ** attempt);
      }
    }
  }

  private async once<T>(method: string, path: string, body: string | undefined): Promise<T> {
    const { root, token, url } = this.access;
    const target = new URL(path, url);
    const text = await new Promise<string>((resolve, reject) => {
      const { request } = target.protocol === 'http:' ? http : https;
      const asked = request(
        target,
        {
          method,
          headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/merge-patch+json' }),
            ...(token === undefined ? {} : { authorization: `Bearer ${token()}` }),
          },
          ...(root === undefined ? {} : { ca: root }),
          timeout: mostMilliseconds,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(chunks).toString('utf8');
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) resolve(answer);
            else
              reject(new KubernetesError(status, `${method} ${target.href} answered ${status}: ${reasonOf(answer)}`));
          });
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`${target.href} did not answer in ${mostMilliseconds} ms`)));
      asked.on('error', reject);
      asked.end(body);
    });
    return JSON.parse(text) as T;
  }
}

/** What a status object says, or the text itself. */
function reasonOf(answer: string): string {
  try {
    return (JSON.parse(answer) as { readonly message?: string }).message ?? answer;
  } catch {
    return answer.slice(0, 200);
  }
}
