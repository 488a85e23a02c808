import {
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_opensearchservice as opensearch,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OpenSearch as Model } from '../platform/nouns/storage';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { answerTo } from './grants';
import { encryptedLogGroup } from './log-group';
import { raiseSearchAlarms } from './search-alarms';
import { admitSearchLogs } from './search-logs';
import { SearchRoles, type SecurityObject } from './search-roles';
import { dataSubnets } from './database-server';
import { searchSettings, type SearchSettings } from './search-settings';
import { networkRole } from './network-role';

export interface SearchProps {
  /** Name of the part. */
  readonly name: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
  readonly spec: Model;
  readonly vpc: ec2.IVpc;
  /** Encrypts indices and snapshots. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly alarms: Alarms;
  readonly logDays: number;
  /** Who may do what inside the domain. @default - every service may search, and write its indices */
  readonly objects?: readonly SecurityObject[];
}

/** Start of the ten hours in which AWS may change a domain, in UTC: an hour after midnight in Southeast Asia. */
const offPeakWindowStart = { hours: 17, minutes: 0 };

/** Reading and writing documents and indices, over HTTP. */
const permissions = {
  searches: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpPatch', 'es:ESHttpDelete'],
} as const;

/** The logs that a domain writes, each to a group of its own. */
export interface SearchLogGroups {
  readonly slowSearch: logs.LogGroup;
  readonly slowIndex: logs.LogGroup;
  readonly application: logs.LogGroup;
  readonly audit: logs.LogGroup;
}

/**
 * An OpenSearch domain: in the data subnets, TLS 1.2 and newer, encrypted with the given key, without passwords. Who
 * comes is decided by IAM, what they may do there by {@link SearchRoles}. Its master user is the role of the function
 * that writes those roles, and nobody else can take it.
 *
 * New versions of the service's software come by themselves, in the off-peak window and one node after the other;
 * versions of OpenSearch come with this project, in place.
 */
export class Search extends Construct implements Capability {
  public readonly domain: opensearch.Domain;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly master: iam.Role;
  public readonly logGroups: SearchLogGroups;
  public readonly roles: SearchRoles;
  public readonly secrets = {};
  public readonly reach: readonly Reach[];

  public constructor(scope: Construct, id: string, props: SearchProps) {
    super(scope, id);
    const { name, prefix, spec, vpc, logsKey, logDays, alarms } = props;
    const settings = searchSettings(name, spec);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Search domain ${name}`,
      allowAllOutbound: false,
    });
    this.reach = [{ id: 'Endpoint', securityGroup: this.securityGroup, port: 443 }];
    this.master = networkRole(this, 'Master');
    const logGroup = (log: string) => encryptedLogGroup(this, log, { key: logsKey, days: logDays });
    this.logGroups = {
      slowSearch: logGroup('SlowSearchLog'),
      slowIndex: logGroup('SlowIndexLog'),
      application: logGroup('ApplicationLog'),
      audit: logGroup('AuditLog'),
    };
    this.domain = this.createDomain(props, settings);
    this.domain.node.addDependency(admitSearchLogs(this, 'LogPolicy', Object.values(this.logGroups)));
    this.roles = new SearchRoles(this, 'Roles', {
      name,
      prefix,
      domain: this.domain,
      domainGroup: this.securityGroup,
      master: this.master,
      vpc,
      logsKey,
      logDays,
      ...(props.objects === undefined ? {} : { objects: props.objects }),
    });
    Tags.of(this).add('data-class', spec.dataClass);
    this.acknowledgeFindings(settings);
    raiseSearchAlarms(this, { name, domain: this.domain, settings, alarms });
  }

  public values(): Readonly<Record<string, string>> {
    return { url: `https://${this.domain.domainEndpoint}` };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const actions = answerTo(this.node.path, permissions, use);
    const contents = `${this.domain.domainArn}/*`;
    iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [contents] });
    if (Construct.isConstruct(grantee)) {
      acknowledgeContents(grantee, contents, `Reaches the indices of one domain, in which ${use.service} searches.`);
    }
  }

  private createDomain({ spec, vpc, key }: SearchProps, settings: SearchSettings): opensearch.Domain {
    const { subnets } = vpc.selectSubnets(dataSubnets);
    const domain = new opensearch.Domain(this, 'Domain', {
      version: opensearch.EngineVersion.OPENSEARCH_3_7,
      enableVersionUpgrade: true,
      vpc,
      vpcSubnets: [{ subnets: subnets.slice(0, settings.zones) }],
      securityGroups: [this.securityGroup],
      capacity: {
        dataNodes: settings.dataNodes,
        dataNodeInstanceType: settings.dataNodeType,
        multiAzWithStandbyEnabled: settings.standby,
        ...(settings.masters === undefined
          ? {}
          : { masterNodes: settings.masters.count, masterNodeInstanceType: settings.masters.type }),
      },
      zoneAwareness:
        settings.zones === 1 ? { enabled: false } : { enabled: true, availabilityZoneCount: settings.zones },
      ebs: { volumeType: ec2.EbsDeviceVolumeType.GP3, volumeSize: spec.storageGiB },
      encryptionAtRest: { enabled: true, kmsKey: key },
      nodeToNodeEncryption: true,
      enforceHttps: true,
      tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
      fineGrainedAccessControl: { masterUserArn: this.master.roleArn },
      logging: this.logging(),
      suppressLogsResourcePolicy: true,
      offPeakWindowEnabled: true,
      offPeakWindowStart,
      enableAutoSoftwareUpdate: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Not by the L2's property, which brings a function along that sets the policy afterwards.
    (domain.node.defaultChild as opensearch.CfnDomain).accessPolicies = this.accountOnly();
    return domain;
  }

  private logging(): opensearch.LoggingOptions {
    return {
      slowSearchLogEnabled: true,
      slowSearchLogGroup: this.logGroups.slowSearch,
      slowIndexLogEnabled: true,
      slowIndexLogGroup: this.logGroups.slowIndex,
      appLogEnabled: true,
      appLogGroup: this.logGroups.application,
      auditLogEnabled: true,
      auditLogGroup: this.logGroups.audit,
    };
  }

  /** Whoever has an identity of this account and a policy that allows it. A domain's policy cannot name the domain. */
  private accountOnly(): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AccountRootPrincipal()],
          actions: ['es:ESHttp*'],
          resources: [Stack.of(this).formatArn({ service: 'es', resource: 'domain', resourceName: '*' })],
        }),
      ],
    });
  }

  private acknowledgeFindings({ zones }: SearchSettings): void {
    const single = 'The platform asks for a single node here: cheap, without a second zone, and filled anew when lost.';
    acknowledge(this.domain, {
      'AwsSolutions-OS3':
        'The domain is in the network and open to the security groups of its users; there are no addresses to list.',
      ...(zones === 1 ? { 'AwsSolutions-OS4': single, 'AwsSolutions-OS7': single } : {}),
    });
  }
}
