import { about, one, type Row } from '../../../support/about';
import { absent, containing, equal, exactly, like } from '../../../support/matchers';
import { internet, registry, tcp } from './facts';

const namespace = 'retailflow-keeper';
const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;
const labels = { 'app.kubernetes.io/name': 'keeper' };
const asked = { command: ['sh', '-c', 'test -n "$(find /tmp/turned -mmin -1)"'] };

const spreadOver = (topologyKey: string) => ({
  path: `${pod}.topologySpreadConstraints`,
  is: containing({ topologyKey, maxSkew: 1, labelSelector: { matchLabels: labels } }),
});

export const keeper: Row = {
  row: 'the keeper of the right to write',
  expectations: [
    ...about(
      { type: 'Deployment', where: /^retailflow-keeper\//, count: 1 },
      {
        'two keepers stand in the cluster': { path: 'spec.replicas', is: 2 },
        'one keeper is replaced at a time, and there is no third': {
          path: 'spec.strategy',
          is: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        },
        'keepers are found by labels that never change': { path: 'spec.selector.matchLabels', is: labels },
        'keepers stand in several zones': spreadOver('topology.kubernetes.io/zone'),
        'keepers stand on several nodes': spreadOver('kubernetes.io/hostname'),
        'keepers stand on nodes that run them': {
          path: `${pod}.nodeSelector`,
          is: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' },
        },
        'the keeper of the cluster keeps the recovery site': {
          path: `${container}.command`,
          is: containing('bin/keeper.ts', '--site', 'recovery', '--platform', 'retailflow', '--stage', 'production'),
        },
        'the keeper of the cluster is the image of recovery': {
          path: `${container}.image`,
          is: like(new RegExp(`^${registry}/retailflow-production/failover@sha256:[0-9a-f]{64}$`)),
        },
        'the keeper of the cluster asks the latch that the edge serves': {
          path: `${container}.env`,
          is: containing({
            name: 'KEEPER_LATCH',
            value: 'https://recovery.shop.example.com/.well-known/mainstay-leader.json',
          }),
        },
        'the right to write lasts as long there': {
          path: `${container}.env`,
          is: containing({ name: 'KEEPER_LEASE_SECONDS', value: '300' }),
        },
        'a keeper that hangs is started again': { path: `${container}.livenessProbe.exec`, is: asked },
        'a keeper that hangs is not ready': { path: `${container}.readinessProbe.exec`, is: asked },
        'a keeper is given time to start': { path: `${container}.startupProbe.exec`, is: asked },
        'a keeper opens no port': { path: `${container}.ports`, is: absent },
        'a keeper runs as its own account': { path: `${pod}.serviceAccountName`, is: 'keeper' },
        'a keeper has no credentials of the cluster': { path: `${pod}.automountServiceAccountToken`, is: false },
        'a keeper is told of no service': { path: `${pod}.enableServiceLinks`, is: false },
        'a keeper asks for a token for Azure alone': {
          path: `${pod}.volumes[name=cloud].projected.sources`,
          is: [
            {
              serviceAccountToken: { audience: 'api://AzureADTokenExchange', expirationSeconds: 3600, path: 'token' },
            },
          ],
        },
        'a keeper has no proxy': { path: 'spec.template.metadata.labels[sidecar.istio.io/inject]', is: 'false' },
        'a keeper writes to memory alone': { path: `${pod}.volumes[name=tmp].emptyDir.medium`, is: 'Memory' },
        'a keeper asks for what it needs': {
          path: `${container}.resources`,
          is: equal({ limits: { memory: '512Mi' }, requests: { cpu: '250m', memory: '512Mi' } }),
        },
        'nobody in a keeper is root': { path: `${pod}.securityContext.runAsNonRoot`, is: true },
        'a keeper is a user of its own': { path: `${pod}.securityContext.runAsUser`, is: 1000 },
        'calls of the kernel are those that a keeper needs': {
          path: `${pod}.securityContext.seccompProfile.type`,
          is: 'RuntimeDefault',
        },
        'a keeper never becomes more than it began as': {
          path: `${container}.securityContext.allowPrivilegeEscalation`,
          is: false,
        },
        'no keeper is privileged': { path: `${container}.securityContext.privileged`, is: false },
        'no keeper changes its own program': { path: `${container}.securityContext.readOnlyRootFilesystem`, is: true },
        'a keeper drops every capability': {
          path: `${container}.securityContext.capabilities.drop`,
          is: exactly('ALL'),
        },
        'a keeper is apart from its node': { path: `${pod}.hostNetwork`, is: absent },
      },
    ),
    one(
      'an upgrade of nodes takes one keeper at a time',
      'PodDisruptionBudget',
      `${namespace}/poddisruptionbudget-keeper`,
      {
        'spec.maxUnavailable': 1,
        'spec.selector.matchLabels': labels,
        'spec.unhealthyPodEvictionPolicy': 'AlwaysAllow',
      },
    ),
    one(
      'the keeper has an account that is an identity on Azure',
      'ServiceAccount',
      `${namespace}/serviceaccount-keeper`,
      {
        automountServiceAccountToken: false,
        'metadata.annotations[azure.workload.identity/client-id]': like(/^[0-9a-f-]{36}$/),
        'metadata.annotations[azure.workload.identity/tenant-id]': like(/^[0-9a-f-]{36}$/),
      },
    ),
    one(
      'the keeper reaches the servers of its databases and the internet, and nobody reaches it',
      'NetworkPolicy',
      `${namespace}/networkpolicy-keeper`,
      {
        'spec.policyTypes': ['Egress'],
        'spec.podSelector.matchLabels': labels,
        'spec.egress': [{ ports: tcp(5432), to: [{ ipBlock: { cidr: '10.32.16.64/26' } }] }, internet],
      },
    ),
  ],
};
