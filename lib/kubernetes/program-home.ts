import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import type { ComponentResource, Resource } from '@pulumi/pulumi';
import { kubernetesAccount, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import type { PolicySpec } from './peers';

export interface ProgramHomeProps {
  readonly context: ClusterContext;
  /** What the programs are called among services: whose namespace, account and identity they have. */
  readonly word: string;
  /** What may reach them, and what they reach. */
  readonly policy: PolicySpec;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** What stands before programs of the platform's own run in a namespace. */
export interface ProgramHome {
  readonly account: ServiceAccount;
  readonly policy: NetworkPolicy;
  /** Of what the programs run with. */
  readonly inside: Waiting;
  /** Of the programs themselves. */
  readonly ready: Waiting;
}

/** What a resource waits for, and whose part it is. */
interface Waiting {
  readonly parent: ComponentResource;
  readonly dependsOn: Resource[];
}

/**
 * The account as which programs of the platform's own run in a namespace, and their ways through the network. Pods prove what they are by a
 * token that they mount for the cloud alone, so that the account says nothing of an identity there.
 */
export function programHome(
  parent: ComponentResource,
  name: string,
  { after, context, policy: spec, word }: ProgramHomeProps,
): ProgramHome {
  const { platform } = context;
  const inside = { parent, dependsOn: [...after] };
  const labels = labelsOf({ platform, name: word });
  const metadata = { name: word, namespace: kubernetesNamespace(platform, word), labels };
  const account = new ServiceAccount(
    name,
    { metadata: { ...metadata, name: kubernetesAccount(word) }, automountServiceAccountToken: false },
    inside,
  );
  const policy = new NetworkPolicy(name, { metadata, spec }, inside);
  return { account, policy, inside, ready: { parent, dependsOn: [...after, account, policy] } };
}
