import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { AuditDetection } from '../../lib/aws/audit-detection';
import { AuditNotices } from '../../lib/aws/audit-notices';
import type { Platform } from '../../lib/platform/platform';

/** Threats are looked for region by region: in one where something of the platform stands beside its site, this does so. */
export function watchRegion(scope: Construct, { alarms, platform }: { alarms: Alarms; platform: Platform }): void {
  if (platform.stage.audit.threatDetection === 'own') new AuditDetection(scope, 'Detection');
  new AuditNotices(scope, 'Notices', { alarms });
}
