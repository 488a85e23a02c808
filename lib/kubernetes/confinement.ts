import type { Capacity } from '../platform/nouns/scalars';
import { processUser, temporaryShare } from '../platform/process';
import { cpuQuantity, memoryQuantity } from './quantity';

/**
 * Whom the processes of a pod run as. Groups are all told: a policy of Azure refuses pods that leave one open.
 */
export const podConfinement = {
  runAsNonRoot: true,
  runAsUser: processUser,
  runAsGroup: processUser,
  fsGroup: processUser,
  supplementalGroups: [processUser],
  seccompProfile: { type: 'RuntimeDefault' as const },
};

/** What a process may do: nothing that only root may, and write to volumes alone. */
export const containerConfinement = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/**
 * What a container asks for and may take. Its memory is all its own, as on ECS: who takes more is started anew, and never at
 * somebody else's expense. Processors are asked for and not limited: a limit slows a process down within a tenth of a second
 * although its node has nothing else to do, and when the node is busy each has its share by what it asked for.
 */
export const resourcesOf = ({ memoryGiB, vcpu }: Capacity) => ({
  requests: { cpu: cpuQuantity(vcpu), memory: memoryQuantity(memoryGiB) },
  limits: { memory: memoryQuantity(memoryGiB) },
});

/** `/tmp` of a container: in memory, which counts as the container's. */
export const temporaryVolume = ({ memoryGiB }: Pick<Capacity, 'memoryGiB'>) => ({
  name: 'tmp',
  emptyDir: { medium: 'Memory' as const, sizeLimit: memoryQuantity(memoryGiB * temporaryShare) },
});

/** Where it is found. */
export const temporaryMount = { name: 'tmp', mountPath: '/tmp' };
