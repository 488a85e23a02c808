import type { Row } from '../../support/about';
import { dataRow } from './data';
import { flagsRow } from './flags';
import { grpcRow } from './grpc';
import { messagesRow } from './messages';
import { pagesRow } from './pages';
import { scopeNetworkRow } from './scope-network';
import { scopeRow } from './scope';
import { promisesRow } from './promises';
import { rotationRow } from './rotation';
import { servicesRow } from './services';
import { streamsRow } from './streams';
import { knownNamesRow } from '../../support/known-names-row';
import { telemetryRow } from '../../support/telemetry-row';
import { network, services } from './facts';

/** Rows of what ShopFlow must have and RetailFlow has not, as they show in the templates of production. */
export const rows: readonly Row[] = [
  servicesRow,
  knownNamesRow({
    region: 'us-east-2',
    reverse: '28.10',
    hosts: [
      '*.services.shop.example.com',
      'api.push.apple.com',
      'api.shipping.example.com',
      'api.stripe.com',
      'appleid.apple.com',
      'fcm.googleapis.com',
      'oauth2.googleapis.com',
    ],
  }),
  dataRow,
  promisesRow,
  grpcRow,
  streamsRow,
  messagesRow,
  pagesRow,
  flagsRow,
  rotationRow,
  scopeRow,
  scopeNetworkRow,
  telemetryRow(services, network),
];
