import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { copiedImage } from '../../lib/kubernetes/copied-image';
import { Migrations } from '../../lib/kubernetes/migrations';
import { migrationWord } from '../../lib/platform/names';
import type { PlatformBase, PlatformLayer } from './layer';

/** What brings databases up to date before services start; nothing where nobody has a user in one that is brought up to date so. */
export function registerMigrations(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): PlatformLayer['migrations'] {
  const namespace = namespaces[migrationWord];
  return namespace === undefined
    ? {}
    : new Migrations(migrationWord, { context, image: copiedImage(context, 'postgres'), after: [namespace] }, options)
        .jobs;
}
