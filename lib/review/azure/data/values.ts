import type { ValuesOf } from './allowed';
import { clusterValues } from './values-cluster';
import { databaseValues } from './values-database';
import { edgeValues } from './values-edge';
import { messagingValues } from './values-messaging';
import { monitorValues } from './values-monitor';
import { networkValues } from './values-network';
import { storageValues } from './values-storage';

/** Values of arguments by type, as the services document them. */
export const values: Readonly<Record<string, ValuesOf>> = {
  ...clusterValues,
  ...databaseValues,
  ...edgeValues,
  ...messagingValues,
  ...monitorValues,
  ...networkValues,
  ...storageValues,
};
