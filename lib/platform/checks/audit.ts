import { postgresOn } from '../placed-databases';
import { siteOn } from '../platform';
import { scopeOf } from '../scopes';
import { stagePath, when, type Check } from './check';

/** Packs of rules are AWS Config's, each once. */
export const conformance: Check = (platform) => {
  const { conformance: packs } = platform.stage.audit;
  const path = stagePath(platform, 'audit.conformance');
  return [
    ...when(packs.length > 0 && siteOn(platform, 'aws') === undefined, () => ({
      path,
      got: packs,
      allowed: 'none without a site on aws, whose Config judges by them',
      remedy: 'remove it; on azure, assign the built-in initiative of Azure Policy for the standard',
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
