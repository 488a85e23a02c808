/** Kinds of one group of the API, and what the API calls them. */
interface Group {
  readonly group: string;
  /** Names of resources by kind. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** Kinds of which a service is made. Whoever delivers services may touch these and no others. */
export const serviceKinds: readonly Group[] = [
  { group: '', kinds: { ConfigMap: 'configmaps', Service: 'services', ServiceAccount: 'serviceaccounts' } },
  { group: 'argoproj.io', kinds: { AnalysisTemplate: 'analysistemplates', Rollout: 'rollouts' } },
  { group: 'autoscaling', kinds: { HorizontalPodAutoscaler: 'horizontalpodautoscalers' } },
  { group: 'batch', kinds: { CronJob: 'cronjobs', Job: 'jobs' } },
  { group: 'external-secrets.io', kinds: { ExternalSecret: 'externalsecrets', SecretStore: 'secretstores' } },
  { group: 'keda.sh', kinds: { ScaledObject: 'scaledobjects', TriggerAuthentication: 'triggerauthentications' } },
  {
    group: 'networking.istio.io',
    kinds: {
      DestinationRule: 'destinationrules',
      ServiceEntry: 'serviceentries',
      Sidecar: 'sidecars',
      VirtualService: 'virtualservices',
    },
  },
  { group: 'networking.k8s.io', kinds: { NetworkPolicy: 'networkpolicies' } },
  { group: 'policy', kinds: { PodDisruptionBudget: 'poddisruptionbudgets' } },
  {
    group: 'security.istio.io',
    kinds: { AuthorizationPolicy: 'authorizationpolicies', PeerAuthentication: 'peerauthentications' },
  },
];

/** Kinds that controllers make of those, by which it is seen whether a service is well. */
export const madeKinds: readonly Group[] = [
  { group: '', kinds: { Pod: 'pods' } },
  { group: 'apps', kinds: { ReplicaSet: 'replicasets' } },
  { group: 'argoproj.io', kinds: { AnalysisRun: 'analysisruns' } },
];
