import { WorkloadIdentityCredential } from '@azure/identity';
import { parseArgs } from 'node:util';
import { failingServices } from '../lib/recovery/azure/failing-services';
import { turnFlags } from '../lib/recovery/azure/flag-rollout';
import { flagStore } from '../lib/recovery/azure/flag-store';
import { messageOf } from './message';

const USAGE = `usage: node --require tsx/cjs bin/flag-rollout.ts --set <name> --store <url> [--store <url of a copy>]
         --minutes <number> --step-percent <number> --bake-minutes <number> [--prometheus <url> --failing <query>]

  Gives every flag of a set its turn: what its definition says is reached in steps, and what was changed lately is put back when
  services fail. The cluster runs it every minute, as the identity that a pod's account may act as.

  --failing   asks Prometheus which services fail (default: none is watched)

  Exit code 1: it is not known which services fail or what the flags are, or some flag did not have its turn.
`;

/** For what a token of every store is asked. */
const scope = 'https://azconfig.io/.default';

const options = {
  set: { type: 'string' },
  store: { type: 'string', multiple: true },
  minutes: { type: 'string' },
  'step-percent': { type: 'string' },
  'bake-minutes': { type: 'string' },
  prometheus: { type: 'string' },
  failing: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** A number of minutes or of percent. */
function numberOf(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text))
    throw new Error(`--${name} must be a whole number, got ${text}\n${USAGE}`);
  return Number(text);
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options });
  const { failing, help, prometheus, set, store: hosts } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  if (set === undefined || hosts === undefined) throw new Error(`--set and --store must be given\n${USAGE}`);
  if ((failing === undefined) !== (prometheus === undefined)) {
    throw new Error(`--failing and --prometheus must be given together\n${USAGE}`);
  }
  const credential = new WorkloadIdentityCredential();
  const token = async (): Promise<string> => (await credential.getToken(scope)).token;
  await turnFlags(
    {
      stores: hosts.map((host) => flagStore(host, { fetch, token })),
      failing: async () =>
        failing === undefined || prometheus === undefined ? [] : failingServices(fetch, prometheus, failing),
      now: () => Date.now(),
      tell: (told) => console.log(JSON.stringify({ at: new Date().toISOString(), set, ...told })),
    },
    {
      minutes: numberOf('minutes', values.minutes),
      stepPercent: numberOf('step-percent', values['step-percent']),
      bakeMinutes: numberOf('bake-minutes', values['bake-minutes']),
    },
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
