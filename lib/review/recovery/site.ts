import { awsContracts } from './aws-contracts';
import { betweenOf } from './between-of';
import { look } from './capability';
import type { Contract } from './contract';
import { awsRows } from './data/aws-rows';
import { azurePrimaryRows, standsElsewhere } from './data/azure-primary-rows';
import { azureRows } from './data/azure-rows';
import { kubernetesRows, workloadRows } from './data/kubernetes-rows';
import { clusterContracts } from './kubernetes-contracts';
import { awsOf, type Outputs, type SiteOutputs } from './outputs';
import type { Shown } from './parity';
import { routesIn, type Route } from './routes';
import { awsThings, azureThings, clusterThings } from './things';

/** What a primary shows, in its cloud and in its clusters. Whatever it has must be known. */
export function shownByPrimary(site: SiteOutputs): Shown {
  const isAws = site.cloud === 'aws';
  const { capabilities, unknown } = isAws
    ? look(awsThings(site.assembly), awsRows)
    : look(
        azureThings(site.site).filter(({ type }) => !standsElsewhere(type)),
        azurePrimaryRows,
      );
  // Secrets of pods are resources of their own on AWS alone.
  const rows = isAws ? workloadRows : kubernetesRows;
  return {
    capabilities: [
      ...capabilities,
      ...site.clusters.flatMap((cluster) => look(clusterThings(cluster), rows).capabilities),
    ],
    unknown,
    rows: isAws ? 'aws-rows.ts' : 'azure-primary-rows.ts',
  };
}

/** What the recovery site shows, in Azure, in its clusters, and in what it shares with the primary. */
export const shownByRecovery = (outputs: Outputs): Pick<Shown, 'capabilities'> => ({
  capabilities: [
    ...look(azureThings(outputs.recovery.site), azureRows).capabilities,
    ...outputs.recovery.clusters.flatMap((cluster) => look(clusterThings(cluster), kubernetesRows).capabilities),
    ...betweenOf(outputs).shared(outputs),
  ],
});

/** What a site promises to its services. */
export const contractsAt = (site: SiteOutputs): readonly Contract[] => [
  ...awsOf(site).flatMap(awsContracts),
  ...site.clusters.flatMap(clusterContracts),
];

/** Routes of a site's gateway. */
export const routesAt = (site: SiteOutputs): readonly Route[] => [
  ...awsOf(site)
    .flatMap(awsThings)
    .filter(({ type }) => type === 'AWS::ECS::TaskDefinition')
    .flatMap(({ value }) => routesIn(value)),
  ...site.clusters.flatMap(({ objects }) => objects.flatMap(({ value }) => routesIn(value))),
];
