import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as cdktf from 'cdktf';
import type * as planted from '../faults/azure';
import { inApp, PLANTED_FILE } from '../support/plant';

/** Loads late: a plant is preloaded into every process of a command, and most of them are no app. */
const load = createRequire(__filename);

/** Plants every fault into the tree of the site when it is complete, and says where. */
inApp(() => {
  const { App } = load('cdktf') as typeof cdktf;
  const synth = Reflect.get<cdktf.App, 'synth'>(App.prototype, 'synth');
  App.prototype.synth = function () {
    const where = (load('../faults/azure') as typeof planted).siteFaults.map(({ plant }) => plant(this));
    writeFileSync(process.env[PLANTED_FILE] ?? '', JSON.stringify(where));
    synth.call(this);
  };
}, 'azure');
