import type { Rule } from './rule';
import { alarmsHaveActions } from './rules/alarms-have-actions';
import { assembly } from './rules/assembly';
import { cidrSyntax } from './rules/cidr-syntax';
import { cloudfront } from './rules/cloudfront';
import { dbParameterFamily } from './rules/db-parameter-family';
import { dbParameters } from './rules/db-parameters';
import { elasticache } from './rules/elasticache';
import { iamActions } from './rules/iam-actions';
import { iamPrincipals } from './rules/iam-principals';
import { iamWildcards } from './rules/iam-wildcards';
import { listenerPriorities } from './rules/listener-priorities';
import { openIngress } from './rules/open-ingress';
import { opensearch } from './rules/opensearch';
import { policySize } from './rules/policy-size';
import { repeatedIngress } from './rules/repeated-ingress';
import { retention } from './rules/retention';
import type { RetentionOptions } from './rules/retention';
import { scopeKeys } from './rules/scope-keys';
import { scopeReach } from './rules/scope-reach';
import { secretRotation } from './rules/secret-rotation';
import { secretsLiteral } from './rules/secrets-literal';
import { stackOutputs } from './rules/stack-outputs';

/** All rules. Each names its findings after its file. */
export function rules(options: RetentionOptions = {}): readonly Rule[] {
  return [
    alarmsHaveActions,
    assembly,
    cidrSyntax,
    cloudfront,
    dbParameterFamily,
    dbParameters,
    elasticache,
    iamActions,
    iamPrincipals,
    iamWildcards,
    listenerPriorities,
    openIngress,
    opensearch,
    policySize,
    repeatedIngress,
    retention(options),
    scopeKeys,
    scopeReach,
    secretRotation,
    secretsLiteral,
    stackOutputs,
  ];
}
