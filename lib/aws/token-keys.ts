import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { byKey, keyField, type KeyId } from '../platform/gateway/token-keys';
import { named } from '../platform/named';
import type { ExternalSecret } from './secret';

type Keys = Readonly<Record<KeyId, secretsmanager.Secret>>;

const half =
  (of: 'privateKey' | 'publicKey') =>
  ({ entries }: Pick<ExternalSecret, 'entries'>): Keys =>
    byKey((id) => named('gateway.tokens.secret', entries, keyField(of, id)));

/** The entries by which tokens are signed. */
export const privateKeys = half('privateKey');

/** The entries by which tokens are verified. */
export const publicKeys = half('publicKey');
