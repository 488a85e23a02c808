import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { kubernetesAccount, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';

/**
 * The account as which a workload runs: a service, the gateway, or the job of migrations. It acts as the workload's identity in
 * the cloud, and its pods are given no token of the cluster, which none of them asks for anything.
 */
export const workloadAccount = (
  name: string,
  {
    context: { cloud, platform },
    team,
    word,
  }: {
    readonly context: Pick<ClusterContext, 'cloud' | 'platform'>;
    readonly word: string;
    readonly team?: string | undefined;
  },
  opts: ComponentResourceOptions,
): ServiceAccount =>
  new ServiceAccount(
    name,
    {
      metadata: {
        name: kubernetesAccount(word),
        namespace: kubernetesNamespace(platform, word),
        labels: labelsOf({ platform, name: word, team }),
        annotations: { ...cloud.account(word).annotations },
      },
      automountServiceAccountToken: false,
    },
    opts,
  );
