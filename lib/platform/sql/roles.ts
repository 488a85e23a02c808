/** Owns what services must not: their schemas, the events, the ledger. Nobody logs in as it. */
export const ownerRole = 'mainstay_owner';

/**
 * Whatever this role may do to a table is audited when somebody does it. RDS takes no other name for `pgaudit.role`;
 * the other clouds take it too.
 */
export const auditRole = 'rds_pgaudit';

/** Schema of the platform's own tables and functions; services have no access. */
export const platformSchema = 'mainstay';

/** Schema of the extensions, which every service may use. */
export const extensionSchema = 'extensions';

/** What a recovery site subscribes to. */
export const recoveryPublication = 'mainstay_recovery';
