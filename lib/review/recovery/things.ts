import type { Assembly, Resource as AwsResource, Stack as AwsStack } from '../aws/stack';
import { kindOf, type Resource as AzureResource, type Site } from '../azure/stack';
import type { Cluster, KubernetesObject } from '../kubernetes/cluster';
import { oncePer } from '../../platform/once';
import { partsOf, type Thing } from './capability';

/** Lists whose members show something of their own, by type. */
const LISTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'AWS::WAFv2::WebACL': [['Rules']],
  azurerm_cdn_frontdoor_firewall_policy: [['custom_rule'], ['managed_rule']],
  ExternalSecret: [['spec', 'data']],
};

const withParts = (thing: Thing): readonly Thing[] => [
  thing,
  ...(LISTS[thing.type] ?? []).flatMap((way) => partsOf(thing, ...way)),
];

/** What a resource of AWS shows, by itself and by its parts. */
export const awsThing = (stack: string, { logicalId, path, properties: value, type }: AwsResource): readonly Thing[] =>
  withParts({ type, path, at: `cdk.out ${stack}: ${logicalId}`, value });

/** What a resource of Azure shows. */
export const azureThing = oncePer((resource: AzureResource): readonly Thing[] => {
  const { address, arguments: value, path, stack } = resource;
  return withParts({ type: kindOf(resource), path, at: `cdktf.out ${stack}: ${address}`, value });
});

/** What an object of a cluster shows. */
export const clusterThing = oncePer(({ file, kind: type, value }: KubernetesObject): readonly Thing[] =>
  withParts({ type, path: file, at: `k8s.out ${file}`, value }),
);

const ofStack = oncePer(({ name, resources }: AwsStack): readonly Thing[] =>
  resources.flatMap((resource) => awsThing(name, resource)),
);

/** Everything that was written for AWS. */
export const awsThings = ({ stacks }: Assembly): readonly Thing[] => stacks.flatMap(ofStack);

/** Everything that was written for Azure. */
export const azureThings = ({ stacks }: Site): readonly Thing[] =>
  stacks.flatMap(({ resources }) => resources.flatMap(azureThing));

/** Everything that was rendered for a cluster. */
export const clusterThings = ({ objects }: Cluster): readonly Thing[] => objects.flatMap(clusterThing);
