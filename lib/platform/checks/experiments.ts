import type { Problem } from '../error';
import type { Experiment } from '../nouns/experiments';
import type { AwsSite } from '../nouns/site';
import type { Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** A stage that may be broken has something to break it with, and each experiment something that there is to break. */
export const experiments: Check = (platform) => {
  const { experiments: allowed, sites } = platform.stage;
  if (allowed === undefined) return [];
  const { primary } = sites;
  const path = stagePath(platform, 'experiments');
  if (primary.cloud !== 'aws') {
    return [
      {
        path,
        got: primary.cloud,
        allowed: 'given where the primary is on aws, whose Fault Injection Service runs them',
        remedy: 'remove it; Azure Chaos Studio is not built yet',
      },
    ];
  }
  return [
    ...when(Object.keys(platform.experiments).length === 0, () => ({
      path,
      got: 'no experiments',
      allowed: 'given where the platform declares experiments',
      remedy: 'declare experiments, or remove it',
    })),
    ...Object.entries(platform.experiments).flatMap(([name, spec]) =>
      problemsOf(platform, primary, `experiments.${name}`, spec),
    ),
  ];
};

function problemsOf(platform: Platform, site: AwsSite, path: string, spec: Experiment): readonly Problem[] {
  switch (spec.kind) {
    case 'stop-tasks':
      return [...runtimeProblems(site, path), ...survivorProblems(platform, path, spec)];
    case 'network-partition':
      return when(spec.zone > site.zones.length, () => ({
        path: `${path}.zone`,
        got: spec.zone,
        allowed: `1 to ${site.zones.length}, the zones of the primary in this stage`,
        remedy: 'name another zone',
      }));
    case 'database-failover':
      return databaseProblems(platform, path, spec.database);
  }
}

const runtimeProblems = ({ runtime }: AwsSite, path: string): readonly Problem[] =>
  when(runtime !== 'ecs', () => ({
    path: `${path}.kind`,
    got: 'stop-tasks',
    allowed: `network-partition or database-failover on aws with runtime ${runtime}, which has no tasks of services`,
    remedy: 'delete pods as docs/runbooks/experiments.md says, or remove the experiment',
  }));

function survivorProblems(
  { services }: Platform,
  path: string,
  { percent, service }: Experiment & { readonly kind: 'stop-tasks' },
): readonly Problem[] {
  const least = services[service]?.scale.min;
  return when(least !== undefined && Math.ceil((least * percent) / 100) >= least, () => ({
    path: `${path}.percent`,
    got: percent,
    allowed: `a share that leaves one of ${service}'s tasks, of which the least are ${least} in this stage`,
    remedy: 'stop fewer, or raise scale.min',
  }));
}

function databaseProblems({ databases }: Platform, path: string, name: string): readonly Problem[] {
  const database = databases[name];
  if (database === undefined) return [];
  return [
    ...when(database.engine !== 'postgres' || !database.on.includes('primary'), () => ({
      path: `${path}.database`,
      got: name,
      allowed: 'a PostgreSQL database on the primary',
      remedy: 'name another database',
    })),
    ...when(database.engine === 'postgres' && database.topology === 'aurora' && database.readReplicas === 0, () => ({
      path: `${path}.database`,
      got: `${name}, with no readers`,
      allowed: 'a database with somebody to fail over to',
      remedy: 'give it readReplicas, or choose another topology',
    })),
  ];
}
