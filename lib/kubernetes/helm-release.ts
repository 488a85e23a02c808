import { Release } from '@pulumi/kubernetes/helm/v3/release';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { charts, type System } from './releases';

export interface HelmReleaseArgs {
  readonly context: Pick<ClusterContext, 'platform'>;
  /** What is installed, under this name. */
  readonly system: System;
  /** Settings of the chart: exactly what differs from it, and what must not change with it. */
  readonly values: object;
}

/** How long an installation may take until it counts as failed, in seconds; ours: images are pulled and webhooks get their certificates. */
const timeoutSeconds = 600;

/** Revisions to which Helm can go back; each is a secret of the cluster. */
const revisionsKept = 5;

/** Namespace in which a system is installed. */
export function systemNamespace(context: Pick<ClusterContext, 'platform'>, system: System): string {
  const { namespace } = charts[system];
  return namespace === 'gateway' ? kubernetesNamespace(context.platform, gatewayWord) : namespace;
}

/**
 * A system of others, installed by Helm. What fails is taken back, so that the cluster runs either the version before or the
 * new one; hooks that a failed installation left are removed.
 */
export class HelmRelease extends ComponentResource {
  public readonly release: Release;

  public constructor(name: string, args: HelmReleaseArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:HelmRelease', name, {}, opts);
    const { context, system, values } = args;
    const { chart, repository, skipCrds, version } = charts[system];
    this.release = new Release(
      name,
      {
        name: system,
        chart,
        version,
        repositoryOpts: { repo: repository },
        namespace: systemNamespace(context, system),
        values: { ...values },
        atomic: true,
        cleanupOnFail: true,
        waitForJobs: true,
        skipCrds,
        timeout: timeoutSeconds,
        maxHistory: revisionsKept,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
