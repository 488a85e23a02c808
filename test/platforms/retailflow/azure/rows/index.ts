import type { Row } from '../../../support/about';
import { alerts } from './alerts';
import { analytics } from './analytics';
import { audit } from './audit';
import { availability } from './availability';
import { backup } from './backup';
import { cache } from './cache';
import { cluster } from './cluster';
import { clusterIdentity } from './cluster-identity';
import { clusterMonitoring } from './cluster-monitoring';
import { clusterPolicies } from './cluster-policies';
import { dashboards } from './dashboards';
import { database } from './database';
import { dns } from './dns';
import { edge } from './edge';
import { entrance } from './entrance';
import { firewall } from './firewall';
import { flags } from './flags';
import { functionsRow } from './functions';
import { grantsRow } from './grants';
import { identity } from './identity';
import { keys } from './keys';
import { link } from './link';
import { messages } from './messages';
import { messaging } from './messaging';
import { network } from './network';
import { nodePools } from './node-pools';
import { observability } from './observability';
import { operations } from './operations';
import { registry } from './registry';
import { securityRules } from './security-rules';
import { stacksRow } from './stacks';
import { storage } from './storage';
import { wiring } from './wiring';

/** Every row of what RetailFlow must have on Azure, as it shows in what is synthesized for production. */
export const rows: readonly Row[] = [
  network,
  securityRules,
  dns,
  identity,
  keys,
  registry,
  database,
  analytics,
  cache,
  messaging,
  messages,
  storage,
  flags,
  grantsRow,
  cluster,
  nodePools,
  clusterIdentity,
  clusterMonitoring,
  clusterPolicies,
  functionsRow,
  edge,
  firewall,
  entrance,
  wiring,
  observability,
  audit,
  alerts,
  operations,
  availability,
  backup,
  dashboards,
  link,
  stacksRow,
];
