import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Database } from '../../lib/aws/database';
import { dataSubnets } from '../../lib/aws/database-server';
import type { Keys } from '../../lib/aws/keys';
import { Link } from '../../lib/aws/link';
import { LinkDatabase } from '../../lib/aws/link-database';
import { pascalCase } from '../../lib/platform/ids';
import { linkPlan, type RecoveryPair } from '../../lib/platform/link';
import { linkNetwork } from '../../lib/platform/link-network';
import { named } from '../../lib/platform/named';
import { linkAddresses, missingLinkAddresses, outputsFile, type SiteOutputs } from '../../lib/platform/outputs';
import { standsOn } from '../../lib/platform/platform';
import { preparePlatformStack, refuseStack, type PlatformStackProps } from './platform-stack';

export interface RecoveryStackProps extends PlatformStackProps {
  readonly pair: RecoveryPair;
  readonly vpc: ec2.IVpc;
  readonly keys: Pick<Keys, 'logs'>;
  readonly alarms: Alarms;
  /** Databases of the site, by name. */
  readonly databases: Readonly<Record<string, Database>>;
  /** What the recovery site told. */
  readonly outputs: SiteOutputs;
}

/** What the primary has for its recovery site on another cloud: the link. It is there while the platform has such a site. */
export class RecoveryStack extends Stack {
  public readonly link: Link;

  public constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.refuseUntold(props);
    const { alarms, keys, outputs, pair, platform, vpc } = props;
    const network = linkNetwork(platform);
    this.link = new Link(this, 'Link', {
      plan: linkPlan(pair.recovery.link),
      network,
      vpc,
      reachedFrom: vpc.selectSubnets(dataSubnets).subnets,
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
  }

  /** Databases of both sites: those of the primary alone stay closed. */
  private replicated({ databases, pair, platform }: RecoveryStackProps): readonly string[] {
    return Object.keys(databases).filter((name) => standsOn(platform, pair.recovery.siteName, 'databases', name));
  }

  private refuseUntold({ outputs, platform }: RecoveryStackProps): void {
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
  }
}
