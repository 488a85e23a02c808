import type { Capacity } from './nouns/scalars';

/** What the mesh's proxy beside each pod asks for. Nodes and quotas are counted with it. */
export const meshProxy: Capacity = { vcpu: 0.1, memoryGiB: 0.125 };

/** Memory beyond which a proxy is started anew, in GiB, before it takes what its neighbours have. */
export const meshProxyMostGiB = 0.5;
