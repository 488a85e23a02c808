import { listOf, objectOf, shown, stringsOf, textOf, type Json, type JsonObject } from '../../json';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Container, type Workload } from '../workloads';

const name = 'pod-security';
const report = reporter(name);

/** What is wrong at a place. */
type Problem = readonly [at: string, message: string];

/** Kinds of volumes that a pod may have. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Settings of the kernel that concern the pod alone. */
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const SECCOMP = ['Localhost', 'RuntimeDefault'];

/**
 * Every pod keeps to the standard `restricted` of Kubernetes, as of 1.34, and writes to no disk that is part of its image.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const podSecurity: Rule = {
  name,
  judge: (cluster) =>
    workloadsOf(cluster).flatMap((workload) =>
      [
        ...podProblems(workload),
        ...workload.containers.flatMap((container) => containerProblems(container, workload)),
      ].map(([at, message]) => report(workload.object, at, message)),
    ),
};

function podProblems({ at, spec }: Workload): readonly Problem[] {
  const security = objectOf(spec.securityContext);
  const closed = ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => spec[key] === true);
  return [
    ...closed.map((key): Problem => [`${at}.${key}`, 'must be false, got true: the pod would be part of its node']),
    ...listOf(spec.volumes).flatMap((volume, index): readonly Problem[] =>
      Object.keys(objectOf(volume))
        .filter((key) => key !== 'name' && !VOLUMES.includes(key))
        .map((key) => [
          `${at}.volumes[${index}].${key}`,
          `must be one of ${VOLUMES.join(', ')}, got ${key}: take another volume`,
        ]),
    ),
    ...listOf(security.sysctls).flatMap((each, index): readonly Problem[] => {
      const { name: sysctl } = objectOf(each);
      if (SYSCTLS.includes(textOf(sysctl) ?? '')) return [];
      return [
        [`${at}.securityContext.sysctls[${index}]`, `must concern the pod alone, got ${shown(sysctl)}: take it away`],
      ];
    }),
    ...common(security, `${at}.securityContext`),
  ];
}

function containerProblems({ at, value }: Container, { spec }: Workload): readonly Problem[] {
  const security = objectOf(value.securityContext);
  const pod = objectOf(spec.securityContext);
  const where = `${at}.securityContext`;
  const { add, drop } = objectOf(security.capabilities);
  const seccomp = objectOf(security.seccompProfile ?? pod.seccompProfile).type;
  return [
    ...must(where, 'privileged', security.privileged ?? false, false, 'it would be root on its node'),
    ...must(
      where,
      'allowPrivilegeEscalation',
      security.allowPrivilegeEscalation,
      false,
      'a process could become more than it began as',
    ),
    ...must(
      where,
      'readOnlyRootFilesystem',
      security.readOnlyRootFilesystem,
      true,
      'whoever breaks in could change the program',
    ),
    ...must(where, 'runAsNonRoot', security.runAsNonRoot ?? pod.runAsNonRoot, true, 'it could run as root'),
    ...(stringsOf(drop).includes('ALL')
      ? []
      : [[`${where}.capabilities.drop`, `must hold ALL, got ${shown(drop)}: drop all of them`] satisfies Problem]),
    ...stringsOf(add)
      .filter((capability) => capability !== 'NET_BIND_SERVICE')
      .map((capability): Problem => [
        `${where}.capabilities.add`,
        `must be NET_BIND_SERVICE at most, got ${capability}: take it away`,
      ]),
    ...(SECCOMP.includes(textOf(seccomp) ?? '')
      ? []
      : [
          [
            `${where}.seccompProfile.type`,
            `must be ${SECCOMP.join(' or ')}, for the pod or the container, got ${shown(seccomp)}: set it`,
          ] satisfies Problem,
        ]),
    ...common(security, where),
    ...listOf(value.ports).flatMap((port, index): readonly Problem[] => {
      const { hostPort } = objectOf(port);
      return hostPort === undefined || hostPort === 0
        ? []
        : [[`${at}.ports[${index}].hostPort`, `must be left out, got ${shown(hostPort)}: take it away`]];
    }),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe): readonly Problem[] => {
      const host = objectOf(objectOf(value[probe]).httpGet).host;
      return host === undefined
        ? []
        : [
            [
              `${at}.${probe}.httpGet.host`,
              `must be left out, got ${shown(host)}: the node would ask others in its own name`,
            ],
          ];
    }),
  ];
}

/** What a pod and a container may say of themselves alike. */
function common(security: JsonObject, at: string): readonly Problem[] {
  return [
    ...(security.runAsUser === 0
      ? [[`${at}.runAsUser`, 'must not be 0, which is root: take a number of its own'] satisfies Problem]
      : []),
    ...(security.procMount === undefined || security.procMount === 'Default'
      ? []
      : [[`${at}.procMount`, `must be Default, got ${shown(security.procMount)}: take it away`] satisfies Problem]),
  ];
}

const must = (at: string, key: string, got: Json | undefined, wanted: boolean, why: string): readonly Problem[] =>
  got === wanted ? [] : [[`${at}.${key}`, `must be ${wanted}, got ${shown(got)}: ${why}`]];
