import type { WriteStream } from 'node:tty';

/** How the parts of a synth are doing, for whoever waits. */
export interface Progress {
  /** A part has begun. */
  begin(name: string): void;
  /** A part has ended, with this result. */
  end(name: string, result: string): void;
  /** All have ended: nothing moves any more. */
  close(): void;
}

type Terminal = Pick<WriteStream, 'isTTY' | 'write'>;

const refreshMilliseconds = 250;

/** On a terminal, one line that shows what still runs and for how long; elsewhere, a plain line when something happens. */
export const progressOn = (stream: Terminal, seconds: () => number): Progress =>
  stream.isTTY ? moving(stream, seconds) : plain(stream);

const plain = (stream: Terminal): Progress => ({
  begin: (name) => void stream.write(`${name}: begun\n`),
  end: (name, result) => void stream.write(`${name}: ${result}\n`),
  close: () => undefined,
});

function moving(stream: Terminal, seconds: () => number): Progress {
  const running = new Set<string>();
  const erase = '\r\u001B[2K';
  const draw = (): void =>
    void stream.write(running.size === 0 ? erase : `${erase}${[...running].join(', ')} … ${seconds().toFixed(0)} s`);
  const timer = setInterval(draw, refreshMilliseconds);
  return {
    begin: (name) => {
      running.add(name);
      draw();
    },
    end: (name, result) => {
      running.delete(name);
      stream.write(`${erase}${name}: ${result}\n`);
      draw();
    },
    close: () => {
      clearInterval(timer);
      stream.write(erase);
    },
  };
}
