import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { copiedImage } from '../../lib/kubernetes/copied-image';
import { Migrations } from '../../lib/kubernetes/migrations';
import { migrationWord } from '../../lib/platform/names';
import type { PlatformBase, PlatformLayer } from './layer';

/** What brings databases up to date before services start. */
export function registerMigrations(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): PlatformLayer['migrations'] {
  const namespace = namespaces[migrationWord];
  return new Migrations(
    migrationWord,
    { context, image: copiedImage(context, 'postgres'), after: namespace === undefined ? [] : [namespace] },
    options,
  ).jobs;
}
