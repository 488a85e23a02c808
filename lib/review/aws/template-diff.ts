import { ResourceImpact, fullDiff } from '@aws-cdk/cloudformation-diff';
import { isObject, objectOf } from '../json';
import type { Json, JsonObject } from '../json';

/** What a deployment does to a resource. */
export type Effect = 'create' | 'update' | 'replace' | 'may replace' | 'destroy' | 'orphan' | 'import';

const EFFECTS: Readonly<Record<ResourceImpact, Effect>> = {
  [ResourceImpact.WILL_CREATE]: 'create',
  [ResourceImpact.WILL_UPDATE]: 'update',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.MAY_REPLACE]: 'may replace',
  [ResourceImpact.WILL_DESTROY]: 'destroy',
  [ResourceImpact.WILL_ORPHAN]: 'orphan',
  [ResourceImpact.WILL_IMPORT]: 'import',
  // What the specification of types does not know, custom resources above all, differs without an impact.
  [ResourceImpact.NO_CHANGE]: 'update',
};

/** A resource that differs between two templates. */
export interface ResourceChange {
  readonly logicalId: string;
  /** Its type before the change, or the new type of a new resource. */
  readonly type: string;
  readonly effect: Effect;
  /** Names of the properties and attributes that differ, sorted; none for what is created or removed. */
  readonly differing: readonly string[];
}

/** How two templates differ. */
export interface TemplateDifference {
  /** Sorted by logical id. */
  readonly resources: readonly ResourceChange[];
  /** Names of the outputs that differ, sorted. */
  readonly outputs: readonly string[];
  /** Whether anything else differs, parameters or conditions among it. */
  readonly other: boolean;
  /** Whether permissions may have grown. A removed wildcard counts too, so this is a hint to a reviewer, not a verdict. */
  readonly broaderPermissions: boolean;
  /** Whether a security group has a rule that it did not have. */
  readonly newNetworkRules: boolean;
}

/** Metadata that says where a resource came from, and changes nothing when it is deployed. */
const PROVENANCE = /^aws:(cdk|asset):/;

/** Compares two templates as a deployment would see them. */
export function diffTemplates(before: JsonObject, after: JsonObject): TemplateDifference {
  const difference = fullDiff(withoutProvenance(before), withoutProvenance(after));
  const resources = difference.resources.logicalIds.sort().map((logicalId): ResourceChange => {
    const change = difference.resources.get(logicalId);
    return {
      logicalId,
      type: change.oldResourceType ?? change.newResourceType ?? '',
      effect: EFFECTS[change.changeImpact],
      differing: [...Object.keys(change.propertyUpdates), ...Object.keys(change.otherChanges)].sort(),
    };
  });
  const outputs = difference.outputs.logicalIds.sort();
  return {
    resources,
    outputs,
    other: difference.differenceCount > difference.resources.differenceCount + difference.outputs.differenceCount,
    broaderPermissions: difference.iamChanges.permissionsBroadened,
    newNetworkRules: difference.securityGroupChanges.rulesAdded,
  };
}

function withoutProvenance(template: JsonObject): JsonObject {
  const resources = Object.entries(objectOf(template.Resources)).map(
    ([id, resource]) => [id, plain(resource)] as const,
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

function plain(resource: Json): Json {
  if (!isObject(resource) || !isObject(resource.Metadata)) return resource;
  const { Metadata, ...rest } = resource;
  const kept = Object.entries(Metadata).filter(([key]) => !PROVENANCE.test(key));
  return kept.length === 0 ? rest : { ...rest, Metadata: Object.fromEntries(kept) };
}
