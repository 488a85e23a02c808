import { about, one, type Row } from '../../../support/about';
import { absent, all, atLeast, between, containing, equal, exactly, like, oneOf } from '../../../support/matchers';
import { ofEach, ofPods, podsOf, registry } from './facts';

const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;
const metadata = 'spec.template.metadata';

const spreadOver = (key: string) => ({
  path: `${pod}.topologySpreadConstraints`,
  is: containing({ topologyKey: key, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }),
});

const confinement = ofPods({
  'nobody in a pod is root': { path: `${pod}.securityContext.runAsNonRoot`, is: true },
  'a pod is a user of its own': { path: `${pod}.securityContext.runAsUser`, is: 1000 },
  'a pod is of a group of its own': { path: `${pod}.securityContext.runAsGroup`, is: 1000 },
  'files of a pod are of its group': { path: `${pod}.securityContext.fsGroup`, is: 1000 },
  'a pod is of no other group': { path: `${pod}.securityContext.supplementalGroups`, is: exactly(1000) },
  'calls of the kernel are those that a container needs': {
    path: `${pod}.securityContext.seccompProfile.type`,
    is: 'RuntimeDefault',
  },
  'a process never becomes more than it began as': {
    path: `${container}.securityContext.allowPrivilegeEscalation`,
    is: false,
  },
  'no container is privileged': { path: `${container}.securityContext.privileged`, is: false },
  'no container changes its own program': { path: `${container}.securityContext.readOnlyRootFilesystem`, is: true },
  'a container drops every capability': { path: `${container}.securityContext.capabilities.drop`, is: exactly('ALL') },
  'a container adds no capability': { path: `${container}.securityContext.capabilities.add`, is: absent },
  'a pod has no credentials of the cluster': { path: `${pod}.automountServiceAccountToken`, is: false },
  'a pod is told of no service that it does not call': { path: `${pod}.enableServiceLinks`, is: false },
  'a pod is apart from its node': { path: `${pod}.hostNetwork`, is: absent },
  'a pod writes to memory alone': { path: `${pod}.volumes[*].emptyDir.medium`, is: 'Memory' },
  'what a pod writes has an end': { path: `${pod}.volumes[*].emptyDir.sizeLimit`, is: like(/^\d+Mi$/) },
  'an image is named by its digest, from the registry of the site': {
    path: `${container}.image`,
    is: like(new RegExp(`^${registry}/retailflow-production/.+@sha256:[0-9a-f]{64}$`)),
  },
});

const life = ofPods({
  'a pod is given time to start': { path: `${container}.startupProbe.failureThreshold`, is: atLeast(12) },
  'a start is asked for at the service itself': {
    path: `${container}.startupProbe.httpGet`,
    is: { path: '/health/live', port: 8080 },
  },
  'a pod that hangs is started again': {
    path: `${container}.livenessProbe.httpGet`,
    is: { path: '/health/live', port: 8080 },
  },
  'a pod is not started again for one late answer': {
    path: `${container}.livenessProbe.failureThreshold`,
    is: between(3, 5),
  },
  'a pod that does not reach what it uses gets no requests': {
    path: `${container}.readinessProbe.httpGet`,
    is: { path: '/health/ready', port: 8080 },
  },
  'a pod that does not answer gets no requests soon': {
    path: `${container}.readinessProbe.failureThreshold`,
    is: between(1, 3),
  },
  'what failed is told by its last words': {
    path: `${container}.terminationMessagePolicy`,
    is: 'FallbackToLogsOnError',
  },
  'pods stand in several zones': spreadOver('topology.kubernetes.io/zone'),
  'pods stand on several nodes': spreadOver('kubernetes.io/hostname'),
  'pods stand on nodes that run them': {
    path: `${pod}.nodeSelector`,
    is: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' },
  },
  'old versions can be brought back': { path: 'spec.revisionHistoryLimit', is: atLeast(2) },
  'a release that does not get on is given up': { path: 'spec.progressDeadlineSeconds', is: between(300, 900) },
});

