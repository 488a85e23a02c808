import { pascalCase } from '../../../../lib/platform/ids';
import type { Row } from '../../support/about';
import { knownNamesRow } from '../../support/known-names-row';
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
import { jobsRow } from './jobs';
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

/** Where objects are copied to. */
const containers = ['49q62h', 'jobuwb', 'vw39wc'].map((word) => `stretailflowproduc${word}.blob.core.windows.net`);

/** Every row of what RetailFlow must have on AWS, as it shows in the templates of production. */
export const rows: readonly Row[] = [
  network,
  knownNamesRow({
    region: 'ap-southeast-1',
    reverse: '16.10',
    hosts: [
      '*.services.shop.example.com',
      'api.payments.example.com',
      'api.push.apple.com',
      'api.shipping.example.com',
      'api.stock.example.com',
      'fcm.googleapis.com',
      'oauth2.googleapis.com',
      // The recovery site: its servers, containers, tokens and latch.
      ...['postgres.database.azure.com', ...containers].flatMap((name) => [name, `*.${name}`]),
      'login.microsoftonline.com',
      'recovery.shop.example.com',
    ],
  }),
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
  jobsRow,
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
