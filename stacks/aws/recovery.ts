import { aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Bucket } from '../../lib/aws/bucket';
import type { Reach } from '../../lib/aws/capability';
import type { Database } from '../../lib/aws/database';
import { dataSubnets } from '../../lib/aws/database-server';
import { Keeper } from '../../lib/aws/keeper';
import type { Keys } from '../../lib/aws/keys';
import { Link } from '../../lib/aws/link';
import { LinkDatabase } from '../../lib/aws/link-database';
import { ObjectCopies } from '../../lib/aws/object-copies';
import { pascalCase } from '../../lib/platform/ids';
import { keepingOf } from '../../lib/platform/keeping';
import { linkPlan, type RecoveryPair } from '../../lib/platform/link';
import { linkNetwork } from '../../lib/platform/link-network';
import { named } from '../../lib/platform/named';
import { copierWord, failoverWord, imageRepository, stagePrefix } from '../../lib/platform/names';
import { objectCopies } from '../../lib/platform/object-copies';
import {
  identityOf,
  linkAddresses,
  missingIdentities,
  missingLinkAddresses,
  outputsFile,
  type SiteOutputs,
} from '../../lib/platform/outputs';
import { standsOn } from '../../lib/platform/platform';
import { failoverDigest, missingReleases, releasesFile, type Releases } from '../../lib/platform/releases';
import { preparePlatformStack, refuseStack, type PlatformStackProps } from './platform-stack';

export interface RecoveryStackProps extends PlatformStackProps {
  readonly pair: RecoveryPair;
  readonly vpc: ec2.IVpc;
  /** Where tasks run; absent where the platform runs none. */
  readonly cluster: ecs.ICluster | undefined;
  readonly keys: Pick<Keys, 'logs' | 'messaging'>;
  readonly alarms: Alarms;
  /** Databases of the site, by name. */
  readonly databases: Readonly<Record<string, Database>>;
  /** Buckets of the site, by name. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** What is released, the programs of recovery among it. */
  readonly releases: Releases;
  /** What the recovery site told. */
  readonly outputs: SiteOutputs;
}

/** Where what copies objects stands. */
const copierSubnets: ec2.SubnetSelection = { subnetGroupName: 'app' };

/**
 * What the primary has for its recovery site on another cloud: the link, what copies objects over it, and what keeps the right to write. It
 * is there while the platform has such a site.
 */
export class RecoveryStack extends Stack {
  public readonly link: Link;
  /** Absent where no bucket stands on both sites. */
  public readonly copies: ObjectCopies | undefined;

  /** Absent where nothing is kept, or no task runs. */
  public readonly keeper: Keeper | undefined;

  public constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.refuseUntold(props);
    const { alarms, keys, outputs, pair, platform, vpc } = props;
    const network = linkNetwork(platform);
    this.link = new Link(this, 'Link', {
      plan: linkPlan(pair.recovery.link),
      rotateDays: pair.recovery.link.rotateDays,
      prefix: stagePrefix(platform),
      network,
      vpc,
      reachedFrom: [dataSubnets, ...(network.aws.objectCopiers.length > 0 ? [copierSubnets] : [])].flatMap(
        (selected) => vpc.selectSubnets(selected).subnets,
      ),
      addresses: linkAddresses(outputs),
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
    for (const name of this.replicated(props)) {
      new LinkDatabase(this, `${pascalCase(name)}Database`, {
        securityGroup: named('databases', props.databases, name).securityGroup,
        callers: network.azure.databaseCallers,
      });
    }
    this.copies = this.copyObjects(props);
    this.keeper = this.keep(props);
  }

  private keep({ alarms, cluster, databases, endpoints, keys, pair, platform, releases, vpc }: RecoveryStackProps) {
    const keeping = keepingOf(platform);
    if (keeping === undefined || cluster === undefined) return undefined;
    return new Keeper(this, 'Keeper', {
      platform,
      siteName: pair.primary.siteName,
      keeping,
      databases,
      image: {
        // By name, as it is pushed: a reference would tie the registry's stack to this one.
        repository: ecr.Repository.fromRepositoryName(this, 'Image', imageRepository(platform, failoverWord)),
        digest: failoverDigest(releases),
      },
      cluster,
      vpc,
      endpoints,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
  }

  private copyObjects({ alarms, buckets, endpoints, keys, outputs, pair, platform, vpc }: RecoveryStackProps) {
    const copies = objectCopies(platform);
    if (copies === undefined) return undefined;
    return new ObjectCopies(this, 'ObjectCopies', {
      copies,
      siteName: pair.primary.siteName,
      buckets,
      clientId: identityOf(outputs, copierWord).clientId,
      vpc,
      endpoints,
      messagingKey: keys.messaging,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
  }

  /** Databases of both sites: those of the primary alone stay closed. */
  private replicated({ databases, pair, platform }: RecoveryStackProps): readonly string[] {
    return Object.keys(databases).filter((name) => standsOn(platform, pair.recovery.siteName, 'databases', name));
  }

  private refuseUntold({ outputs, platform, releases }: RecoveryStackProps): void {
    refuseStack(this, 'UntoldImages', {
      what: 'Images whose digest nobody has told',
      reasons: Object.fromEntries(
        missingReleases(platform, releases).map((image) => [
          image,
          `${releasesFile(platform)} lacks ${image}: build and push the image, then tell its digest (docs/guides/failover.md)`,
        ]),
      ),
    });
    const missing = missingLinkAddresses(outputs);
    refuseStack(this, 'UntoldAddresses', {
      what: 'What the recovery site has not told',
      reasons: Object.fromEntries(
        missing.map((path) => [
          path,
          `${outputsFile(platform)} lacks ${path}: apply the stack link-base on Azure, then run npm run carry:link -- gateway (docs/guides/link.md)`,
        ]),
      ),
    });
    const unknown = objectCopies(platform) === undefined ? [] : missingIdentities([copierWord], outputs);
    refuseStack(this, 'UntoldIdentities', {
      what: 'Identities that the recovery site has not told',
      reasons: Object.fromEntries(
        unknown.map((path) => [
          path,
          `${outputsFile(platform)} lacks ${path}: apply the stack foundation on Azure, then run npm run outputs:azure (docs/guides/recovery-site.md)`,
        ]),
      ),
    });
  }
}
