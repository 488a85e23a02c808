import { podSecurity } from '../../../../lib/review/kubernetes/rules/pod-security';
import { change, judges, messagesOf } from '../fixtures';
import { sound } from '../sound';

const deployment = 'shop-payment/deployment-payment';
const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;

describe('pod-security', () => {
  judges(podSecurity, [
    [
      'a pod is in the network of its node',
      deployment,
      `${pod}.hostNetwork`,
      true,
      'hostNetwork: must be false, got true',
    ],
    ['a pod sees processes of its node', deployment, `${pod}.hostPID`, true, 'hostPID: must be false'],
    ['a pod shares memory with its node', deployment, `${pod}.hostIPC`, true, 'hostIPC: must be false'],
    [
      'a pod mounts a folder of its node',
      deployment,
      `${pod}.volumes`,
      [{ name: 'logs', hostPath: { path: '/var/log' } }],
      'volumes[0].hostPath: must be one of configMap, csi,',
    ],
    [
      'a pod sets up the kernel of its node',
      deployment,
      `${pod}.securityContext.sysctls`,
      [{ name: 'kernel.msgmax', value: '1' }],
      'sysctls[0]: must concern the pod alone, got "kernel.msgmax"',
    ],
    ['a pod is root', deployment, `${pod}.securityContext.runAsUser`, 0, 'securityContext.runAsUser: must not be 0'],
    [
      'a pod may be root',
      deployment,
      `${pod}.securityContext.runAsNonRoot`,
      undefined,
      'runAsNonRoot: must be true, got nothing',
    ],
    [
      'a container says again that it may be root',
      deployment,
      `${container}.securityContext.runAsNonRoot`,
      false,
      'runAsNonRoot: must be true, got false',
    ],
    [
      'calls of the kernel are open',
      deployment,
      `${pod}.securityContext.seccompProfile`,
      undefined,
      'seccompProfile.type: must be Localhost or RuntimeDefault',
    ],
    [
      'a container opens calls of the kernel',
      deployment,
      `${container}.securityContext.seccompProfile`,
      { type: 'Unconfined' },
      'seccompProfile.type: must be Localhost or RuntimeDefault, for the pod or the container, got "Unconfined"',
    ],
    [
      'a container is privileged',
      deployment,
      `${container}.securityContext.privileged`,
      true,
      'privileged: must be false, got true',
    ],
    [
      'a process may become more',
      deployment,
      `${container}.securityContext.allowPrivilegeEscalation`,
      undefined,
      'allowPrivilegeEscalation: must be false, got nothing',
    ],
    [
      'a container writes to its image',
      deployment,
      `${container}.securityContext.readOnlyRootFilesystem`,
      false,
      'readOnlyRootFilesystem: must be true, got false',
    ],
    [
      'capabilities stay',
      deployment,
      `${container}.securityContext.capabilities.drop`,
      ['NET_RAW'],
      'capabilities.drop: must hold ALL, got ["NET_RAW"]',
    ],
    [
      'capabilities are added',
      deployment,
      `${container}.securityContext.capabilities.add`,
      ['NET_BIND_SERVICE', 'SYS_ADMIN'],
      'capabilities.add: must be NET_BIND_SERVICE at most, got SYS_ADMIN',
    ],
    [
      'a container has a port of its node',
      deployment,
      `${container}.ports.0.hostPort`,
      80,
      'ports[0].hostPort: must be left out, got 80',
    ],
    [
      'a probe asks another host',
      deployment,
      `${container}.readinessProbe.httpGet.host`,
      '169.254.169.254',
      'readinessProbe.httpGet.host: must be left out',
    ],
    [
      '/proc is unmasked',
      deployment,
      `${container}.securityContext.procMount`,
      'Unmasked',
      'procMount: must be Default, got "Unmasked"',
    ],
  ]);

  test('fails when an init container is privileged', () => {
    const init = { name: 'init', securityContext: { privileged: true } };
    expect(messagesOf(podSecurity, change(sound, deployment, `${pod}.initContainers`, [init]))).toContainEqual(
      expect.stringContaining('initContainers[0].securityContext.privileged: must be false, got true'),
    );
  });

  test('lets a container bind low ports', () => {
    const files = change(sound, deployment, `${container}.securityContext.capabilities.add`, ['NET_BIND_SERVICE']);
    expect(messagesOf(podSecurity, files)).toEqual([]);
  });
});
