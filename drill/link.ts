import net from 'node:net';

/** The way from one site to the other: it can be slow, and it can be cut, which nobody at its ends is told. */
export class Link {
  private readonly sockets = new Set<net.Socket>();
  private readonly server: net.Server;
  private delay = 0;
  private isCut = false;

  private constructor(private readonly target: number) {
    this.server = net.createServer((near) => this.join(near));
  }

  /** A way to a port of this machine. */
  public static async to(target: number): Promise<Link> {
    const link = new Link(target);
    await new Promise<void>((resolve, reject) => {
      link.server.once('error', reject);
      link.server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  public get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Everything takes this much longer from now on, in milliseconds. */
  public slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** Nothing arrives any more, what is on its way neither. Connections hang, as they do when a tunnel is down. */
  public cut(): void {
    this.isCut = true;
  }

  /** Works again, for new connections: those from before have missed something. */
  public mend(): void {
    this.isCut = false;
    this.delay = 0;
    for (const socket of this.sockets) socket.destroy();
  }

  public async close(): Promise<void> {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(near: net.Socket): void {
    const far = net.connect(this.target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('data', (chunk) => this.later(() => other.write(chunk)));
      // An end is told like everything else: late, or not at all.
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.later(() => other.destroy());
      });
      socket.on('error', () => undefined);
    }
  }

  private later(deliver: () => void): void {
    if (this.isCut) return;
    if (this.delay === 0) {
      deliver();
      return;
    }
    setTimeout(() => {
      if (!this.isCut) deliver();
    }, this.delay).unref();
  }
}
