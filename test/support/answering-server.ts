import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as a server hears it. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** What it answers; `cut off` ends the connection without a word. */
export type Answer =
  | 'cut off'
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

/** A server on the loopback that answers by a function, and remembers what it was asked. */
export class AnsweringServer {
  public readonly asked: Question[] = [];
  /** Answers that are given in place of the function's, one by one. */
  public readonly faults: Answer[] = [];
  private readonly server: Server;

  private constructor(answer: (question: Question) => Answer) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { headers, method = '', url = '' } = request;
        const question = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
        this.asked.push(question);
        const given = this.faults.shift() ?? answer(question);
        if (given === 'cut off') {
          response.destroy();
          return;
        }
        response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
        response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {}));
      });
    });
  }

  public static async start(answer: (question: Question) => Answer): Promise<AnsweringServer> {
    const server = new AnsweringServer(answer);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A clock that moves when somebody waits, and what is done then. */
export class TestClock {
  public time = Date.parse('2026-11-28T10:00:00Z');
  public onSleep: () => void = () => undefined;

  public now = (): number => this.time;

  public sleep = (milliseconds: number): Promise<void> => {
    this.time += milliseconds;
    this.onSleep();
    return Promise.resolve();
  };
}

/** What a step has at hand, where nothing was done before. */
export const contextOf = (clock: TestClock) => ({ run: 'r1', clock, facts: () => undefined });
