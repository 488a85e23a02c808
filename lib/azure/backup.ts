import { DataProtectionBackupInstanceBlobStorage } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-blob-storage';
import { DataProtectionBackupInstancePostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-postgresql-flexible-server';
import { DataProtectionBackupPolicyBlobStorage } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-blob-storage';
import { DataProtectionBackupPolicyPostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-postgresql-flexible-server';
import { DataProtectionBackupVault } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault';
import { DataProtectionBackupVaultCustomerManagedKey } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault-customer-managed-key';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { pairedRegion } from '../platform/azure-paired-regions';
import { raiseAlert } from './alerts';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { assignRole } from './role';
import { waitFor } from './wait-for';

export interface BackupProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly encryption: Encryption;
  /** Recovery points are kept this long, in days. */
  readonly retentionDays: number;
  /** Ids of the PostgreSQL servers that are written to, by database. */
  readonly databases: Readonly<Record<string, string>>;
  /** Id of the resource group in which these stand. */
  readonly databaseGroupId: string;
  /** Storage accounts whose objects can be taken back to any second, and for how many days back, by name. */
  readonly accounts: Readonly<Record<string, { readonly id: string; readonly restoreDays: number }>>;
}

/** How the vault keeps what is in it. */
export interface VaultSettings {
  readonly redundancy: 'GeoRedundant' | 'ZoneRedundant';
  readonly crossRegionRestoreEnabled?: true;
}

/**
 * How the vault keeps recovery points: in the paired region too, from where they can be restored without Azure's say, and in
 * three zones where the region has no pair or the stage is not protected.
 */
export const vaultSettings = ({ isProtected, location }: Pick<Place, 'isProtected' | 'location'>): VaultSettings =>
  isProtected && pairedRegion(location) !== undefined
    ? { redundancy: 'GeoRedundant', crossRegionRestoreEnabled: true }
    : { redundancy: 'ZoneRedundant' };

/** For so long what is deleted from the vault can be had back, in days. Azure charges nothing for these. */
const softDeleteDays = 14;

/** When databases are backed up: by the week, which is the most that Azure offers, in the night of East Asia. */
const schedule = 'R/2026-01-04T18:00:00+00:00/P1W';

/** The first recovery point of a month is kept for a year, in stages that are protected. */
const monthly = { name: 'Monthly', priority: 10, criteria: { absoluteCriteria: 'FirstOfMonth' } } as const;

const kept = (duration: string) => [{ dataStoreType: 'VaultStore', duration }];

/**
 * Recovery points of databases in a vault from which nobody removes them before their time, beside the databases' own
 * point-in-time recovery, which goes with the server. Objects are taken back by their own account, under a policy of the
 * vault: Azure copies them into a vault only from accounts that may replicate to other tenants, which these may not. Their
 * second copy is in the paired region. Caches, messages and what runs in the cluster are not backed up: they are made again.
 */
export class Backup extends Construct {
  public readonly vault: DataProtectionBackupVault;

  public constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    this.vault = this.makeVault(props);
    this.backUpDatabases(props);
    this.backUpObjects(props);
  }

  private makeVault({ encryption, monitoring, place }: BackupProps): DataProtectionBackupVault {
    const vault = new DataProtectionBackupVault(this, 'Vault', {
      ...placed(place),
      // Recovery points hold what their sources hold, so the strictest class there is.
      tags: { ...place.tags, 'data-class': 'restricted' },
      name: nameIn(place, 'backup-vault'),
      datastoreType: 'VaultStore',
      ...vaultSettings(place),
      immutability: 'Unlocked',
      softDelete: 'AlwaysOn',
      retentionDurationInDays: softDeleteDays,
      identity: { type: 'SystemAssigned' },
    });
    keep(vault);
    const keyUse = assignRole(this, 'KeyUse', {
      principalId: vault.identity.principalId,
      role: 'Key Vault Crypto Service Encryption User',
      scopeId: `${encryption.vaultId}/keys/storage`,
    });
    const key = new DataProtectionBackupVaultCustomerManagedKey(this, 'Key', {
      dataProtectionBackupVaultId: vault.id,
      keyVaultKeyId: encryption.keyIds.storage,
    });
    waitFor(key, [keyUse]);
    sendDiagnostics(this, { id: vault.id, monitoring });
    raiseAlert(this, 'Failed', {
      place,
      monitoring,
      name: 'backup-failed',
      targetId: vault.id,
      metricNamespace: 'Microsoft.DataProtection/BackupVaults',
      metricName: 'BackupHealthEvent',
      aggregation: 'Count',
      threshold: 1,
      windowMinutes: 60,
      dimensions: { healthStatus: ['PersistentUnhealthy', 'TransientUnhealthy'] },
      description: 'A backup failed.',
      runbook: 'azure-backup',
    });
    return vault;
  }

  private backUpDatabases({ databaseGroupId, databases, place, retentionDays }: BackupProps): void {
    if (Object.keys(databases).length === 0) return;
    const policy = new DataProtectionBackupPolicyPostgresqlFlexibleServer(this, 'DatabasePolicy', {
      name: 'databases',
      vaultId: this.vault.id,
      backupRepeatingTimeIntervals: [schedule],
      timeZone: 'UTC',
      defaultRetentionRule: { lifeCycle: kept(`P${retentionDays}D`) },
      ...(place.isProtected ? { retentionRule: [{ ...monthly, lifeCycle: kept('P12M') }] } : {}),
    });
    // Azure asks for it on the whole group: it looks the group up first. It reads what there is, and no data.
    // https://learn.microsoft.com/azure/backup/backup-azure-database-postgresql-flex-overview
    const read = this.allow('DatabasesRead', 'Reader', databaseGroupId);
    for (const [name, serverId] of Object.entries(databases)) {
      const instance = new DataProtectionBackupInstancePostgresqlFlexibleServer(this, `${pascalCase(name)}Database`, {
        name,
        location: place.location,
        vaultId: this.vault.id,
        serverId,
        backupPolicyId: policy.id,
      });
      waitFor(instance, [
        read,
        this.allow(
          `${pascalCase(name)}DatabaseBackup`,
          'PostgreSQL Flexible Server Long Term Retention Backup Role',
          serverId,
        ),
      ]);
    }
  }

  private backUpObjects({ accounts, place }: BackupProps): void {
    for (const [name, { id, restoreDays }] of Object.entries(accounts)) {
      const prefix = pascalCase(name);
      const policy = new DataProtectionBackupPolicyBlobStorage(this, `${prefix}ObjectPolicy`, {
        name: `objects-${name}`,
        vaultId: this.vault.id,
        operationalDefaultRetentionDuration: `P${restoreDays}D`,
      });
      const instance = new DataProtectionBackupInstanceBlobStorage(this, `${prefix}Objects`, {
        name,
        location: place.location,
        vaultId: this.vault.id,
        storageAccountId: id,
        backupPolicyId: policy.id,
      });
      waitFor(instance, [this.allow(`${prefix}ObjectsBackup`, 'Storage Account Backup Contributor', id)]);
    }
  }

  private allow(id: string, role: string, scopeId: string): RoleAssignment {
    return assignRole(this, id, { principalId: this.vault.identity.principalId, role, scopeId });
  }
}
