import type { Step } from '../step';
import { beatOf, stateOf, within, type DatabasePair } from './pair';

/** Name of the step that refuses a second promotion, and of its ledger's row. */
export const begin = (pair: DatabasePair): Step => ({
  name: `begin ${pair.name}`,
  does: `writes into ${pair.name} on the ${pair.to.site} site that this run promotes it, and refuses if another one does or did`,
  check: async ({ run }) => {
    const [row] = await within(pair, async ({ sql }) =>
      sql.query('SELECT began_at::text AS began_at FROM mainstay.promotions WHERE run = $1', [run]),
    );
    return row === undefined
      ? { state: 'due', because: 'this run is not known there' }
      : { state: 'done', because: `this run began at ${String(row['began_at'])}` };
  },
  run: async ({ run }) => {
    await within(pair, async ({ sql }) => sql.query('SELECT mainstay.begin_promotion($1)', [run]));
    return {};
  },
  verify: () => Promise.resolve(),
});

/** Says how much a promotion would lose now. It refuses nothing: who fails over has no better copy. */
export const checkLag = (pair: DatabasePair): Step => ({
  name: `check lag ${pair.name}`,
  does: `reads from ${pair.name} on the ${pair.to.site} site how old the last beat of the ${pair.from.site} site is`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'it was not read in this run' }
        : { state: 'done', because: 'it was read when the run began' },
    ),
  run: async () => {
    const { subscribed } = await within(pair, stateOf);
    const beat = await within(pair, async (database) => beatOf(database, pair.from.site));
    return { subscribed, lastBeat: beat?.at ?? null, secondsOld: beat?.seconds ?? null };
  },
  verify: () => Promise.resolve(),
});
