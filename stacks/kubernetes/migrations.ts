import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { copiedImage } from '../../lib/kubernetes/copied-image';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { Migrations } from '../../lib/kubernetes/migrations';
import { migrationWord, scopeMigrationWord } from '../../lib/platform/names';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase, PlatformLayer } from './layer';

/** What brings databases up to date before services start; nothing where nobody has a user in one that is brought up to date so. */
export function registerMigrations(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): PlatformLayer['migrations'] {
  const words = [migrationWord, ...Object.keys(context.platform.scopes).map(scopeMigrationWord)];
  const images = {
    postgres: copiedImage(context, 'postgres'),
    programs: failoverImage(context, failoverDigest(context.releases)),
  };
  const made = words.flatMap((word) => {
    const namespace = namespaces[word];
    return namespace === undefined
      ? []
      : [new Migrations(word, { context, word, images, after: [namespace] }, options).jobs];
  });
  return Object.assign({}, ...made) as PlatformLayer['migrations'];
}
