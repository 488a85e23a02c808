import type { Reconciliation } from './database/promote';
import { Refusal, type Clock } from './step';

/** What whoever reconciles answers. */
type Reconciled = Awaited<ReturnType<Reconciliation['reconcile']>>;

const counts = ['examined', 'differing', 'unresolved'] as const;

/** How long a whole reconciliation may take, in seconds, and the pause between two questions, in milliseconds. */
const patienceSeconds = 900;
const pause = 5000;

/** How long one answer may take, in milliseconds. */
const mostMilliseconds = 30_000;

/** What may pass by itself. */
const passing = new Set([429, 502, 503, 504]);

/**
 * Reconciliation by HTTP: `PUT <url>/<run>` with `{"since": …}` begins it or says how far it is. 202 means that it goes on, 200
 * that it is done, with `{"examined": …, "differing": …, "unresolved": …}`. The same question again never begins a second one.
 */
export class HttpReconciliation implements Reconciliation {
  public constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {}

  public async reconcile(run: string, since: string | undefined): Promise<Reconciled> {
    const target = `${this.url.replace(/\/$/, '')}/${encodeURIComponent(run)}`;
    const end = this.clock.now() + patienceSeconds * 1000;
    let last = 'nobody was asked';
    while (this.clock.now() < end) {
      const answer = await this.ask(target, since);
      if (typeof answer !== 'string') return answer;
      last = answer;
      await this.clock.sleep(pause);
    }
    throw new Refusal(`${target} was not done after ${patienceSeconds} s (${last})`, 'look at it, and run this again');
  }

  /** The counts, or why there are none yet. */
  private async ask(target: string, since: string | undefined): Promise<Reconciled | string> {
    const answered = await fetch(target, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ since: since ?? null }),
      signal: AbortSignal.timeout(mostMilliseconds),
    }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (typeof answered === 'string') return answered;
    const text = await answered.text();
    if (answered.status === 202 || passing.has(answered.status)) return `it answered ${answered.status}`;
    if (answered.status === 200) return parsed(target, text);
    throw new Refusal(
      `${target} answered ${answered.status}: ${text.slice(0, 200)}`,
      'mend whoever reconciles, and run this again',
    );
  }
}

function parsed(target: string, text: string): Reconciled {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const wrong = counts.filter((name) => !Number.isSafeInteger(value[name]) || Number(value[name]) < 0);
  if (wrong.length > 0) {
    throw new Refusal(
      `${target} must answer ${counts.join(', ')} as whole numbers, and ${wrong.join(', ')} is none: ${text.slice(0, 200)}`,
      'mend whoever reconciles, and run this again',
    );
  }
  return {
    examined: Number(value['examined']),
    differing: Number(value['differing']),
    unresolved: Number(value['unresolved']),
  };
}
