import { Provider } from '@pulumi/kubernetes';
import { Config } from '@pulumi/pulumi';
import type { ClusterContext } from '../lib/kubernetes/context';
import { documentationValues } from '../lib/platform/documentation-values';
import { PlatformError } from '../lib/platform/error';
import { missingOn, outputsFile } from '../lib/platform/outputs';
import { missingReleases, releasesFile } from '../lib/platform/releases';
import type { SiteName } from '../lib/platform/platform';
import { clusterContext, layersOf, registerCluster, type ClusterInput } from '../stacks/kubernetes/cluster';
import { loadPlatform } from './inputs';

/** The program of `pulumi up`: the platform, the stage, and the site where a stage has two clusters, are settings of the Pulumi stack. */
function main(): void {
  const config = new Config('mainstay');
  const input = loadPlatform(config.require('platform'), config.require('stage'));
  const context = clusterContext(input, config.get<SiteName>('site'));
  refuseDeployment(input, context);
  // By name, so that whatever cluster somebody worked with last is left alone.
  const provider = new Provider('cluster', { context: context.cluster, enableServerSideApply: true });
  registerCluster(context, layersOf(input.platform), provider);
}

/** Refuses, by name, what only documents use, what the cluster's own site has not told yet, and images that nothing stands in for. */
function refuseDeployment({ outputs, platform, releases }: ClusterInput, { cloud, siteName }: ClusterContext): void {
  const problems = [
    ...documentationValues(platform).map(({ path, value }) => ({
      path,
      got: value,
      allowed: 'a value of your own to be deployed',
      remedy: `replace it in platforms/${platform.name}.ts`,
    })),
    ...missingOn(platform, siteName, outputs).map((path) => ({
      path: `${outputsFile(platform)} ${path}`,
      got: undefined,
      allowed: `told by the stacks on ${cloud.name} before the cluster is filled`,
      remedy: `apply them, then run npm run outputs:${cloud.name}`,
    })),
    ...missingReleases(platform, releases).map((image) => ({
      path: `${releasesFile(platform)} ${image}`,
      got: undefined,
      allowed: 'the digest of an image that is in the registry: nothing stands in for a keeper',
      remedy: 'build and push it, then tell its digest (docs/guides/failover.md, The image)',
    })),
  ];
  if (problems.length > 0) throw new PlatformError(`platform ${platform.name}, stage ${platform.stageName}`, problems);
}

main();
