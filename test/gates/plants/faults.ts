import { createRequire } from 'node:module';
import type * as inputs from '../../../bin/inputs';
import type * as planted from '../faults/faults';
import { STRAYS } from '../faults/strays';
import { beforeSynth, replaceModule } from '../support/plant';

/** Loads late: the faults load much of the CDK, which the other processes of a command do not need. */
const load = createRequire(__filename);

/** Plants every fault and says where. */
beforeSynth((app) =>
  (load('../faults/faults') as typeof planted).faults.map(({ plant }) => {
    const where = plant(app);
    return typeof where === 'string' ? where : where.node.path;
  }),
);

replaceModule<typeof inputs>('bin/inputs', (original) => ({
  ...original,
  loadStatefulLock: () => ({
    ...original.loadStatefulLock(),
    ...Object.fromEntries(STRAYS.map((stage) => [stage, []])),
  }),
}));
