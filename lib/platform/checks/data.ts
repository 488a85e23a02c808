import type { Problem } from '../error';
import { openSearches } from '../nouns/storage';
import { placedOn, sitesOf, type Platform } from '../platform';
import { when, type Check } from './check';

/** How many readers each topology can have on AWS. An alarm of CloudWatch compares ten servers at most. */
const readers = {
  aurora: { min: 0, max: 15 },
  'multi-az-cluster': { min: 2, max: 2 },
  'multi-az-instance': { min: 0, max: 9 },
} as const;
const azureReaders = 5;

/** What a cloud cannot do with a database. */
export const databases: Check = (platform) =>
  sitesOf(platform).flatMap((site) =>
    placedOn(platform.databases, site.siteName).flatMap(([name, database]): readonly Problem[] => {
      const path = `databases.${name}`;
      if (database.engine === 'sqlserver') {
        return when(site.cloud === 'aws', () => ({
          path: `${path}.on`,
          got: database.on,
          allowed: 'a site on azure, sqlserver is not offered on aws',
          remedy: `place it with on: ['recovery'], or use engine 'postgres'`,
        }));
      }
      const { topology, readReplicas, readerScaling } = database;
      if (site.cloud === 'azure') {
        return when(readReplicas > azureReaders, () => ({
          path: `${path}.readReplicas`,
          got: readReplicas,
          allowed: `0 to ${azureReaders} on azure`,
          remedy: 'lower it, or move readers to a second database',
        }));
      }
      const { min, max } = readers[topology];
      return [
        ...when(readReplicas < min || readReplicas > max, () => ({
          path: `${path}.readReplicas`,
          got: readReplicas,
          allowed: `${min === max ? min : `${min} to ${max}`} with topology ${topology} on aws`,
          remedy: 'correct the number, or choose another topology',
        })),
        ...when(readerScaling !== undefined && topology !== 'aurora', () => ({
          path: `${path}.readerScaling`,
          got: readerScaling,
          allowed: 'absent unless the topology is aurora',
          remedy: 'remove it, or choose topology aurora',
        })),
        ...when(readerScaling !== undefined && readerScaling.max < readReplicas, () => ({
          path: `${path}.readerScaling.max`,
          got: readerScaling?.max,
          allowed: `at least readReplicas, which is ${readReplicas}`,
          remedy: 'raise it, or lower readReplicas',
        })),
      ];
    }),
  );

/** Goals that only AWS can measure are promised of parts that stand there alone. */
export const measured: Check = (platform) =>
  sitesOf(platform).flatMap(({ cloud, siteName }) => {
    if (cloud === 'aws') return [];
    const found = [
      ...placedOn(platform.caches, siteName).map(
        ([name, { hitPercent }]) => [`caches.${name}.hitPercent`, hitPercent] as const,
      ),
      ...placedOn(platform.buckets, siteName).map(
        ([name, { uploadSuccessPercent }]) => [`buckets.${name}.uploadSuccessPercent`, uploadSuccessPercent] as const,
      ),
    ];
    return found.flatMap(([path, got]) =>
      when(got !== undefined, () => ({
        path,
        got,
        allowed: `absent on ${cloud}, where ${siteName} stands: alerts there compare one figure, and this is one of two`,
        remedy: 'remove it, or let the part stand on aws alone with on',
      })),
    );
  });

/** Only what clients write in parts is held to a share of uploads. */
export const uploads: Check = ({ buckets }) =>
  Object.entries(buckets).flatMap(([name, { holds, uploadSuccessPercent }]) =>
    when(uploadSuccessPercent !== undefined && holds !== 'uploads', () => ({
      path: `buckets.${name}.uploadSuccessPercent`,
      got: uploadSuccessPercent,
      allowed: `absent unless holds is uploads, and it is ${holds}`,
      remedy: 'remove it',
    })),
  );

/** An event store lies in a database that its owner uses. */
export const eventStores: Check = (platform) =>
  Object.entries(platform.eventStores).flatMap(([name, { database, owner }]) => [
    ...when(platform.databases[database]?.on.includes('primary') === false, () => ({
      path: `eventStores.${name}.database`,
      got: database,
      allowed: 'a database on primary, where its owner appends',
      remedy: `add primary to databases.${database}.on, or choose another database`,
    })),
    ...when(isDeclared(platform, owner, database) && !ownerUses(platform, owner, database), () => ({
      path: `eventStores.${name}.owner`,
      got: owner,
      allowed: `a service whose uses.databases names ${database}`,
      remedy: `add ${database} to services.${owner}.uses.databases`,
    })),
  ]);

const isDeclared = (platform: Platform, owner: string, database: string): boolean =>
  platform.services[owner] !== undefined && platform.databases[database] !== undefined;

const ownerUses = (platform: Platform, owner: string, database: string): boolean =>
  platform.services[owner]?.uses.databases.includes(database) ?? false;

