import { nodeSizes, nodesFor } from '../../platform/azure-nodes';
import type { Platform } from '../../platform/platform';
import { resourcesOf } from '../azure/stack';
import { textOf } from '../json';
import { mostPods } from '../recovery/replicas';
import type { CapacityFigure } from './capacity-figure';
import { azureMost, balancing, type Figure } from './figures';
import type { Place } from './places';
import { sharedPools } from './shared-pools';

/** What Azure sells at its most, beside what everybody needs who is to come in some years; nothing where no growth is promised. */
export function growthRoom(
  { azure, clusters }: Pick<Place, 'azure' | 'clusters'>,
  { gateway, goals }: Platform,
): readonly CapacityFigure[] {
  const { concurrentUsers, growth, requestsPerUser } = goals;
  if (growth === undefined || requestsPerUser === undefined || azure === undefined) return [];
  const users = concurrentUsers * growth.times;
  const room = (what: string, needs: number, each: number, { source, value }: Figure): CapacityFigure => ({
    what: `${what} in ${growth.years} years`,
    needs: Math.ceil(needs),
    has: value * each,
    because: `${users} users; ${value} at most, ${each} each, ${source}`,
  });
  return [
    ...(gateway?.kind === 'api-management'
      ? [
          room(
            'API Management requests a minute',
            users * requestsPerUser,
            gateway.units.requestsPerUnit ?? 0,
            azureMost.units,
          ),
        ]
      : []),
    ...resourcesOf(azure, 'azurerm_application_gateway').map(() =>
      room(
        'application gateway connections',
        users * balancing.connectionsOfUser.value,
        balancing.connectionsOfInstance.value,
        azureMost.instances,
      ),
    ),
    ...(clusters.length === 0
      ? []
      : sharedPools(azure).flatMap(({ arguments: { name, vm_size: vmSize } }) => {
          const size = nodeSizes.find((each) => each.vmSize === vmSize);
          const pods = mostPods(clusters).map((each) => ({ ...each, count: Math.ceil(each.count * growth.times) }));
          return size === undefined
            ? []
            : [room(`nodes ${textOf(name) ?? ''}`, nodesFor(size, pods), 1, azureMost.nodes)];
        })),
  ];
}
