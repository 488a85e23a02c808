import type { DatabaseSteps } from './database/plan';
import type { Step } from './step';

/** What a failover does beside databases. What a site has no use for, or a person leaves out, is absent. */
export interface SiteSteps {
  readonly nodes?: Step;
  /** Of the site that is to follow. */
  readonly holdJobs?: Step;
  /** Of the site that is to lead. */
  readonly startJobs?: Step;
  readonly services?: Step;
  readonly traffic?: Step;
}

const given = (step: Step | undefined): readonly Step[] => (step === undefined ? [] : [step]);

/**
 * A failover in its order. Nodes are asked for as soon as no other promotion is known, since they take as long to come as a
 * fence lasts. Jobs wait on the site that is to follow before it is fenced, and begin on the other when it may write. Services stand at full size before names may have led everybody to them. A promotion ends when all that is done.
 */
export const failoverSteps = (databases: DatabaseSteps, site: SiteSteps = {}): readonly Step[] => [
  ...databases.begin,
  ...given(site.nodes),
  ...given(site.holdJobs),
  ...databases.promote,
  ...given(site.services),
  ...given(site.startJobs),
  ...databases.replay,
  ...given(site.traffic),
  ...databases.end,
];
