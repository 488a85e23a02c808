import type * as output from '../../../bin/output';
import { replaceModule } from '../support/plant';

/** Something that is waited for and never comes: the process runs out of work, which is no error to Node.js. */
replaceModule<typeof output>('bin/output', () => ({
  replaceOutput: () => new Promise(() => undefined),
  replaceOutputs: () => new Promise(() => undefined),
}));
