import { eksCluster } from '../../platform/names';
import { hasGateway, type Platform } from '../../platform/platform';
import type { Assembly } from '../aws/stack';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { namesRecovery } from '../recovery/outputs';
import { podsOf, tasksOf, type Replicas } from '../recovery/replicas';
import type { GoalOutputs } from './outputs';

/** Where everybody is to find room: the primary, or the site that takes over. */
export interface Place {
  /** What is said behind the name of a figure: nothing for the primary. */
  readonly where: string;
  readonly aws: Assembly | undefined;
  readonly azure: Site | undefined;
  readonly clusters: readonly Cluster[];
  /** Whether requests come through a gateway there. */
  readonly hasGateway: boolean;
  /** Tasks and pods of services and of the gateway. */
  readonly replicas: readonly Replicas[];
}

/** The places of a stage. A site that takes over is on Azure, beside whatever leads. */
export function placesOf({ aws, azure, clusters }: GoalOutputs, platform: Platform): readonly Place[] {
  const { primary, recovery } = platform.stage.sites;
  const takesOver = (name: string): boolean =>
    primary.cloud === 'aws' ? name !== eksCluster(platform) : namesRecovery(name);
  const place = (where: string, isRecovery: boolean): Place => {
    const here = clusters.filter(({ name }) => takesOver(name) === isRecovery);
    const tasks = isRecovery ? undefined : aws;
    return {
      where,
      aws: tasks,
      azure: azure && { stacks: azure.stacks.filter(({ name }) => takesOver(name) === isRecovery) },
      clusters: here,
      hasGateway: hasGateway(platform, isRecovery ? 'recovery' : 'primary'),
      replicas: [...(tasks === undefined ? [] : tasksOf(tasks)), ...here.flatMap(podsOf)],
    };
  };
  return [place('', false), ...(recovery === undefined ? [] : [place(' on the recovery site', true)])];
}
