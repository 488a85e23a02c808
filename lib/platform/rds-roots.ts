import { PlatformError } from './error';
import roots from './rds-roots.json';

/**
 * The root that signs the certificates of a region's databases (`rds-ca-rsa2048-g1`), in PEM. AWS publishes it at
 * https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem; it is kept here so that a connection is verified
 * without fetching anything first.
 *
 * @throws PlatformError if the root of the region is not kept here.
 */
export function rdsRoot(region: string): string {
  const root = (roots as Readonly<Record<string, string>>)[region];
  if (root !== undefined) return root;
  throw new PlatformError('databases on aws', [
    {
      path: 'stage.sites.primary.region',
      got: region,
      allowed: `a region whose root certificate is kept here, which are ${Object.keys(roots).join(', ')}`,
      remedy: 'add the root of the region to lib/platform/rds-roots.json, from where AWS publishes it',
    },
  ]);
}
