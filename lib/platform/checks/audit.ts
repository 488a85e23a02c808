import { postgresOn } from '../placed-databases';
import { judgedOn } from '../conformance';
import { siteOn, sitesOf } from '../platform';
import { scopeOf } from '../scopes';
import { stagePath, when, type Check } from './check';

/** Something judges by each standard, which stands once, and somebody hears what no longer conforms. */
export const conformance: Check = (platform) => {
  const { conformance: packs, trail } = platform.stage.audit;
  const path = stagePath(platform, 'audit.conformance');
  const clouds = sitesOf(platform).map(({ cloud }) => cloud);
  return [
    ...packs
      .filter((pack) => clouds.every((cloud) => !judgedOn[cloud].includes(pack)))
      .map((pack) => ({
        path,
        got: pack,
        allowed: `${judgedOn.azure.join(', ')} without a site on aws`,
        remedy: `remove it; no initiative of Azure Policy is assigned for ${pack}`,
      })),
    ...when(trail !== 'own' && clouds.includes('azure') && packs.some((pack) => judgedOn.azure.includes(pack)), () => ({
      path: stagePath(platform, 'audit.trail'),
      got: trail,
      allowed: "'own' where Azure judges by a standard: the log of the subscription says what no longer conforms",
      remedy: "make it 'own', or leave the standard to the organisation too and remove it from audit.conformance",
    })),
    ...packs
      .filter((pack, index) => packs.indexOf(pack) !== index)
      .map((pack) => ({
        path,
        got: pack,
        allowed: 'a list in which each pack stands once',
        remedy: 'remove the repetition',
      })),
  ];
};

/** The archive is a bucket of AWS, and the databases of a scope have one of their own. */
export const databaseLogs: Check = (platform) => {
  const { databaseLogs: archive } = platform.stage.audit;
  const aws = siteOn(platform, 'aws');
  const kept = aws === undefined ? [] : postgresOn(platform, aws.siteName);
  return when(
    archive !== undefined && kept.every(([name]) => scopeOf(platform, 'databases', name) !== undefined),
    () => ({
      path: stagePath(platform, 'audit.databaseLogs'),
      got: archive,
      allowed: 'none without a PostgreSQL database on aws that is outside of every scope',
      remedy:
        'remove it; a scope keeps the logs of its databases for archiveDays of its own, and Azure those of others for logDays',
    }),
  );
};
