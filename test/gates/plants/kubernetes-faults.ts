import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as manifests from '../../../lib/kubernetes/manifests';
import type * as planted from '../faults/kubernetes';
import { inApp, PLANTED_FILE, swapModule } from '../support/plant';

/** Loads late: a plant is preloaded into every process of a command, and most of them render no cluster. */
const load = createRequire(__filename);

/** Plants every fault into the cluster when it is rendered and not yet judged, and says where. */
inApp(() => {
  swapModule<typeof manifests>('lib/kubernetes/manifests', (original) => ({
    ...original,
    manifestsOf: (resources) => {
      const { files, where } = (load('../faults/kubernetes') as typeof planted).plantAll(
        original.manifestsOf(resources),
      );
      writeFileSync(process.env[PLANTED_FILE] ?? '', JSON.stringify(where));
      return files;
    },
  }));
}, 'render-kubernetes');
