import { hardenedFlagTurns } from '../../support/flag-turns-row';
import type { Hardened } from '../../support/mutations';

const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;

/** What confines pods, whichever kind makes them. */
const confinement: readonly Hardened[] = [
  { path: `${pod}.securityContext.runAsNonRoot` },
  { path: `${pod}.securityContext.seccompProfile.type`, weak: ['Unconfined'] },
  { path: `${container}.securityContext.allowPrivilegeEscalation` },
  { path: `${container}.securityContext.privileged`, needed: false },
  { path: `${container}.securityContext.readOnlyRootFilesystem` },
  { path: `${container}.securityContext.capabilities.drop`, weak: [['NET_RAW']] },
  { path: `${pod}.automountServiceAccountToken` },
  { path: `${pod}.enableServiceLinks` },
  { path: `${pod}.serviceAccountName`, weak: ['default'] },
  { path: `${container}.image`, weak: ['docker.io/library/nginx:latest'] },
  { path: `${container}.resources.limits.memory`, weak: ['64Gi'] },
  { path: `${container}.resources.requests.cpu`, weak: ['1m'] },
  { path: `${container}.resources.requests.memory`, weak: ['1Mi'] },
];

/** What keeps pods of services alive. */
const life: readonly Hardened[] = [{ path: `${container}.livenessProbe` }, { path: `${container}.readinessProbe` }];

/** What only the platform's own services have. */
const own = (where: RegExp): readonly Hardened[] =>
  [
    { path: `${container}.startupProbe` },
    { path: `${container}.startupProbe.failureThreshold`, weak: [1] },
    { path: `${container}.livenessProbe.httpGet.path`, weak: ['/health/ready'] },
    { path: `${container}.readinessProbe.httpGet.path`, weak: ['/health/live'] },
    { path: `${container}.lifecycle.preStop.sleep.seconds`, weak: [0] },
    { path: `${pod}.terminationGracePeriodSeconds`, weak: [1] },
    { path: `${pod}.topologySpreadConstraints[*]` },
    { path: `${pod}.securityContext.runAsUser`, weak: [0] },
    { path: `${pod}.securityContext.runAsGroup`, weak: [0] },
    { path: `${pod}.securityContext.fsGroup`, weak: [0] },
    { path: `${pod}.volumes[*].emptyDir.medium`, weak: [''] },
    { path: `${pod}.volumes[*].emptyDir.sizeLimit` },
    { path: 'spec.template.metadata.labels[azure.workload.identity/use]', weak: ['false'] },
    { path: 'spec.template.metadata.annotations[sidecar.istio.io/nativeSidecar]', weak: ['false'] },
    { path: 'spec.template.metadata.annotations[proxy.istio.io/config]', weak: ['{}'] },
    {
      path: 'spec.template.metadata.annotations[traffic.sidecar.istio.io/excludeOutboundPorts]',
      weak: ['53,443'],
    },
    { path: 'spec.template.metadata.annotations[sidecar.istio.io/proxyMemoryLimit]', weak: ['8Gi'] },
    { path: 'spec.selector.matchLabels', weak: [{}] },
    { path: 'spec.progressDeadlineSeconds', weak: [86400] },
    { path: 'spec.revisionHistoryLimit', weak: [0], needed: false },
  ].map((each) => ({ ...each, where }));

const services = /^retailflow-(?!gateway)/;

/** Work by the clock of services. */
const reconciling = /-reconcile$/;

/** Of pods that a template of a template makes. */
const scheduled = (each: Hardened): Hardened => ({
  ...each,
  ...(each.path === undefined ? {} : { path: each.path.replace(/^spec\.template/, 'spec.jobTemplate.spec.template') }),
});

