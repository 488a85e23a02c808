import type { PostgresqlFlexibleServerConfig } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';

/** Who logs in with a password. */
export interface PasswordLogin {
  readonly user: string;
  /** A reference to the password, which is written and never read back: neither the output nor the state has it. */
  readonly password: string;
  /** Raised when the password is another one, since nobody sees that it is. */
  readonly version: number;
}

/** Lets one administrator log in with a password, besides everybody who logs in by Entra ID. */
export const passwordLogin = (
  tenantId: string,
  { password, user, version }: PasswordLogin,
): Partial<PostgresqlFlexibleServerConfig> => ({
  authentication: { activeDirectoryAuthEnabled: true, passwordAuthEnabled: true, tenantId },
  administratorLogin: user,
  administratorPasswordWo: password,
  administratorPasswordWoVersion: version,
});
