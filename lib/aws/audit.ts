import { aws_ecr as ecr, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Audit as AuditSpec } from '../platform/nouns/audit';
import type { AwsSite } from '../platform/nouns/site';
import type { Alarms } from './alarms';
import { AuditAccess } from './audit-access';
import { AuditConfig } from './audit-config';
import { AuditConformance, isPack } from './audit-conformance';
import { AuditDetection } from './audit-detection';
import { AuditNotices } from './audit-notices';
import { AuditStandards } from './audit-standards';
import { AuditTrail } from './audit-trail';
import { LogArchive } from './log-archive';

export interface AuditProps {
  readonly spec: AuditSpec;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Nothing of this stage is removed by mistake. */
  readonly protected: boolean;
  /** Encrypts logs. */
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  /** What runs the services. @default 'ecs' */
  readonly runtime?: AwsSite['runtime'];
  /** Where requests for the records are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/**
 * What watches the account: every service that the stage runs itself. One that the organisation runs is not made here,
 * but its urgent findings are told all the same.
 *
 * Each service exists once an account and region, so two stages in one account cannot both run it. All of it outlives its
 * stack: a stack that is deleted by mistake blinds nobody.
 */
export class Audit extends Construct {
  public readonly trail: AuditTrail | undefined;
  public readonly config: AuditConfig | undefined;
  public readonly detection: AuditDetection | undefined;
  public readonly standards: AuditStandards | undefined;
  /** Absent where AWS Config judges by no standard. */
  public readonly conformance: AuditConformance | undefined;
  public readonly access: AuditAccess | undefined;
  public readonly scanning: ecr.CfnRegistryScanningConfiguration | undefined;
  /** Where logs of databases outside of every scope are copied to. Absent where the stage keeps no copy. */
  public readonly databaseLogs: LogArchive | undefined;
  public readonly notices: AuditNotices;

  public constructor(scope: Construct, id: string, props: AuditProps) {
    super(scope, id);
    const { spec } = props;
    const own = <Part>(owner: AuditSpec['trail'], make: () => Part): Part | undefined =>
      owner === 'own' ? make() : undefined;

    this.trail = own(spec.trail, () => new AuditTrail(this, 'Trail', props));
    this.config = own(spec.config, () => new AuditConfig(this, 'Config', { ...props, key: props.logsKey }));
    this.detection = own(spec.threatDetection, () => new AuditDetection(this, 'Detection', props));
    this.standards = own(
      spec.findings,
      () => new AuditStandards(this, 'Standards', this.config === undefined ? {} : { history: this.config }),
    );
    const packs = spec.conformance.filter(isPack);
    this.conformance =
      packs.length === 0
        ? undefined
        : new AuditConformance(this, 'Conformance', {
            packs,
            prefix: props.prefix,
            alarms: props.alarms,
            ...(this.config === undefined ? {} : { history: this.config }),
          });
    this.access = own(spec.accessAnalyzer, () => new AuditAccess(this, 'Access'));
    this.scanning = own(spec.vulnerabilityScanning, () => this.scanImages());
    this.databaseLogs =
      spec.databaseLogs === undefined
        ? undefined
        : new LogArchive(this, 'DatabaseLogs', { ...props, key: props.logsKey, days: spec.databaseLogs.archiveDays });
    this.notices = new AuditNotices(this, 'Notices', props);
    Tags.of(this).add('data-class', 'restricted');
  }

  /**
   * Scans every image when it is pushed, and again whenever a vulnerability becomes known. CloudFormation has no type that
   * turns Amazon Inspector on; ECR turns it on for images with this. Who deploys needs `inspector2:Enable` for it.
   */
  private scanImages(): ecr.CfnRegistryScanningConfiguration {
    return new ecr.CfnRegistryScanningConfiguration(this, 'ImageScanning', {
      scanType: 'ENHANCED',
      rules: [
        {
          scanFrequency: 'CONTINUOUS_SCAN',
          repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }],
        },
      ],
    });
  }
}
