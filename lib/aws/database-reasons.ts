import type { IConstruct } from 'constructs';
import { acknowledge, type Acknowledgements } from './acknowledge';

const port = 'Groups alone decide who reaches the port; another number would hide nothing from them.';

/** Services know PostgreSQL by its own port. */
export const defaultPort: Acknowledgements = { 'AwsSolutions-RDS11': port };

const unprotected =
  'The definition leaves this stage unprotected: what it holds can be made again. It is retained all the same.';

/** A database whose stage is not protected can be deleted by who may delete databases. */
export function acknowledgeDeletable(server: IConstruct, isProtected: boolean): void {
  if (isProtected) return;
  acknowledge(server, {
    'AwsSolutions-RDS10': unprotected,
    'NIST.800.53.R5-RDSInstanceDeletionProtectionEnabled': unprotected,
  });
}

const alone = 'The definition leaves this stage unprotected: it may wait while a lost server is made again.';

/** A database without standby is away while its server is made again. */
export function acknowledgeAlone(server: IConstruct, standby: boolean): void {
  if (standby) return;
  acknowledge(server, { 'AwsSolutions-RDS3': alone, 'NIST.800.53.R5-RDSMultiAZSupport': alone });
}

/** What the rules look for on a member of Aurora is set on its cluster, where new readers find it too. */
export const clusterMember: Acknowledgements = {
  'NIST.800.53.R5-RDSEnhancedMonitoringEnabled': 'Set on the cluster, for readers that are added under load too.',
  'NIST.800.53.R5-RDSInBackupPlan':
    'The storage belongs to the cluster, which is backed up as a whole; a server holds none.',
};

/** A server that is put into a zone of its own, so that no two of a database share one while zones last. */
export const inZone: Acknowledgements = {
  'CloudFormation-Validate::W3010': 'The zones of a site are part of its definition, and each server is given another.',
};
