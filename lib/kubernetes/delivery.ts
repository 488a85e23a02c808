import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { hasApiManagement } from '../platform/azure-gateway';
import { doorTimes } from '../platform/door-times';
import { jobsOf, jobsWait } from '../platform/jobs';
import { kubernetesNamespace } from '../platform/names';
import type { Manifests } from '../platform/nouns/delivery';
import type { Platform } from '../platform/platform';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IApplication, IAppProject } from './custom-types';
import { labelsOf, versionHash } from './labels';
import { canaryRoute } from './release';
import { charts } from './releases';
import { hasResting, restingAnnotation } from './resting';
import { serviceKinds } from './service-kinds';

/** How Argo CD is told to deliver. */
export type ArgoManifests = Extract<Manifests, { readonly by: 'argocd' }>;

type Context = Pick<ClusterContext, 'cluster' | 'platform' | 'siteName'>;

export interface DeliveryArgs {
  readonly context: Context;
  readonly manifests: ArgoManifests;
}

/** The cluster in which Argo CD itself runs. */
const thisCluster = 'https://kubernetes.default.svc';

/**
 * Files in the folder of a service's namespace that belong to the platform: the namespace and its guard rails. Nobody who may
 * change a service may change those.
 */
export const platformFiles = '{namespace-*,resourcequota-*,limitrange-*,networkpolicy-namespace-*}.yaml';

/** What a team may have applied: from the one repository, into the namespaces of its own services, and nothing of the cluster. */
export const projectSpec = (
  team: string,
  services: readonly string[],
  { context: { platform }, manifests }: DeliveryArgs,
): NonNullable<IAppProject['spec']> => ({
  description: `Services of the team ${team}`,
  sourceRepos: [manifests.repository],
  destinations: services.map((service) => ({ server: thisCluster, namespace: kubernetesNamespace(platform, service) })),
  clusterResourceWhitelist: [],
  namespaceResourceWhitelist: serviceKinds.flatMap(({ group, kinds }) =>
    Object.keys(kinds).map((kind) => ({ group, kind })),
  ),
  ...syncWindows(platform),
});

/** When Argo CD applies what was committed, in stages that are protected; a person may at any time. */
export function syncWindows({
  delivery,
  stage,
}: Pick<Platform, 'delivery' | 'stage'>): Pick<NonNullable<IAppProject['spec']>, 'syncWindows'> {
  const hours = delivery.releaseHours;
  if (hours === undefined || !stage.protected) return {};
  const { lasts, opens } = doorTimes(hours);
  return {
    syncWindows: [
      {
        kind: 'allow',
        schedule: opens,
        duration: `${lasts}m`,
        timeZone: hours.timeZone,
        applications: ['*'],
        manualSync: true,
      },
    ],
  };
}

/** The project of whoever names none: nothing may be applied in it. */
export const closedProject: NonNullable<IAppProject['spec']> = {
  description: 'Closed: every application is in the project of its team',
  sourceRepos: [],
  destinations: [],
  clusterResourceWhitelist: [],
  namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
};

/** Fields that a release or a scaler moves while it works. What is committed is where they begin. */
const movedFields = [
  { group: 'argoproj.io', kind: 'Rollout', jsonPointers: ['/spec/replicas'] },
  { group: 'networking.istio.io', kind: 'VirtualService', jqPathExpressions: ['.spec.http[]?.route[]?.weight'] },
  {
    group: 'networking.istio.io',
    kind: 'DestinationRule',
    jqPathExpressions: [`.spec.subsets[]?.labels."${versionHash}"`],
  },
  { group: '', kind: 'Service', jqPathExpressions: [`.spec.selector."${versionHash}"`] },
];

/** The route that a release makes, where the gateway says to which version a request goes. */
const madeRoutes = {
  group: 'networking.istio.io',
  kind: 'VirtualService',
  jqPathExpressions: [`.spec.http[]? | select(.name == "${canaryRoute}")`],
};

/** Likewise it says whose jobs wait. */
const wokenJobs = { group: 'batch', kind: 'CronJob', jsonPointers: ['/spec/suspend'] };

/** Whoever moves the platform to another site wakes its services there, and has others rest. */
const wokenServices = {
  group: 'keda.sh',
  kind: 'ScaledObject',
  jqPathExpressions: [`.metadata.annotations."${restingAnnotation}"`],
};

/**
 * How a service is kept as it is committed: what changes there is applied, what is gone there is taken away, and what somebody
 * changed in the cluster is changed back. Only a folder that is empty takes nothing away.
 */
export const applicationSpec = (
  service: string,
  team: string,
  { context: { cluster, platform, siteName }, manifests }: DeliveryArgs,
): IApplication['spec'] => {
  const namespace = kubernetesNamespace(platform, service);
  return {
    project: team,
    source: {
      repoURL: manifests.repository,
      targetRevision: manifests.revision,
      path: `${manifests.path}/${cluster}/${namespace}`,
      directory: { recurse: false, exclude: platformFiles },
    },
    destination: { server: thisCluster, namespace },
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: [
        'ApplyOutOfSyncOnly=true',
        'CreateNamespace=false',
        'FailOnSharedResource=true',
        'PruneLast=true',
        'RespectIgnoreDifferences=true',
        'ServerSideApply=true',
      ],
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
    },
    ignoreDifferences: [
      ...movedFields,
      ...(hasApiManagement(platform) ? [madeRoutes] : []),
      ...(hasResting(platform) ? [wokenServices] : []),
      ...(jobsWait(platform, siteName) && jobsOf(platform).some((job) => job.service === service) ? [wokenJobs] : []),
    ],
    revisionHistoryLimit: 5,
  };
};

/**
 * What Argo CD applies: a project for each team, which confines it, and an application for each service. There is no finalizer:
 * when an application goes, because somebody else is to apply the service, the service stays.
 */
export class Delivery extends ComponentResource {
  public constructor(name: string, args: DeliveryArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Delivery', name, {}, opts);
    const { platform } = args.context;
    const { namespace } = charts.argocd;
    const teamOf = ({ team = platform.owner.team }: { readonly team?: string | undefined }): string => team;
    const services = Object.entries(platform.services).map(([service, spec]) => ({ service, team: teamOf(spec) }));
    const teams = [...new Set(services.map(({ team }) => team))].sort();
    // It comes with Argo CD, and would let everything in.
    customResource<IAppProject>(
      `${name}-default`,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: 'default', namespace, labels: labelsOf({ platform, name: 'delivery' }) },
        spec: closedProject,
      },
      { parent: this },
    );
    const projects = teams.map((team) =>
      customResource<IAppProject>(
        `${name}-${team}`,
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AppProject',
          metadata: { name: team, namespace, labels: labelsOf({ platform, name: 'delivery', team }) },
          spec: projectSpec(
            team,
            services.filter((each) => each.team === team).map(({ service }) => service),
            args,
          ),
        },
        { parent: this },
      ),
    );
    for (const { service, team } of services) {
      customResource<IApplication>(
        `${name}-${service}`,
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: service, namespace, labels: labelsOf({ platform, name: service, team }) },
          spec: applicationSpec(service, team, args),
        },
        { parent: this, dependsOn: projects },
      );
    }
    this.registerOutputs({});
  }
}
