import type { Check } from './check';
import { conformance, databaseLogs } from './audit';
import { contracts } from './contracts';
import { edgeProblems } from '../edge/paths';
import { keptPages, siteProblems } from '../edge/site';
import { apiManagementProblems } from '../gateway/api-management';
import { gatewayProblems } from '../gateway/checks';
import { connections, rushes } from '../sql/connections';
import { failover } from '../sql/failover';
import * as data from './data';
import * as azureCluster from './azure-cluster';
import * as azureCompute from './azure-compute';
import * as azureData from './azure-data';
import { azureCopies, azureSites, objectsBack } from './azure-copies';
import { azureReplicas } from './azure-replicas';
import { azureEdge } from './azure-edge';
import * as eks from './eks';
import * as azureStores from './azure-stores';
import { erasure } from './erasure';
import * as experiments from './experiments';
import * as flags from './flags';
import * as functions from './functions';
import { jobs } from './jobs';
import * as journeys from './journeys';
import * as loadTests from './load-tests';
import { links } from './link';
import { logSearch } from './logs';
import * as messages from './messages';
import * as names from './names';
import * as network from './network';
import { residency } from './residency';
import { offices } from './offices';
import * as references from './references';
import { releaseHours } from './release-hours';
import { promises, scaleSchedules, scaleSteps, steadyCpu } from './scaling';
import { serviceLevel } from './service-level';
import { secretFields } from './secrets';
import { signIns } from './sign-ins';
import { secretAges } from './secret-ages';
import { tokenKeys } from './token-keys';
import * as services from './services';
import { sticky } from './sticky';
import * as scopes from './scopes';
import { streams } from './streams';
import { sockets } from './sockets';
import { queryGoal, telemetry } from './telemetry';
import * as warehouses from './warehouses';

/** Every check across the parts of a platform. */
export const checks: readonly Check[] = [
  references.references,
  references.repeatedNames,
  references.selfCalls,
  network.wellFormedRanges,
  network.disjointRanges,
  network.vpcPrefix,
  network.zones,
  residency,
  network.distance,
  network.domainInZone,
  network.zoneCloud,
  network.warnings,
  network.wayOut,
  offices,
  links,
  services.scaleBounds,
  services.routeTimes,
  services.requestScaling,
  scaleSchedules,
  scaleSteps,
  promises,
  steadyCpu,
  serviceLevel,
  services.taskSizes,
  services.releases,
  services.reservedPorts,
  services.routes,
  contracts,
  services.visibility,
  tokenKeys,
  secretAges,
  services.proofs,
  jobs,
  releaseHours,
  sockets,
  sticky,
  edgeProblems,
  siteProblems,
  keptPages,
  gatewayProblems,
  apiManagementProblems,
  journeys.walks,
  journeys.steps,
  signIns,
  experiments.experiments,
  loadTests.loads,
  loadTests.loadTests,
  conformance,
  databaseLogs,
  secretFields,
  erasure,
  logSearch,
  data.databases,
  connections,
  rushes,
  failover,
  data.eventStores,
  data.searches,
  data.singleSearch,
  data.measured,
  data.uploads,
  data.bucketAges,
  data.topics,
  streams,
  scopes.scopeSites,
  scopes.scopeMembers,
  scopes.scopeUses,
  telemetry,
  queryGoal,
  data.workflows,
  messages.feedback,
  messages.emailDomains,
  messages.smsSenders,
  messages.azureMessages,
  messages.pushSecrets,
  data.recoveryGoal,
  azureCluster.absentOnAzure,
  azureCluster.policyNames,
  azureCompute.podSizes,
  azureCompute.clusterRanges,
  azureCompute.functionAddresses,
  azureCompute.takenNames,
  azureCopies,
  azureSites,
  objectsBack,
  azureReplicas,
  azureEdge,
  eks.eksPodSizes,
  eks.eksAddresses,
  eks.eksServices,
  eks.eksTakenNames,
  flags.flagRequests,
  flags.usedFlags,
  flags.watchedFlags,
  functions.functionSites,
  functions.functionTriggers,
  functions.functionInstances,
  functions.functionNames,
  functions.functionCopies,
  warehouses.warehouseProject,
  warehouses.warehouseSites,
  warehouses.warehouseTables,
  warehouses.warehouseNames,
  warehouses.warehouseFeeders,
  azureStores.documents,
  azureStores.searchEngines,
  azureData.azureDatabases,
  azureData.azureCaches,
  azureData.azureQueues,
  azureData.azureBuckets,
  names.stageName,
  names.nameLengths,
  names.distinctNames,
  names.distinctVariables,
];
