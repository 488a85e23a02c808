import type { Row } from '../../support/about';
import { correlationAtKong, correlationInMesh } from '../../support/correlation-row';
import { ownNames } from '../../support/own-names';
import { analytics } from './analytics';
import { compute, survives } from './compute';
import { contents, gatewayLimits } from './contents';
import { data } from './data';
import { flags, told, turns } from './flags';
import { channels, messages } from './messages';
import { messaging } from './messaging';
import { edge, operations, web } from './operations';
import { feeders, integration, service, week, workflow } from './services';
import { regions } from './regions';
import { restingThere, takeover } from './takeover';
import { labels, warehouse } from './warehouse';

/** Rows that are in the stacks of Terraform. */
export const siteRows: readonly Row[] = [
  compute,
  survives,
  data,
  messaging,
  messages,
  flags,
  analytics,
  warehouse,
  edge,
  ownNames(labels, ['domain', 'site']),
  regions,
  takeover,
  web,
  operations,
];

/** Rows that are in the cluster. */
export const clusterRows: readonly Row[] = [
  service,
  workflow,
  integration,
  feeders,
  contents,
  gatewayLimits,
  week,
  channels('the first region'),
  correlationAtKong('techflow', 'the first region'),
  correlationInMesh('the first region'),
  told('the first region', 'store'),
  turns('the first region'),
];

/** Rows that are in the cluster of the second region. */
export const secondClusterRows: readonly Row[] = [
  restingThere,
  channels('the second region'),
  correlationAtKong('techflow', 'the second region'),
  correlationInMesh('the second region'),
  told('the second region', 'copy'),
  turns('the second region'),
];
