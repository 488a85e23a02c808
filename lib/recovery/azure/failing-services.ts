import { failingLabel } from '../../platform/flag-rollout';

/** What Prometheus answers. */
interface Answer {
  readonly status?: string;
  readonly data?: {
    readonly resultType?: string;
    readonly result?: readonly { readonly metric: Readonly<Record<string, string>> }[];
  };
}

/** How long an answer may take, in milliseconds. */
const patience = 10_000;

/**
 * Services that fail, as Prometheus tells.
 *
 * @param query Whose answer has a row for each of them.
 * @throws Error if it tells nothing that can be relied on.
 */
export async function failingServices(
  fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'json' | 'status'>>,
  prometheus: string,
  query: string,
): Promise<readonly string[]> {
  const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`, {
    signal: AbortSignal.timeout(patience),
  });
  const { data, status } = (await answer.json()) as Answer;
  if (status !== 'success' || data?.resultType !== 'vector' || data.result === undefined) {
    throw new Error(`${prometheus} must tell which services fail, answered ${answer.status}, ${String(status)}`);
  }
  return data.result.map(({ metric }) => metric[failingLabel] ?? '?').sort();
}
