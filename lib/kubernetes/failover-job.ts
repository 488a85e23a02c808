import type { LinkNetwork } from '../platform/link-network';
import { edgeOf } from '../platform/edge/paths';
import { jobName } from '../platform/jobs';
import { programStart } from '../platform/keeper-process';
import { failoverWord, gatewayWord, kubernetesAccount, kubernetesNamespace, migrationWord } from '../platform/names';
import { replicatedDatabases } from '../platform/sql/database';
import { cloudToken, tokenSeconds } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { migrationPod } from './migration-pod';
import type { PodGroup } from './namespace-limits';
import { wayOut } from './way-out';

/** Name of everything that the control has in the cluster. */
const name = failoverWord;

/** Ours: Node.js, a few connections, and the definition. */
const capacity = { vcpu: 0.25, memoryGiB: 0.5 };

/** What the namespace of migrations must have room for, one control at a time. */
export const failoverRoom: PodGroup = { count: 1, capacity };

/** A failover waits for a lease, for copies and for people; after a day nobody waits any more. In seconds. */
const mostSeconds = 86_400;

/** Where the pod finds what it proves itself by to the cluster's API server. */
const accountPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Secret of which every field is a variable: addresses with passwords, which no manifest holds. */
export const failoverSecret = 'failover';

/** What a control is to do, and as which image. */
export interface FailoverJobInput {
  readonly context: ClusterContext;
  /** Image of this repository, by digest, in the registry of the site. */
  readonly image: string;
  /** Name of the job, which its pods have as a label. */
  readonly job: string;
  /** What the control is told on its command line. */
  readonly args: readonly string[];
  /** What the site told and the image may not know yet, as variables. */
  readonly told: Readonly<Record<string, string>>;
  /** The ends of the link, if there is one: how it reaches databases of the other site. */
  readonly network: Pick<LinkNetwork, 'aws'> | undefined;
  /** Port of databases of the other site. */
  readonly otherPort: number;
}

/** An object of Kubernetes. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/**
 * A failover control as a job of the recovery site's cluster, with what it needs there: a way out of the network, and the right to
 * say how many pods a service has and whether its jobs wait, namespace by namespace. Whoever is asked answers at its terminal. It is not started anew by
 * itself: a person reads why it ended, and runs it again by the name of its run.
 */
export const failoverObjects = (input: FailoverJobInput): readonly KubernetesObject[] => [
  policy(input),
  ...Object.entries(scaled(input)).flatMap(([word, rules]) => roleIn(input, word, rules)),
  job(input),
];

const metadataIn = ({ context: { platform } }: FailoverJobInput, word: string, own = name) => ({
  name: own,
  namespace: kubernetesNamespace(platform, word),
  labels: labelsOf({ platform, name }),
});

/** Databases of both sites, files of the cloud, the API server; tokens, pools of nodes and names by the internet. */
function policy(input: FailoverJobInput): KubernetesObject {
  const { context, network, otherPort } = input;
  const { cloud, platform } = context;
  const reach = [
    ...replicatedDatabases(platform).flatMap((database) => cloud.administration(database).reach),
    ...(network === undefined ? [] : [{ ranges: [network.aws.cidr], ports: [otherPort] }]),
    ...cloud.outside({ noun: 'buckets', name: edgeOf(platform).assets }).reach,
    ...cloud.tokens.reach,
    cloud.apiServer,
  ];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataIn(input, migrationWord),
    spec: wayOut(name, reach),
  };
}

/** Whose pods are scaled, and as which kind. */
function scaled({ context: { platform } }: FailoverJobInput): Readonly<Record<string, readonly [string, string]>> {
  return {
    ...Object.fromEntries(
      Object.keys(platform.services).map((service) => [service, ['argoproj.io', 'rollouts'] as const]),
    ),
    ...(platform.gateway === undefined ? {} : { [gatewayWord]: ['apps', 'deployments'] as const }),
  };
}

function roleIn(
  input: FailoverJobInput,
  word: string,
  [group, resource]: readonly [string, string],
): readonly KubernetesObject[] {
  const { platform } = input.context;
  const metadata = metadataIn(input, word);
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        { apiGroups: [group], resources: [resource], resourceNames: [word], verbs: ['get'] },
        { apiGroups: [group], resources: [`${resource}/scale`], resourceNames: [word], verbs: ['get', 'patch'] },
        ...jobRules(input, word),
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: kubernetesAccount(migrationWord),
          namespace: kubernetesNamespace(platform, migrationWord),
        },
      ],
    },
  ];
}

/** The right to say whether jobs of a service wait. */
function jobRules({ context: { platform } }: FailoverJobInput, word: string): readonly object[] {
  const names = Object.keys(platform.services[word]?.jobs ?? {}).map((each) => jobName(word, each));
  return names.length === 0
    ? []
    : [{ apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: names, verbs: ['get', 'patch'] }];
}

function job(input: FailoverJobInput): KubernetesObject {
  const { args, context, image, job: own, told } = input;
  const token = cloudToken(context.cloud.identity(migrationWord));
  const metadata = metadataIn(input, migrationWord, own);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: mostSeconds,
      template: migrationPod(metadata.labels, context.cloud.architecture, {
        containers: [
          {
            name,
            image,
            command: [...programStart, 'bin/failover.ts', ...args],
            stdin: true,
            tty: true,
            env: [...token.env, ...Object.entries(told).map(([variable, value]) => ({ name: variable, value }))],
            envFrom: [{ secretRef: { name: failoverSecret, optional: true } }],
            securityContext: containerConfinement,
            resources: resourcesOf(capacity),
            volumeMounts: [{ name: 'account', mountPath: accountPath, readOnly: true }, token.mount, temporaryMount],
          },
        ],
        volumes: [
          {
            name: 'account',
            projected: {
              sources: [
                { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
                { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              ],
            },
          },
          token.volume,
          temporaryVolume(capacity),
        ],
      }),
    },
  };
}
