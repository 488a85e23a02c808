import { pascalCase } from '../../../../lib/platform/ids';
import type { Row } from '../../support/about';
import { telemetryRow } from '../../support/telemetry-row';
import { alarms } from './alarms';
import { audit } from './audit';
import { backup } from './backup';
import { bucket } from './bucket';
import { cache } from './cache';
import { database } from './database';
import { delivery } from './delivery';
import { edge } from './edge';
import { eventStore } from './event-store';
import { flagsRow } from './flags';
import { services } from './facts';
import { firewall } from './firewall';
import { gateway } from './gateway';
import { keeperRow } from './keeper';
import { keys } from './keys';
import { link } from './link';
import { linkNetworkRow } from './link-network';
import { logs } from './logs';
import { mesh } from './mesh';
import { messages } from './messages';
import { messaging } from './messaging';
import { network } from './network';
import { objectCopiesRow } from './object-copies';
import { operations } from './operations';
import { release } from './release';
import { search } from './search';
import { service } from './service';
import { stacksRow } from './stacks';
import { tasks } from './tasks';
import { workflow } from './workflow';

/** Every row of what RetailFlow must have on AWS, as it shows in the templates of production. */
export const rows: readonly Row[] = [
  network,
  keys,
  database,
  backup,
  cache,
  messaging,
  messages,
  bucket,
  search,
  tasks,
  service,
  mesh,
  logs,
  release,
  gateway,
  workflow,
  flagsRow,
  eventStore,
  delivery,
  edge,
  firewall,
  audit,
  alarms,
  operations,
  telemetryRow(services.map(pascalCase), '10.16.0.0/16'),
  link,
  linkNetworkRow,
  objectCopiesRow,
  keeperRow,
  stacksRow,
];