const proxies = ofPods({
  'a proxy starts before its pod and stops after it': {
    path: `${metadata}.annotations[sidecar.istio.io/nativeSidecar]`,
    is: 'true',
  },
  'a proxy waits until its connections are gone': {
    path: `${metadata}.annotations[proxy.istio.io/config]`,
    is: like(/"EXIT_ON_ZERO_ACTIVE_CONNECTIONS":"true"/),
  },
  'a proxy asks for so much of a processor': { path: `${metadata}.annotations[sidecar.istio.io/proxyCPU]`, is: '100m' },
  'a proxy asks for so much memory': { path: `${metadata}.annotations[sidecar.istio.io/proxyMemory]`, is: '128Mi' },
  'a proxy takes so much memory and no more': {
    path: `${metadata}.annotations[sidecar.istio.io/proxyMemoryLimit]`,
    is: '512Mi',
  },
  'a pod asks for names past its proxy, and for nothing else': {
    path: `${metadata}.annotations[traffic.sidecar.istio.io/excludeOutboundPorts]`,
    is: '53',
  },
  'a pod has an identity on Azure': { path: `${metadata}.labels[azure.workload.identity/use]`, is: 'true' },
});

const own = ofEach((name, { cpu, drain: [wait, most], memory, team }) => [
  one(`${name} runs as its own account`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    [`${pod}.serviceAccountName`]: name,
  }),
  one(`${name} asks for what it needs`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    [`${container}.resources`]: equal({ limits: { memory }, requests: { cpu, memory } }),
  }),
  one(`${name} serves until nobody sends it requests any more`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    [`${container}.lifecycle.preStop.sleep.seconds`]: wait,
  }),
  one(`${name} ends what it began before it is killed`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    [`${pod}.terminationGracePeriodSeconds`]: most,
  }),
  one(`pods of ${name} are found by labels that never change`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    'spec.selector.matchLabels': podsOf(name),
  }),
  one(`pods of ${name} name their team`, 'Rollout', `retailflow-${name}/rollout-${name}`, {
    [`${metadata}.labels.team`]: team,
  }),
  one(`${name} is called at its port`, 'Service', `retailflow-${name}/service-${name}`, {
    'spec.selector': podsOf(name),
    'spec.ports': [{ appProtocol: 'http', name: 'http', port: 8080, protocol: 'TCP', targetPort: 'http' }],
    'spec.type': 'ClusterIP',
  }),
  one(
    `${name} has an account that is an identity on Azure`,
    'ServiceAccount',
    `retailflow-${name}/serviceaccount-${name}`,
    {
      automountServiceAccountToken: false,
      'metadata.annotations[azure.workload.identity/client-id]': like(/^[0-9a-f-]{36}$/),
      'metadata.annotations[azure.workload.identity/tenant-id]': like(/^[0-9a-f-]{36}$/),
    },
  ),
  one(
    `an upgrade of nodes takes a quarter of ${name} at once`,
    'PodDisruptionBudget',
    `retailflow-${name}/poddisruptionbudget-${name}`,
    {
      'spec.maxUnavailable': '25%',
      'spec.selector.matchLabels': podsOf(name),
      'spec.unhealthyPodEvictionPolicy': 'AlwaysAllow',
    },
  ),
]);

export const pods: Row = {
  row: 'pods of services',
  expectations: [
    ...confinement,
    ...life,
    ...proxies,
    ...own,
    ...about(
      { type: 'ServiceAccount' },
      { 'no account gives its pods credentials by itself': { path: 'automountServiceAccountToken', is: false } },
    ),
    ...about(
      { type: 'Service' },
      {
        'services stand inside of the cluster, but for the gateway': {
          path: 'spec.type',
          is: all(oneOf('ClusterIP', 'LoadBalancer')),
        },
      },
    ).map((each) => ({ ...each, where: /^(?!retailflow-gateway\/service-limits$)retailflow-/ })),
  ],
};
