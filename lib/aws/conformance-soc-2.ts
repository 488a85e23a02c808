/** A rule of AWS Config that Amazon keeps, and what it is asked with. */
export interface ConformanceRule {
  /** Identifier by which AWS Config knows the rule. */
  readonly identifier: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Rules by the criterion that they are evidence for. */
export type ConformanceRules = Readonly<Record<string, readonly ConformanceRule[]>>;

const rules = (...identifiers: readonly string[]): readonly ConformanceRule[] =>
  identifiers.map((identifier) => ({ identifier }));

/**
 * Evidence for SOC 2, by the Trust Services Criteria of the AICPA (2017, revised points of focus of 2022). Each rule judges what
 * the platform is made of; criteria about people and their meetings have none.
 */
export const soc2: ConformanceRules = {
  /** Access is given to those who need it, and to what is encrypted. */
  'cc6-1': [
    ...rules(
      'ROOT_ACCOUNT_MFA_ENABLED',
      'IAM_ROOT_ACCESS_KEY_CHECK',
      'IAM_USER_MFA_ENABLED',
      'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS',
      'RDS_STORAGE_ENCRYPTED',
      'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED',
      'CLOUDWATCH_LOG_GROUP_ENCRYPTED',
      'SECRETSMANAGER_USING_CMK',
      'CMK_BACKING_KEY_ROTATION_ENABLED',
      'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
      'ECS_NO_ENVIRONMENT_SECRETS',
    ),
    { identifier: 'ACCESS_KEYS_ROTATED', parameters: { maxAccessKeyAge: '90' } },
  ],
  /** Access that nobody needs any more is taken away. */
  'cc6-3': [{ identifier: 'IAM_USER_UNUSED_CREDENTIALS_CHECK', parameters: { maxCredentialUsageAge: '90' } }],
  /** The boundary keeps others out. */
  'cc6-6': rules(
    'VPC_DEFAULT_SECURITY_GROUP_CLOSED',
    'INCOMING_SSH_DISABLED',
    'RESTRICTED_INCOMING_TRAFFIC',
    'RDS_INSTANCE_PUBLIC_ACCESS_CHECK',
    'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED',
    'OPENSEARCH_IN_VPC_ONLY',
  ),
  /** What moves is encrypted on its way. */
  'cc6-7': rules('S3_BUCKET_SSL_REQUESTS_ONLY', 'ELBV2_ACM_CERTIFICATE_REQUIRED', 'OPENSEARCH_HTTPS_REQUIRED'),
  /** Nothing runs that should not. */
  'cc6-8': rules(
    'ECR_PRIVATE_IMAGE_SCANNING_ENABLED',
    'ECS_CONTAINERS_NONPRIVILEGED',
    'ECS_CONTAINERS_READONLY_ACCESS',
  ),
  /** Weaknesses are looked for. */
  'cc7-1': rules('SECURITYHUB_ENABLED'),
  /** What happens is recorded, and somebody is told. */
  'cc7-2': rules(
    'MULTI_REGION_CLOUD_TRAIL_ENABLED',
    'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
    'CLOUD_TRAIL_ENCRYPTION_ENABLED',
    'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED',
    'CLOUDTRAIL_S3_DATAEVENTS_ENABLED',
    'GUARDDUTY_ENABLED_CENTRALIZED',
    'VPC_FLOW_LOGS_ENABLED',
    'RDS_LOGGING_ENABLED',
  ),
  /** What is lost comes back. */
  'a1-2': rules(
    'DB_INSTANCE_BACKUP_ENABLED',
    'RDS_IN_BACKUP_PLAN',
    'RDS_CLUSTER_MULTI_AZ_ENABLED',
    'RDS_CLUSTER_DELETION_PROTECTION_ENABLED',
    'ELB_DELETION_PROTECTION_ENABLED',
    'S3_BUCKET_VERSIONING_ENABLED',
  ),
};
