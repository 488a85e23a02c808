import type { SiteName } from '../platform/platform';
import { Refusal, type Clock, type Step } from './step';

/** Asks the domain name system for addresses, without what anybody remembers. */
export type Lookup = (host: string) => Promise<readonly string[]>;

export interface TrafficProps {
  /** Name under which the platform is reached. */
  readonly domain: string;
  /** Address, or host, to which the domain leads when the recovery site serves it. */
  readonly recovery: string;
  /** Site that is to serve. */
  readonly to: SiteName;
  readonly lookup: Lookup;
  /** Whether the domain answers well where it leads now. */
  readonly answers: () => Promise<boolean>;
  /** How long the names may take to follow, in seconds: detection, and twice the time that answers are kept. @default 300 */
  readonly seconds?: number;
}

/** What ends in a number is no name. */
const isAddress = /\.\d+$/;

const pause = 5000;

/** The site to which the domain leads, or nothing while nobody can tell. */
async function ledTo({ domain, lookup, recovery }: TrafficProps): Promise<SiteName | undefined> {
  const asked = (host: string) => lookup(host).catch((): readonly string[] => []);
  const [here, there] = await Promise.all([asked(domain), isAddress.test(recovery) ? [recovery] : asked(recovery)]);
  if (here.length === 0 || there.length === 0) return undefined;
  // Addresses of a balanced host vary, so one that is shared is enough.
  return here.some((address) => there.includes(address)) ? 'recovery' : 'primary';
}

/**
 * Waits until names lead to the site. The control changes no record: the health check of the primary's reads the latch, and moves
 * traffic whether or not the control plane of names can be reached.
 */
export const switchTraffic = (props: TrafficProps): Step => {
  const { answers, domain, seconds = 300, to } = props;
  const there = async (): Promise<boolean> => (await ledTo(props)) === to;
  return {
    name: 'switch traffic',
    does: `waits until ${domain} leads to the ${to} site, and answers well there`,
    check: async () =>
      (await there())
        ? { state: 'done', because: `${domain} leads to the ${to} site` }
        : { state: 'due', because: `${domain} leads elsewhere, or nobody can tell` },
    run: async ({ clock }) => {
      const began = clock.now();
      await until(there, clock, began + seconds * 1000, () => {
        throw new Refusal(
          `${domain} does not lead to the ${to} site ${seconds} s after the latch was set`,
          'change its records as the runbook failover says, and run this again',
        );
      });
      return { seconds: Math.round((clock.now() - began) / 1000) };
    },
    verify: async ({ clock }) =>
      until(answers, clock, clock.now() + 60_000, () => {
        throw new Refusal(
          `${domain} leads to the ${to} site, and does not answer well there`,
          'look at its edge and its gateway, and run this again',
        );
      }),
  };
};

async function until(is: () => Promise<boolean>, clock: Clock, end: number, otherwise: () => never): Promise<void> {
  while (!(await is())) {
    if (clock.now() >= end) otherwise();
    await clock.sleep(pause);
  }
}
