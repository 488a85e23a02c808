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

/**
 * Acts for every service of a database in what recovery needs of their tables: it applies what the other site wrote, guards
 * tables, moves sequences. PostgreSQL applies changes only as a role that may log in; nobody can as this one, since it has
 * neither a password nor an identity of a cloud.
 */
export const replicationRole = 'mainstay_replication';

/** As whom the other site reads what this one writes: the one user of the platform with a password. */
export const standbyUser = 'mainstay_standby';

/** As whom the keeper of a site tells that the site is alive, and renews its right to write. */
export const keeperUser = 'mainstay_keeper';

/** The subscription of a site that follows. */
export const recoverySubscription = 'mainstay_recovery';