/** A search domain with standby spreads evenly over three zones. */
export const searches: Check = (platform) =>
  sitesOf(platform).flatMap((site) =>
    openSearches(placedOn(platform.searches, site.siteName))
      .filter(([, { topology }]) => topology === 'standby' && site.cloud === 'aws')
      .flatMap(([name, { nodes }]) => [
        ...when(nodes % 3 !== 0, () => ({
          path: `searches.${name}.nodes`,
          got: nodes,
          allowed: 'a multiple of 3 with topology standby',
          remedy: `choose ${Math.ceil(nodes / 3) * 3}, or topology single`,
        })),
        ...when(site.zones.length !== 3, () => ({
          path: `searches.${name}.topology`,
          got: 'standby',
          allowed: `single on a site with ${site.zones.length} zones`,
          remedy: 'name three zones, or choose topology single',
        })),
      ]),
  );

/** A single search node is a single node. */
export const singleSearch: Check = (platform) =>
  openSearches(Object.entries(platform.searches))
    .filter(([, { topology, nodes }]) => topology === 'single' && nodes !== 1)
    .map(([name, { nodes }]) => ({
      path: `searches.${name}.nodes`,
      got: nodes,
      allowed: '1 with topology single',
      remedy: 'set it to 1, or choose topology standby',
    }));

/** A topic keeps order only if all its subscribers do. */
export const topics: Check = (platform) =>
  Object.entries(platform.topics).flatMap(([name, { fifo, subscribers }]) =>
    subscribers.flatMap((queue) =>
      when(platform.queues[queue] !== undefined && platform.queues[queue].fifo !== fifo, () => ({
        path: `topics.${name}.subscribers`,
        got: queue,
        allowed: fifo ? 'a queue with fifo: true' : 'a queue without fifo',
        remedy: 'let the topic and its queues agree',
      })),
    ),
  );

/** Saga steps and the notification at the end have names of their own and a queue that takes them. */
export const workflows: Check = (platform) =>
  Object.entries(platform.workflows).flatMap(([name, { steps, notifies }]) => {
    const commands = steps.flatMap((step, index) => [
      { path: `workflows.${name}.steps.${index}.name`, command: step.name },
      ...(typeof step.compensation === 'string'
        ? [{ path: `workflows.${name}.steps.${index}.compensation`, command: step.compensation }]
        : []),
    ]);
    const repeated = commands
      .filter(({ command }, index) => commands.findIndex((other) => other.command === command) !== index)
      .map(({ path, command }) => ({
        path,
        got: command,
        allowed: 'a name that no other step or compensation of the workflow has',
        remedy: 'give each command its own name',
      }));
    const ordered = when(notifies !== undefined && platform.queues[notifies]?.fifo === true, () => ({
      path: `workflows.${name}.notifies`,
      got: notifies,
      allowed: 'a queue without fifo',
      remedy: 'choose a standard queue',
    }));
    const promised = steps.flatMap(({ compensates }, index) =>
      compensates === undefined ? [] : [{ compensates, index }],
    );
    const others = promised.slice(1).map(({ compensates, index }) => ({
      path: `workflows.${name}.steps.${index}.compensates`,
      got: compensates,
      allowed: `absent: steps.${promised[0]?.index} is undone before all others, and only one can be the first`,
      remedy: 'promise a time of the step that others wait for most, or make a workflow of its own of this one',
    }));
    return [
      ...repeated,
      ...ordered,
      ...others,
      ...steps.flatMap((step, index) => undoing(`workflows.${name}.steps.${index}`, step)),
    ];
  });

/** Only what is undone is undone in time, and not by its own service alone. */
const undoing = (path: string, { compensates, compensation }: Platform['workflows'][string]['steps'][number]) =>
  compensates === undefined
    ? []
    : [
        ...when(typeof compensation !== 'string', () => ({
          path: `${path}.compensates`,
          got: compensates,
          allowed: 'absent for a step that cannot be undone',
          remedy: 'name the command that undoes it as compensation, or remove compensates',
        })),
        ...when(compensates.workMilliseconds >= compensates.withinMilliseconds, () => ({
          path: `${path}.compensates.workMilliseconds`,
          got: compensates.workMilliseconds,
          allowed: `less than withinMilliseconds, which is ${compensates.withinMilliseconds}`,
          remedy: 'lower it, or promise a longer time',
        })),
      ];

/** A recovery goal needs a site to recover on. Stages that are not protected may do without. */
export const recoveryGoal: Check = (platform) =>
  when(
    platform.goals.recovery !== undefined && platform.stage.protected && platform.stage.sites.recovery === undefined,
    () => ({
      path: `stages.${platform.stageName}.sites.recovery`,
      got: undefined,
      allowed: 'declared, because goals.recovery is',
      remedy: 'declare the recovery site, or remove goals.recovery',
    }),
  );

/** An object that leaves before it cools down never cools down. */
export const bucketAges: Check = (platform) =>
  Object.entries(platform.buckets).flatMap(([name, { coldAfterDays, expireDays }]) =>
    when(coldAfterDays !== undefined && expireDays !== undefined && coldAfterDays >= expireDays, () => ({
      path: `buckets.${name}.coldAfterDays`,
      got: coldAfterDays,
      allowed: `less than expireDays, which is ${expireDays}`,
      remedy: 'lower it, or leave it out',
    })),
  );
