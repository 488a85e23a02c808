import { about, none, one, type Row } from '../../../support/about';
import { absent, containing, equal, exactly, like, oneOf } from '../../../support/matchers';
import { ofEach, services, system, tcp } from './facts';

const own = /^retailflow-/;
const everyNamespace = /\/namespace-/;
const version = 'v1.34';

const security = (mode: string): string => `metadata.labels[pod-security.kubernetes.io/${mode}]`;

export const namespaces: Row = {
  row: 'namespaces',
  expectations: [
    ...about(
      { type: 'Namespace', where: own, count: 10 },
      {
        'pods of the platform that touch their node are refused': { path: security('enforce'), is: 'restricted' },
        'pods of the platform that touch their node are written down': { path: security('audit'), is: 'restricted' },
        'who asks for pods that touch their node is warned': { path: security('warn'), is: 'restricted' },
      },
    ),
    ...about(
      { type: 'Namespace', where: everyNamespace, count: 17 },
      {
        'every namespace holds its pods to a standard': {
          path: security('enforce'),
          is: oneOf('restricted', 'privileged'),
        },
        'every namespace writes down what breaks its standard': {
          path: security('audit'),
          is: oneOf('restricted', 'privileged'),
        },
        'every namespace warns of what breaks its standard': {
          path: security('warn'),
          is: oneOf('restricted', 'privileged'),
        },
        ...Object.fromEntries(
          ['enforce', 'audit', 'warn'].map((mode) => [
            `the standard is that of the cluster’s version (${mode})`,
            { path: security(`${mode}-version`), is: version },
          ]),
        ),
      },
    ),
    one('istio-system may touch its nodes', 'Namespace', 'istio-system/namespace-istio-system', {
      [security('enforce')]: 'privileged',
    }),
    ...['argo-rollouts', 'argocd', 'cert-manager', 'external-secrets', 'keda', 'observability'].map((name) =>
      one(`${name} may not touch its nodes`, 'Namespace', `${name}/namespace-${name}`, {
        [security('enforce')]: 'restricted',
        [security('audit')]: 'restricted',
        [security('warn')]: 'restricted',
      }),
    ),
    ...['gateway', ...Object.keys(services)].map((name) =>
      one(`${name} is in the mesh`, 'Namespace', `retailflow-${name}/namespace-retailflow-${name}`, {
        'metadata.labels[istio-injection]': 'enabled',
      }),
    ),
    one(
      'the job of migrations has no proxy that would outlive it',
      'Namespace',
      'retailflow-migration/namespace-retailflow-migration',
      {
        'metadata.labels[istio-injection]': absent,
      },
    ),
    ...ofEach((name, { team }) => [
      one(`the namespace of ${name} names its team`, 'Namespace', `retailflow-${name}/namespace-retailflow-${name}`, {
        'metadata.labels.team': team,
      }),
    ]),
    ...about(
      { type: 'ResourceQuota', where: own, count: 10 },
      {
        'a namespace holds so many pods and no more': { path: 'spec.hard.pods', is: like(/^[1-9]\d*$/) },
        'a namespace asks for so much of processors and no more': {
          path: 'spec.hard[requests.cpu]',
          is: like(/^\d+m?$/),
        },
        'a namespace asks for so much memory and no more': {
          path: 'spec.hard[requests.memory]',
          is: like(/^\d+(Mi|Gi)$/),
        },
        'a namespace takes so much memory and no more': { path: 'spec.hard[limits.memory]', is: like(/^\d+(Mi|Gi)$/) },
        'a namespace keeps nothing on disks': { path: 'spec.hard.persistentvolumeclaims', is: '0' },
        'a namespace opens no port of a node': { path: 'spec.hard[services.nodeports]', is: '0' },
      },
    ),
    ...['flag-rollout', 'keeper', 'migration', ...Object.keys(services)].map((name) =>
      one(
        `${name} puts no balancer of the cloud before its pods`,
        'ResourceQuota',
        `retailflow-${name}/resourcequota-namespace`,
        {
          'spec.hard[services.loadbalancers]': '0',
        },
      ),
    ),
    one('the gateway has one balancer', 'ResourceQuota', 'retailflow-gateway/resourcequota-namespace', {
      'spec.hard[services.loadbalancers]': '1',
    }),
    ...about(
      { type: 'LimitRange', where: own, count: 10 },
      {
        'a container that says nothing takes little memory': { path: 'spec.limits[*].default.memory', is: '128Mi' },
        'a container that says nothing asks for little': {
          path: 'spec.limits[*].defaultRequest',
          is: { cpu: '100m', memory: '128Mi' },
        },
        'a container takes so much memory and no more': { path: 'spec.limits[*].max.memory', is: like(/^\d+(Mi|Gi)$/) },
        'no container is placed as if it were free': { path: 'spec.limits[*].min', is: { cpu: '10m', memory: '16Mi' } },
        'limits are those of containers': { path: 'spec.limits[*].type', is: 'Container' },
      },
    ),
    ...about(
      { type: 'NetworkPolicy', where: /\/networkpolicy-namespace-deny$/, count: 17 },
      {
        'every namespace closes all ways of all its pods': {
          path: 'spec',
          is: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
        },
      },
    ),
    ...about(
      { type: 'NetworkPolicy', where: /\/networkpolicy-namespace-dns$/, count: 17 },
      {
        'every pod asks for names, and by that way for nothing else': {
          path: 'spec',
          is: {
            egress: [
              {
                ports: [
                  { port: 53, protocol: 'UDP' },
                  { port: 53, protocol: 'TCP' },
                ],
                to: [system('kube-system', { 'k8s-app': 'kube-dns' })],
              },
            ],
            podSelector: {},
            policyTypes: ['Egress'],
          },
        },
      },
    ),
    ...about(
      { type: 'NetworkPolicy', where: /\/networkpolicy-namespace-mesh$/, count: 7 },
      {
        'every proxy reaches its control plane and the collector, and nothing else': {
          path: 'spec.egress',
          is: [
            { ports: tcp(15012), to: [system('istio-system', { app: 'istiod' })] },
            {
              ports: tcp(4317),
              to: [system('observability', { 'app.kubernetes.io/name': 'opentelemetry-collector' })],
            },
          ],
        },
        'figures of every proxy are read by Prometheus alone': {
          path: 'spec.ingress[*].from',
          is: equal([system('observability', { 'app.kubernetes.io/name': 'prometheus' })]),
        },
        'only figures of proxies are read': {
          path: 'spec.ingress[*].ports',
          is: containing({ port: 15020, protocol: 'TCP' }),
        },
        'policies of proxies are of every pod': { path: 'spec.podSelector', is: {} },
        'policies of proxies say so of both directions': { path: 'spec.policyTypes', is: exactly('Ingress', 'Egress') },
      },
    ),
    none({ type: 'Secret' }, 'nothing secret is rendered'),
    none({ type: 'Ingress' }, 'nothing stands in the way of the gateway'),
  ],
};
