import type { SiteName } from '../platform/platform';
import type { Witness } from './keeper';
import { parseLeader } from './leader';

/** How long the latch may take to answer, in milliseconds: less than a keeper's beat. */
const mostMilliseconds = 4000;

/**
 * The latch as a keeper reads it: by HTTPS, from wherever it is served. A copy that somebody on the way kept would let a site
 * write that leads no longer, so none is taken.
 */
export class HttpWitness implements Witness {
  public constructor(private readonly url: string) {}

  public async leads(site: SiteName): Promise<boolean> {
    const answer = await fetch(this.url, {
      headers: { 'cache-control': 'no-cache' },
      redirect: 'error',
      signal: AbortSignal.timeout(mostMilliseconds),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${this.url} answered ${answer.status}`);
    const age = Number(answer.headers.get('age') ?? 0);
    if (age > 0) throw new Error(`${this.url} gave a copy that is ${age} s old`);
    return parseLeader(text).leader === site;
  }
}
