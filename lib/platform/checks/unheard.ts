import type { Definition } from '../definition';
import type { Problem } from '../error';
import { stage } from '../nouns/site';
import { oncePer } from '../once';
import { siteOn, sitesOf, sitesOn, standsOn, type PlacedSite, type Platform } from '../platform';
import type { Noun } from '../schema';

/** Something that may be said where, as it happens, nobody hears it. */
interface Word {
  /** Where it is said, from the root of the platform in one stage; `*` is any name. */
  readonly at: string;
  /** Whether anything in the stage does what it says, for the name at the first `*`. */
  readonly heard: (platform: Platform, name: string) => boolean;
  /** What may stand there, as the rest of "must be …". */
  readonly allowed: string;
  readonly remedy: string;
}

type Stands = (noun: Noun) => Word['heard'];

/** A part stands on a site of which something is true. */
const standsWhere =
  (holds: (site: PlacedSite) => boolean): Stands =>
  (noun) =>
  (platform, name) =>
    sitesOf(platform).some((site) => holds(site) && standsOn(platform, site.siteName, noun, name));

const onAws = standsWhere(({ cloud }) => cloud === 'aws');
const onAzure = standsWhere(({ cloud }) => cloud === 'azure');
const withAws: Word['heard'] = (platform) => siteOn(platform, 'aws') !== undefined;

/** Services of the account on AWS that Azure has nothing of, or has always. */
const accountOnly = (word: string, remedy: string): Word => ({
  at: `stage.audit.${word}`,
  heard: withAws,
  allowed: 'absent without a site on aws, whose account it is about',
  remedy: `remove it: ${remedy}`,
});

/**
 * Properties that have a default, so that they always have a value, and that nothing reads on some sites. Whoever writes one there
 * believes that it does something.
 */
export const unheard: readonly Word[] = [
  {
    at: 'databases.*.topology',
    heard: onAws('databases'),
    allowed:
      'absent where the database stands on azure alone, which has one way: a server with a standby in another zone',
    remedy: 'remove it; readReplicas adds readers',
  },
  {
    at: 'databases.*.storageGiB',
    heard: (platform, name) => {
      const database = platform.databases[name];
      if (database?.engine === 'sqlserver') return database.tier === 'general';
      return database?.topology !== 'aurora' || onAzure('databases')(platform, name);
    },
    allowed: 'absent where storage stands apart and takes what it needs: Aurora, and SQL Server on hyperscale',
    remedy: "remove it, or choose a topology with disks of its own, or the tier 'general'",
  },
  {
    at: 'databases.*.readerScaling',
    heard: onAws('databases'),
    allowed: 'absent where the database stands on azure alone, whose readers do not come by themselves',
    remedy: 'remove it, and let readReplicas be as many as the peak needs',
  },
  {
    at: 'caches.*.engine',
    heard: onAws('caches'),
    allowed: 'absent where the cache stands on azure alone, which has Managed Redis and nothing else',
    remedy: 'remove it; clients speak the protocol of either engine',
  },
  {
    at: 'messages.*.sms.countries.*.registered',
    heard: onAws('messages'),
    allowed: 'absent without a site on aws that sends, where it decides whether the platform makes the name',
    remedy: 'remove it, and register the name in the portal as docs/guides/recovery-site.md says',
  },
  {
    at: 'messages.*.sms.countries.*.azure',
    heard: onAzure('messages'),
    allowed: 'absent without a site on azure that sends',
    remedy: 'remove it: on aws the platform buys a number of its own',
  },
  {
    at: 'services.*.release.rollback.errorsAbove',
    heard: withAws,
    allowed:
      'absent without a site on aws, where ecs may run it: in a cluster the new version is always compared with the stable one',
    remedy: 'remove it; errorPercent says by how much more may fail',
  },
  {
    at: 'scopes.*.archiveDays',
    heard: withAws,
    allowed: 'absent without a site on aws: on azure, what is logged lies in the workspace of the site',
    remedy: 'remove it, and let logDays of the stage be as long as the standard asks',
  },
  {
    at: 'goals.commitments',
    heard: withAws,
    allowed:
      'absent without a site on aws: azure tells of reservations by the account that is billed, and not by a subscription',
    remedy: 'remove it, and have whoever keeps that account set an alert on the use of reservations in Cost Management',
  },
  accountOnly('objectEvents', 'storage on azure logs every reading, writing and deletion in Log Analytics'),
  accountOnly('config', "on azure, the activity log and Azure Policy's compliance state are always there"),
  accountOnly('accessAnalyzer', 'on azure, who has a role is reviewed by access reviews of Entra ID'),
  {
    at: 'stage.sites.primary.link',
    heard: () => false,
    allowed: 'absent at the primary: a link is told of at the site that recovers a primary on aws',
    remedy: 'remove it, or write it at sites.recovery',
  },
  {
    at: 'stage.sites.recovery.link',
    heard: withAws,
    allowed: 'absent between two regions of azure, whose networks are peered',
    remedy: 'remove it',
  },
  {
    at: 'stage.sites.primary.network.officesAsn',
    heard: (platform) =>
      sitesOn(platform, 'aws').some(
        ({ network, siteName }) => siteName === 'primary' && Object.keys(network.offices).length > 0,
      ),
    allowed: 'absent without offices: it is the end of their tunnels',
    remedy: 'remove it, or declare network.offices',
  },
  {
    at: 'gateway.scale.backlogPerTask',
    heard: () => false,
    allowed: 'absent: a gateway receives from no queue',
    remedy: 'remove it, or say requestsPerTask',
  },
];

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** What an input says at a pattern: the path, the names that stood for `*`, and the value; nothing where it says nothing. */
function said(
  input: unknown,
  [word, ...rest]: readonly string[],
  path: readonly string[] = [],
  names: readonly string[] = [],
): readonly { readonly path: string; readonly name: string; readonly value: unknown }[] {
  if (word === undefined) {
    return input === undefined || input === null ? [] : [{ path: path.join('.'), name: names[0] ?? '', value: input }];
  }
  return entriesOf(input)
    .filter(([key]) => word === '*' || key === word)
    .flatMap(([key, value]) => said(value, rest, [...path, key], word === '*' ? [...names, key] : names));
}

type StageInputs = Definition['stages'][string];

/** A stage as far as it can be read: each is asked for as often as there are stages. */
const stageFrom = oncePer((input: StageInputs): Platform['stage'] | undefined => {
  const { every: _every, omits: _omits, overrides: _overrides, ...rest } = input;
  return stage.safeParse(rest).data;
});

/** The platform in every stage of its definition, as far as a stage says where it stands. */
const inEveryStage = ({ stages }: Pick<Definition, 'stages'>, platform: Platform): readonly Platform[] =>
  Object.values(stages).flatMap((input) => {
    const data = stageFrom(input);
    return data === undefined ? [] : [{ ...platform, stage: data }];
  });

/**
 * What an input says that nobody hears: of the stage itself, nobody in the stage, of the parts, which stages share, nobody in any
 * stage. What it leaves out has a default, and is nobody's problem.
 */
export function unheardProblems(definition: Definition, input: unknown, platform: Platform): readonly Problem[] {
  const everywhere = inEveryStage(definition, platform);
  return unheard.flatMap(({ allowed, at, heard, remedy }) =>
    said(input, at.split('.'))
      .filter(({ name }) => !(at.startsWith('stage.') ? [platform] : everywhere).some((each) => heard(each, name)))
      .map(({ path, value }) => ({
        path: path.replace(/^stage\./, `stages.${platform.stageName}.`),
        got: value,
        allowed,
        remedy,
      })),
  );
}
