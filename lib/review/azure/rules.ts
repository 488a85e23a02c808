import type { Rule } from './rule';
import { alertsHaveActions } from './rules/alerts-have-actions';
import { apiManagement } from './rules/api-management';
import { argumentsRule } from './rules/arguments';
import { bothMajors } from './rules/both-majors';
import { cidr } from './rules/cidr';
import { customerKey } from './rules/customer-key';
import { diagnostics } from './rules/diagnostics';
import { fleet } from './rules/fleet';
import { geoReplica } from './rules/geo-replica';
import { link } from './rules/link';
import { literalSecrets } from './rules/literal-secrets';
import { localAuth } from './rules/local-auth';
import { locationsRule } from './rules/locations';
import { messageCopies } from './rules/message-copies';
import { metricAggregation } from './rules/metric-aggregation';
import { names } from './rules/names';
import { objectReplication } from './rules/object-replication';
import { openIngress } from './rules/open-ingress';
import { origins } from './rules/origins';
import { peering } from './rules/peering';
import { policies } from './rules/policies';
import { privateEndpoint } from './rules/private-endpoint';
import { providerPin } from './rules/provider-pin';
import { publicAccess } from './rules/public-access';
import { references } from './rules/references';
import { retention } from './rules/retention';
import { retired } from './rules/retired';
import { roles } from './rules/roles';
import { scope } from './rules/scope';
import { state } from './rules/state';
import { tlsVersion } from './rules/tls-version';
import { valuesRule } from './rules/values';

/** All rules. Each is called after its file. */
export const rules: readonly Rule[] = [
  alertsHaveActions,
  apiManagement,
  argumentsRule,
  bothMajors,
  cidr,
  customerKey,
  diagnostics,
  fleet,
  geoReplica,
  link,
  literalSecrets,
  localAuth,
  locationsRule,
  messageCopies,
  metricAggregation,
  names,
  objectReplication,
  openIngress,
  origins,
  peering,
  policies,
  privateEndpoint,
  providerPin,
  publicAccess,
  references,
  retention,
  retired,
  roles,
  scope,
  state,
  tlsVersion,
  valuesRule,
];
