import type { AgentPool, ContainerServiceClient } from '@azure/arm-containerservice';
import { Refusal, type Clock, type Step } from '../step';

/** A pool of nodes of a cluster on Azure. */
export interface NodePoolPlace {
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
}

/** How long another change of the cluster is waited for, in seconds: Azure makes one at a time. */
const patienceSeconds = 600;

/** Pause between two looks at it, in milliseconds. */
const pause = 10_000;

/** States in which Azure takes no change. https://learn.microsoft.com/azure/aks/cluster-configuration */
const busy = new Set(['Creating', 'Deleting', 'Scaling', 'Updating', 'Upgrading']);

/**
 * Has the nodes made that the full load needs. It asks early and does not wait: nodes come while the primary is fenced, and a
 * promotion is not held up by a region that has none left.
 *
 * @param nodes How many always stand from then on.
 */
export const raiseNodes = (client: ContainerServiceClient, place: NodePoolPlace, nodes: number): Step => {
  const read = async (): Promise<AgentPool> => client.agentPools.get(place.resourceGroup, place.cluster, place.pool);
  const enough = ({ minCount = 0 }: AgentPool): boolean => minCount >= nodes;
  return {
    name: 'raise nodes',
    does: `has ${nodes} nodes stand in the pool ${place.pool} of ${place.cluster}, and goes on while they come`,
    check: async () => {
      const pool = await read();
      return {
        state: enough(pool) ? 'done' : 'due',
        because: `at least ${pool.minCount ?? 0} stand, ${pool.count ?? 0} do`,
      };
    },
    run: async ({ clock }) => {
      const before = await atRest(read, clock);
      if (!enough(before)) {
        await client.agentPools.beginCreateOrUpdate(
          place.resourceGroup,
          place.cluster,
          place.pool,
          { ...before, minCount: nodes, maxCount: Math.max(nodes, before.maxCount ?? 0) },
          before.eTag === undefined ? {} : { ifMatch: before.eTag },
        );
      }
      return { before: before.minCount ?? 0, nodes };
    },
    verify: async () => {
      const { minCount = 0, provisioningState } = await read();
      if (minCount >= nodes && provisioningState !== 'Failed') return;
      throw new Refusal(
        `the pool ${place.pool} has ${minCount} nodes at least, ${provisioningState ?? 'in no state'}`,
        'look whether the region has room for them, and run this again; `--without nodes` goes on without them',
      );
    },
  };
};

/** The pool as soon as Azure takes a change of it. */
async function atRest(read: () => Promise<AgentPool>, clock: Clock): Promise<AgentPool> {
  const end = clock.now() + patienceSeconds * 1000;
  for (;;) {
    const pool = await read();
    const { provisioningState = '' } = pool;
    if (!busy.has(provisioningState)) return pool;
    if (clock.now() >= end) {
      throw new Refusal(
        `the pool ${pool.name ?? ''} is ${provisioningState} since ${patienceSeconds} s`,
        'wait for it, and run this again; `--without nodes` goes on without them',
      );
    }
    await clock.sleep(pause);
  }
}
