import type { Rule } from './rule';
import { accounts } from './rules/accounts';
import { apart } from './rules/apart';
import { calls } from './rules/calls';
import { defaultDeny } from './rules/default-deny';
import { disruption } from './rules/disruption';
import { hosts } from './rules/hosts';
import { identity } from './rules/identity';
import { images } from './rules/images';
import { literalSecrets } from './rules/literal-secrets';
import { meshRoot } from './rules/mesh-root';
import { mutualTls } from './rules/mutual-tls';
import { namespaces } from './rules/namespaces';
import { networkEnds } from './rules/network-ends';
import { podSecurity } from './rules/pod-security';
import { probes } from './rules/probes';
import { quotas } from './rules/quotas';
import { references } from './rules/references';
import { releaseValues } from './rules/release-values';
import { releases } from './rules/releases';
import { resources } from './rules/resources';
import { routes } from './rules/routes';
import { scaling } from './rules/scaling';
import { schema } from './rules/schema';
import { secretReferences } from './rules/secret-references';
import { selectors } from './rules/selectors';
import { spread } from './rules/spread';
import { sticky } from './rules/sticky';
import { unneededWays } from './rules/unneeded-ways';

/** Every rule over a rendered cluster. Each is called after its file. */
export const rules: readonly Rule[] = [
  accounts,
  apart,
  calls,
  defaultDeny,
  disruption,
  hosts,
  identity,
  images,
  literalSecrets,
  meshRoot,
  mutualTls,
  namespaces,
  networkEnds,
  podSecurity,
  probes,
  quotas,
  references,
  releaseValues,
  releases,
  resources,
  routes,
  scaling,
  schema,
  secretReferences,
  selectors,
  spread,
  sticky,
  unneededWays,
];
