import type { Row } from '../../support/about';
import { correlationInMesh } from '../../support/correlation-row';
import { ownNames } from '../../support/own-names';
import { contents } from './contents';
import { databasesRow } from './databases';
import { documents, tags } from './documents';
import { edge } from './edge';
import { flags, turns } from './flags';
import { gateway } from './gateway';
import { digests, ledger } from './ledger';
import { messages } from './messages';
import { operations } from './operations';
import { payment } from './payment';
import { scopeRow } from './scope';
import { services } from './services';
import { standard } from './standard';
import { stores } from './stores';

/** Rows of what the platform must have, as they show in what Terraform is told for production. */
export const siteRows: readonly Row[] = [
  databasesRow,
  ledger,
  stores,
  documents,
  flags,
  payment,
  scopeRow,
  edge,
  gateway,
  messages,
  ownNames(tags),
  operations,
  standard,
];

/** The same for what stands in its cluster. */
export const clusterRows: readonly Row[] = [services, contents, digests, turns, correlationInMesh()];
