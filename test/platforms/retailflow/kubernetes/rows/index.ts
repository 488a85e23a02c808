import type { Row } from '../../../support/about';
import { delivery } from './delivery';
import { flags } from './flags';
import { gateway } from './gateway';
import { jobs } from './jobs';
import { keeper } from './keeper';
import { mesh } from './mesh';
import { namespaces } from './namespaces';
import { network } from './network';
import { observability } from './observability';
import { pods } from './pods';
import { release } from './release';
import { scheduled } from './scheduled';
import { scaling } from './scaling';
import { secrets } from './secrets';
import { systems } from './systems';

/** Every row of what RetailFlow's cluster has to show. */
export const rows: readonly Row[] = [
  namespaces,
  pods,
  scaling,
  release,
  network,
  mesh,
  secrets,
  gateway,
  delivery,
  jobs,
  scheduled,
  flags,
  keeper,
  systems,
  observability,
];
