import type { Row } from '../../support/about';
import { knownNamesRow } from '../../support/known-names-row';
import { telemetryRow } from '../../support/telemetry-row';
import { audit } from './audit';
import { commitments } from './commitments';
import { contracts } from './contracts';
import { data } from './data';
import { databaseLogs } from './database-logs';
import { erasure, residency } from './erasure';
import { flags } from './flags';
import { gateway } from './gateway';
import { journeys } from './journeys';
import { logs } from './logs';
import { messages } from './messages';
import { network } from './network';
import { queries } from './queries';
import { release } from './release';
import { rotation } from './rotation';
import { sockets } from './sockets';
import { web } from './web';

/** What TechFlow Solutions must have beyond what every platform has, as it shows in the templates of production. */
export const rows: readonly Row[] = [
  commitments,
  contracts,
  data,
  sockets,
  network,
  knownNamesRow({
    region: 'eu-central-1',
    reverse: '24.10',
    hosts: [
      '*.services.projects.example.com',
      'api.payments.example.com',
      'graph.microsoft.com',
      'slack.com',
      'www.googleapis.com',
    ],
  }),
  release,
  flags,
  audit,
  databaseLogs,
  erasure,
  residency,
  gateway,
  journeys,
  logs,
  messages,
  queries,
  rotation,
  telemetryRow(['Billing', 'Notification', 'Project', 'Reporting', 'User', 'Web'], '10.24.0.0/16'),
  web,
];
