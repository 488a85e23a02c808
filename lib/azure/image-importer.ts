import { Construct } from 'constructs';
import { tokenIssuer, tokenSubject } from '../platform/delivery';
import { importerWord } from '../platform/names';
import type { Platform } from '../platform/platform';
import { OutsideIdentity } from './outside-identity';
import type { Place } from './place';
import { assignRole, type Identity } from './role';

export interface ImageImporterProps {
  readonly place: Place;
  readonly platform: Pick<Platform, 'stageName' | 'delivery'>;
  /** Id of the registry into which images are imported. */
  readonly registryId: string;
}

/**
 * How GitHub's workflows get images into the registry of a stage: no key is kept anywhere. A job of the environment with the
 * stage's name exchanges its token for this identity, by the very subject that the stage's roles on AWS ask for. It tells the registry to fetch
 * an image from elsewhere, which takes no way into the network, and may neither upload layers nor remove anything.
 *
 * The role is Azure's narrowest that may do so: its actions are `importImage`, `read` and `pull/read` of a registry.
 */
export class ImageImporter extends Construct {
  public readonly identity: Identity;

  public constructor(scope: Construct, id: string, props: ImageImporterProps) {
    super(scope, id);
    const { place, platform, registryId } = props;
    this.identity = new OutsideIdentity(this, 'Pipeline', {
      place,
      word: importerWord,
      from: 'github',
      issuer: tokenIssuer,
      subject: tokenSubject(platform.delivery, platform.stageName),
    }).identity;
    assignRole(this, 'Imports', {
      principalId: this.identity.principalId,
      role: 'Container Registry Data Importer and Data Reader',
      scopeId: registryId,
    });
  }
}
