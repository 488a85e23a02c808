import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Tells GuardDuty whether its agent stands beside what a cluster runs: it leaves out clusters on which this tag says `false`, and
 * takes those on which it says `true`. The agent reports by a private endpoint; where the network has none, GuardDuty would make
 * one, which costs by the hour and zone.
 */
export const monitorRuntime = (cluster: IConstruct, watched: boolean): void => {
  Tags.of(cluster).add('GuardDutyManaged', String(watched));
};
