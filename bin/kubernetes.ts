import { Provider } from '@pulumi/kubernetes';
import { Config } from '@pulumi/pulumi';
import { documentationValues } from '../lib/platform/documentation-values';
import { PlatformError } from '../lib/platform/error';
import { missingOutputs, outputsFile } from '../lib/platform/outputs';
import { missingReleases, releasesFile } from '../lib/platform/releases';
import { clusterContext, layersOf, registerCluster, type ClusterInput } from '../stacks/kubernetes/cluster';
import { loadPlatform } from './inputs';

/** The program of `pulumi up`: the platform and the stage are settings of the Pulumi stack. */
function main(): void {
  const config = new Config('mainstay');
  const input = loadPlatform(config.require('platform'), config.require('stage'));
  refuseDeployment(input);
  const context = clusterContext(input);
  // By name, so that whatever cluster somebody worked with last is left alone.
  const provider = new Provider('cluster', { context: context.cluster, enableServerSideApply: true });
  registerCluster(context, layersOf(input.platform), provider);
}

/** Refuses, by name, what only documents use, what the stage has not told yet, and images that nothing stands in for. */
function refuseDeployment({ outputs, platform, releases }: ClusterInput): void {
  const problems = [
    ...documentationValues(platform).map(({ path, value }) => ({
      path,
      got: value,
      allowed: 'a value of your own to be deployed',
      remedy: `replace it in platforms/${platform.name}.ts`,
    })),
    ...missingOutputs(platform, outputs).map((path) => ({
      path: `${outputsFile(platform)} ${path}`,
      got: undefined,
      allowed: 'told by the stacks on azure before the cluster is filled',
      remedy: 'apply them, then run npm run outputs:azure',
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
