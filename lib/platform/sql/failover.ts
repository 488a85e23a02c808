import { when, type Check } from '../checks/check';
import type { Postgres } from '../nouns/database';
import { placedOn, sitesOf, type PlacedSite } from '../platform';

/**
 * Seconds from the loss of a writer to the next one, as AWS publishes them for each topology. Sources: Aurora user guide,
 * "High availability for Amazon Aurora" (typically less than 60); RDS user guide, "Multi-AZ DB cluster deployments"
 * (typically under 35) and "Multi-AZ DB instance deployments" (60 to 120).
 */
const awsSeconds = {
  aurora: 60,
  'multi-az-cluster': 35,
  'multi-az-instance': 120,
} as const satisfies Record<Postgres['topology'], number>;

/** Of a zone-redundant Flexible Server. Source: "High availability in Azure Database for PostgreSQL", 2026: 60 to 120. */
const azureSeconds = 120;

/** Seconds after which a database takes writes again when the server that took them is lost. */
export const failoverSeconds = (cloud: PlacedSite['cloud'], topology: Postgres['topology']): number =>
  cloud === 'aws' ? awsSeconds[topology] : azureSeconds;

const awsTopologies = Object.keys(awsSeconds) as Postgres['topology'][];

/** A failover takes as long as the topology does; no setting makes it faster. */
export const failover: Check = (platform) => {
  const goal = platform.goals.databaseFailoverSeconds;
  if (goal === undefined || !platform.stage.protected) return [];
  return sitesOf(platform).flatMap(({ cloud, siteName }) =>
    placedOn(platform.databases, siteName).flatMap(([name, database]) => {
      if (database.engine !== 'postgres') return [];
      const seconds = failoverSeconds(cloud, database.topology);
      const within = cloud === 'aws' ? awsTopologies.filter((topology) => awsSeconds[topology] <= goal) : [];
      return when(seconds > goal, () => ({
        path: `databases.${name}.${cloud === 'aws' ? 'topology' : 'on'}`,
        got: cloud === 'aws' ? database.topology : database.on,
        allowed: `a failover within goals.databaseFailoverSeconds, which is ${goal}; on ${cloud} this one takes up to ${seconds}`,
        remedy:
          within.length === 0
            ? `raise the goal to ${seconds}, or place the database elsewhere`
            : `choose topology ${within.join(' or ')}, or raise the goal to ${seconds}`,
      }));
    }),
  );
};
