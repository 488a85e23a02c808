import type { Json } from '../../../../../lib/review/json';
import { about } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';

/** Host of the registry of the site. */
export const registry = 'crretailflowproductionfsjcx1.azurecr.io';

/** Prometheus, as analyses of releases and KEDA ask it. */
export const prometheus = 'http://prometheus-server.observability.svc.cluster.local:80';

/** What each service needs, and who may reach it: as RetailFlow's definition says it. */
export interface ServiceFacts {
  /** How its releases go. */
  readonly release: 'all at once' | 'in place' | 'step by step';
  readonly team: string;
  readonly cpu: string;
  readonly memory: string;
  readonly least: number;
  readonly most: number;
  /** Seconds for which a pod still serves when it is to stop, and until it is killed. */
  readonly drain: readonly [wait: number, most: number];
  readonly calledBy: readonly string[];
  readonly calls: readonly string[];
  /** Seconds that a request may take. */
  readonly timeout: number;
  readonly databasePort: number;
  /** Ports of the private endpoints that it uses. */
  readonly endpoints: readonly number[];
}

export const services: Readonly<Record<string, ServiceFacts>> = {
  analytics: {
    release: 'all at once',
    team: 'insight',
    cpu: '1',
    memory: '4Gi',
    least: 2,
    most: 8,
    drain: [125, 165],
    calledBy: ['gateway'],
    calls: [],
    timeout: 120,
    databasePort: 6432,
    endpoints: [443, 5671],
  },
  catalog: {
    release: 'step by step',
    team: 'catalog',
    cpu: '1',
    memory: '2Gi',
    least: 3,
    most: 40,
    drain: [20, 60],
    calledBy: ['order', 'gateway'],
    calls: [],
    timeout: 15,
    databasePort: 6432,
    endpoints: [443, 10000],
  },
  notification: {
    release: 'in place',
    team: 'engagement',
    cpu: '500m',
    memory: '1Gi',
    least: 2,
    most: 10,
    drain: [5, 45],
    calledBy: [],
    calls: ['user'],
    timeout: 15,
    databasePort: 6432,
    endpoints: [5671],
  },
  order: {
    release: 'step by step',
    team: 'order',
    cpu: '1',
    memory: '2Gi',
    least: 3,
    most: 30,
    drain: [20, 60],
    calledBy: ['payment', 'gateway'],
    calls: ['catalog', 'payment', 'user'],
    timeout: 15,
    databasePort: 6432,
    endpoints: [443, 5671, 10000],
  },
  payment: {
    release: 'step by step',
    team: 'payment',
    cpu: '500m',
    memory: '1Gi',
    least: 3,
    most: 12,
    drain: [25, 65],
    calledBy: ['order', 'gateway'],
    calls: ['order'],
    timeout: 20,
    databasePort: 6432,
    endpoints: [],
  },
  user: {
    release: 'step by step',
    team: 'identity',
    cpu: '1',
    memory: '2Gi',
    least: 3,
    most: 30,
    drain: [20, 60],
    calledBy: ['notification', 'order', 'gateway'],
    calls: [],
    timeout: 15,
    databasePort: 6432,
    endpoints: [5671, 10000],
  },
};

/** Objects of the platform's own services, by their paths. */
export const ofServices = new RegExp(`^retailflow-(${Object.keys(services).join('|')})/`);

/** The same of each service, by what its facts say. */
export const ofEach = (make: (name: string, facts: ServiceFacts) => readonly Expectation[]): readonly Expectation[] =>
  Object.entries(services).flatMap(([name, facts]) => make(name, facts));

/** The same of the pods of every service. */
export const ofPods = (named: Readonly<Record<string, Omit<Expectation, 'name' | 'type'>>>): readonly Expectation[] =>
  about({ type: 'Rollout', where: ofServices }, named);

/** Labels by which pods of a service are found. */
export const podsOf = (service: string): Json => ({
  'app.kubernetes.io/component': service === 'gateway' ? 'app' : 'service',
  'app.kubernetes.io/name': service,
});

/** Pods of a service, as a policy of the network names them. */
export const peer = (service: string): Json => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `retailflow-${service}` } },
  podSelector: { matchLabels: podsOf(service) },
});

/** Pods that call a service, likewise: of another service all that there are, of the gateway its own. */
export const caller = (service: string): Json =>
  service === 'gateway'
    ? peer(service)
    : {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `retailflow-${service}` } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': service } },
      };

/** Pods of a system, as a policy of the network names them. */
export const system = (namespace: string, labels: Readonly<Record<string, string>>): Json => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});

export const tcp = (...ports: readonly number[]): Json => ports.map((port) => ({ port, protocol: 'TCP' }));

/** The way out to the internet, and to nothing private. */
export const internet: Json = {
  ports: tcp(443),
  to: [
    {
      ipBlock: {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
      },
    },
  ],
};

/** The way out to a range of the site. */
export const range = (cidr: string, ...ports: readonly number[]): Json => ({
  ports: tcp(...ports),
  to: [{ ipBlock: { cidr } }],
});
