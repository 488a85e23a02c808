import type { TokenCredential } from '@azure/identity';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { workloadReference } from '../lib/kubernetes/workload-reference';
import { whereIs } from '../lib/platform/azure-sites';
import { azureName } from '../lib/platform/azure-names';
import { nodePoolSize } from '../lib/platform/azure-nodes';
import { edgeOf } from '../lib/platform/edge/paths';
import { readyPath } from '../lib/platform/gateway/ready';
import { gatewayWord, kubernetesNamespace } from '../lib/platform/names';
import { jobName, jobsOf } from '../lib/platform/jobs';
import type { Platform } from '../lib/platform/platform';
import { raiseNodes } from '../lib/recovery/azure/node-pool';
import { KubernetesApi, type KubernetesAccess } from '../lib/recovery/kubernetes/api';
import { holdJobs, startJobs, type ClusterJob } from '../lib/recovery/kubernetes/jobs';
import { scaleServices, type ScaledWorkload } from '../lib/recovery/kubernetes/scale';
import type { SiteSteps } from '../lib/recovery/plan';
import type { Clock } from '../lib/recovery/step';
import { switchTraffic } from '../lib/recovery/traffic';
import type { FailoverSettings } from './failover-settings';

/** Pool of nodes on which services stand; the name that lib/azure/cluster.ts gives it. */
export const servicePool = 'services';

/** Steps beside databases that a person may leave out. */
export const sitePartNames = ['nodes', 'services', 'jobs', 'traffic'] as const;
export type SitePart = (typeof sitePartNames)[number];

/** What runs each service of a site and its gateway, and how many pods the full load needs of each. */
export const fullSize = (platform: Platform): readonly ScaledWorkload[] => [
  ...Object.entries(platform.services).map(([name, { scale }]) => ({
    namespace: kubernetesNamespace(platform, name),
    name,
    kind: workloadReference(name).kind,
    pods: scale.max,
  })),
  ...(platform.gateway === undefined
    ? []
    : [
        {
          namespace: kubernetesNamespace(platform, gatewayWord),
          name: gatewayWord,
          kind: 'Deployment' as const,
          pods: platform.gateway.scale.max,
        },
      ]),
];

/** Jobs of the recovery site's cluster, which wait there until it leads. */
export const waitingJobs = (platform: Platform): readonly ClusterJob[] =>
  jobsOf(platform).map(({ job, service }) => ({
    namespace: kubernetesNamespace(platform, service),
    name: jobName(service, job),
  }));

/** Where a pod finds what it is told of its cluster. https://kubernetes.io/docs/tasks/run-application/access-api-from-pod */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The cluster in which this runs, or the one that `kubectl proxy` leads to. */
const clusterAccess = (url: string | undefined): KubernetesAccess =>
  url === undefined
    ? {
        url: 'https://kubernetes.default.svc',
        token: () => readFileSync(`${account}/token`, 'utf8'),
        root: readFileSync(`${account}/ca.crt`, 'utf8'),
      }
    : { url };

export interface SiteStepsInput {
  readonly settings: FailoverSettings;
  readonly without: ReadonlySet<SitePart>;
  readonly acceptFewer?: string;
  readonly clock: Clock;
  readonly credential: TokenCredential;
}

/**
 * The steps of a site beside its databases. A site on AWS needs none for its size: its services kept their own while they
 * served, and scale by themselves. Its jobs begin by the clock whether it leads or not, and may not log in while it does not.
 */
export function siteSteps({ acceptFewer, clock, credential, settings, without }: SiteStepsInput): SiteSteps {
  const { platform, to } = settings;
  const traffic = without.has('traffic') ? {} : { traffic: trafficStep(settings) };
  const api = (): KubernetesApi =>
    new KubernetesApi(clusterAccess(settings.kubernetes), async (milliseconds) => clock.sleep(milliseconds));
  const jobs = without.has('jobs') ? [] : waitingJobs(platform);
  if (to.cloud !== 'azure') return jobs.length === 0 ? traffic : { ...traffic, holdJobs: holdJobs(api(), jobs) };
  const where = whereIs(platform, to);
  const place = {
    resourceGroup: azureName('resource-group', where, 'cluster'),
    cluster: azureName('cluster', where),
    pool: servicePool,
  };
  return {
    ...traffic,
    ...(jobs.length === 0 ? {} : { startJobs: startJobs(api(), jobs) }),
    ...(without.has('nodes')
      ? {}
      : {
          nodes: raiseNodes(
            new ContainerServiceClient(credential, to.subscription),
            place,
            nodePoolSize(platform, { ...to, size: 'full' }).minCount,
          ),
        }),
    ...(without.has('services')
      ? {}
      : {
          services: scaleServices(api(), fullSize(platform), acceptFewer === undefined ? {} : { acceptFewer }),
        }),
  };
}

function trafficStep({ platform, recoveryAddress = '', to }: FailoverSettings) {
  const { domain } = platform.stage;
  const ready = readyPath(edgeOf(platform));
  const resolver = new Resolver({ timeout: 3000, tries: 3 });
  return switchTraffic({
    domain,
    recovery: recoveryAddress,
    to: to.siteName,
    lookup: async (name) => resolver.resolve4(name),
    answers: async () =>
      fetch(`https://${domain}${ready}`, { signal: AbortSignal.timeout(10_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
}
