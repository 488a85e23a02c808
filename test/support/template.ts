import type { Template } from 'aws-cdk-lib/assertions';

/** A resource of a template; its properties are whatever CloudFormation was given. */
export interface Resource {
  readonly logicalId: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a parsed template is `any` by its own type
  readonly properties: Readonly<Record<string, any>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
}

/** Every resource of a type, in the order of the template. */
export const allOf = (template: Template, type: string): readonly Resource[] =>
  Object.entries(template.findResources(type)).map(([logicalId, resource]) => ({
    logicalId,
    properties: resource.Properties ?? {},
    dependsOn: [resource.DependsOn ?? []].flat(),
    deletionPolicy: resource.DeletionPolicy,
    updateReplacePolicy: resource.UpdateReplacePolicy,
  }));

/** The resource of a type whose logical id begins so; there must be exactly one. */
export function only(template: Template, type: string, beginning = ''): Resource {
  const found = allOf(template, type).filter(({ logicalId }) => logicalId.startsWith(beginning));
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new Error(`expected one ${type} ${beginning}*, got ${found.map(({ logicalId }) => logicalId).join(', ')}`);
  }
  return resource;
}