export const hardenedPods: Readonly<Record<string, readonly Hardened[]>> = {
  CronJob: [
    {},
    ...confinement.filter(({ path }) => path === undefined || !path.includes('.requests.')).map(scheduled),
    { path: 'spec.schedule', weak: ['0 0 1 1 *'] },
    { path: 'spec.timeZone', weak: ['America/New_York'], where: reconciling },
    { path: 'spec.suspend', where: reconciling },
    { path: 'spec.concurrencyPolicy', weak: ['Allow', 'Replace'] },
    { path: 'spec.startingDeadlineSeconds', weak: [86_400] },
    { path: 'spec.jobTemplate.spec.activeDeadlineSeconds', weak: [86_400] },
    { path: 'spec.jobTemplate.spec.backoffLimit', weak: [6] },
    { path: 'spec.jobTemplate.spec.template.spec.restartPolicy', weak: ['OnFailure'] },
    {
      path: 'spec.jobTemplate.spec.template.metadata.annotations[sidecar.istio.io/nativeSidecar]',
      weak: ['false'],
      where: reconciling,
    },
    ...(hardenedFlagTurns.CronJob ?? []),
  ],
  Rollout: [
    {},
    ...confinement,
    ...life,
    ...own(services),
    { path: 'spec.progressDeadlineAbort' },
    { path: 'spec.strategy.canary.analysis' },
    { path: 'spec.strategy.canary.analysis.startingStep', weak: [9] },
    { path: 'spec.strategy.canary.steps', weak: [[{ setWeight: 100 }]] },
    { path: 'spec.strategy.canary.steps[*].setWeight', weak: [99], needed: false },
    { path: 'spec.strategy.canary.steps[*].pause.duration', weak: ['1s'], needed: false },
    { path: 'spec.strategy.canary.minPodsPerReplicaSet', weak: [1] },
    { path: 'spec.strategy.canary.trafficRouting' },
    { path: 'spec.strategy.canary.maxUnavailable', weak: ['100%'] },
    { path: 'spec.strategy.blueGreen.postPromotionAnalysis' },
    { path: 'spec.strategy.blueGreen.previewService' },
    { path: 'spec.rollbackWindow.revisions', weak: [0] },
  ],
  Deployment: [{}, ...confinement, ...life],
  Job: [
    {},
    ...confinement,
    { path: 'spec.activeDeadlineSeconds', weak: [86400] },
    { path: 'spec.backoffLimit', weak: [0, 100] },
    { path: `${pod}.restartPolicy`, weak: ['Always'] },
    { path: 'spec.template.metadata.labels[sidecar.istio.io/inject]', weak: ['true'] },
    { path: `${container}.env[name=PGSSLMODE].value`, weak: ['prefer'] },
    {
      path: `${pod}.volumes[name=account].projected.sources[*].serviceAccountToken.audience`,
      weak: ['https://kubernetes.default.svc'],
    },
    {
      path: `${pod}.volumes[name=cloud].projected.sources[*].serviceAccountToken.audience`,
      weak: ['https://kubernetes.default.svc'],
    },
    { path: `${container}.env[name=AZURE_CLIENT_ID].value`, weak: ['11111111-1111-1111-1111-111111111111'] },
    { path: `${container}.command`, weak: [['sh', '-c', 'true']], where: /job-analytics-backup-contents/ },
  ],
  PodDisruptionBudget: [
    {},
    { path: 'spec.maxUnavailable', weak: [0, '100%'] },
    { path: 'spec.unhealthyPodEvictionPolicy', weak: ['IfHealthyBudget'] },
    { path: 'spec.selector.matchLabels', weak: [{}] },
  ],
  ScaledObject: [
    {},
    { path: 'spec.minReplicaCount', weak: [0] },
    { path: 'spec.maxReplicaCount', weak: [1000] },
    { path: 'spec.fallback' },
    { path: 'spec.triggers[*]' },
    { path: 'spec.scaleTargetRef.name', weak: ['other'] },
    { path: 'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds', weak: [0] },
    { path: 'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies' },
  ],
  TriggerAuthentication: [{}, { path: 'spec.podIdentity.provider', weak: ['none'] }],
  Service: [
    {},
    { path: 'spec.selector', weak: [{}], where: /^(?!retailflow-analytics\/service-analytics-preview$)/ },
    { path: 'spec.type', weak: ['NodePort'] },
    { path: 'spec.loadBalancerSourceRanges', weak: [['0.0.0.0/0']] },
    { path: 'metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-internal]', weak: ['false'] },
    { path: 'metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-ipv4]' },
    { path: 'spec.externalTrafficPolicy', weak: ['Cluster'] },
  ],
  ServiceAccount: [{}, { path: 'automountServiceAccountToken' }],
  AnalysisTemplate: [
    {},
    { path: 'spec.metrics[*]' },
    { path: 'spec.metrics[*].failureLimit', weak: [1000] },
    { path: 'spec.metrics[*].successCondition', weak: ['true'] },
    { path: 'spec.metrics[*].consecutiveErrorLimit', weak: [100000] },
    { path: 'spec.metrics[*].provider.prometheus.query', weak: ['vector(0)'] },
    { path: 'spec.metrics[*].provider.prometheus.address', weak: ['http://elsewhere'] },
  ],
};
