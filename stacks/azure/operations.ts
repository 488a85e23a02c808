import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Availability } from '../../lib/azure/availability';
import { Backup, type BackupProps } from '../../lib/azure/backup';
import { Budget, siteDollars } from '../../lib/azure/budget';
import { FlagRolloutAlerts } from '../../lib/azure/flag-rollout-alerts';
import { Grafana } from '../../lib/azure/grafana';
import { KeeperAlerts } from '../../lib/azure/keeper-alerts';
import { MessageWatch } from '../../lib/azure/message-watch';
import type { Messages } from '../../lib/azure/messages';
import { ObjectiveAlerts } from '../../lib/azure/objective-alerts';
import { RecordedFigures } from '../../lib/azure/recorded-figures';
import { ServiceAlerts } from '../../lib/azure/service-alerts';
import { SiteHealth } from '../../lib/azure/site-health';
import { WorkloadAlerts } from '../../lib/azure/workload-alerts';
import { gatewayBackend, hasApiManagement, siteHosts } from '../../lib/platform/azure-gateway';
import { azureName, resourceGroupId } from '../../lib/platform/azure-names';
import { pascalCase } from '../../lib/platform/ids';
import { weekFigures } from '../../lib/platform/dashboards/week';
import { rolloutsOn } from '../../lib/platform/flag-rollout';
import { keepingOf } from '../../lib/platform/keeping';
import { isHome, whereIs } from '../../lib/platform/azure-sites';
import { recoveryPair } from '../../lib/platform/link';
import { flagsWord, keeperWord, kubernetesNamespace } from '../../lib/platform/names';
import { hostedMessages } from '../../lib/platform/outputs';
import { objectiveRules } from '../../lib/platform/objective-rules';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import type { ClusterStack } from './cluster';
import type { DataStack } from './data';
import type { EdgeStack } from './edge';
import type { MessagesStack } from './messages';
import type { MessagingStack } from './messaging';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface OperationsStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  /** What sends messages to people, for both sites where there are two. */
  readonly messages: MessagesStack | undefined;
  readonly cluster: ClusterStack;
  readonly edge: EdgeStack;
}

/** Stacks whose resources Azure is asked about as a whole; those of data are watched one by one. */
const watchedStacks = ({ platform, site }: PlatformStackProps): readonly string[] => [
  'foundation',
  'messaging',
  'cluster',
  'edge',
  ...(hostedMessages(platform).length === 0 || !isHome(platform, site) ? [] : ['messages']),
  ...(hasApiManagement(platform) ? ['gateway'] : []),
  ...(recoveryPair(platform) === undefined ? [] : ['link-base']),
];

/** What people look at, and what calls them: dashboards, alerts of services, backups, spending. */
export class OperationsStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id);
    const { cluster, foundation, platform, site } = props;
    const where = whereIs(platform, site);
    const place = preparePlatformStack(this, 'operations', props);
    const { encryption, insightsId, monitoring, network } = foundation;
    const shared = { place, monitoring };
    new Grafana(this, 'Dashboards', {
      ...shared,
      network,
      insightsId,
      monitorWorkspaceId: cluster.monitorWorkspaceId,
      administrators: site.administrators,
    });
    new Backup(this, 'Backup', { ...shared, encryption, ...backedUp(props) });
    new Availability(this, 'Availability', { ...shared, targets: publicAddresses(props) });
    for (const [name, { service }] of messagesOfHome(props)) {
      new MessageWatch(this, `${pascalCase(name)}Messages`, { ...shared, name, serviceId: service.id });
    }
    new ServiceAlerts(this, 'ServiceAlerts', { ...shared, services: platform.services });
    const keeping = keepingOf(platform);
    if (keeping !== undefined) {
      new KeeperAlerts(this, 'KeeperAlerts', {
        ...shared,
        namespace: kubernetesNamespace(platform, keeperWord),
        databases: keeping.databases,
        pointMinutes: platform.goals.recovery?.databasePointMinutes,
      });
    }
    const sets = rolloutsOn(platform, site.siteName).map(([name]) => name);
    if (sets.length > 0) {
      const namespace = kubernetesNamespace(platform, flagsWord);
      new FlagRolloutAlerts(this, 'FlagRolloutAlerts', { ...shared, namespace, sets });
    }
    const asked = {
      ...shared,
      cluster: {
        id: cluster.clusterId,
        name: azureName('cluster', where),
      },
      monitorWorkspaceId: cluster.monitorWorkspaceId,
    };
    new WorkloadAlerts(this, 'WorkloadAlerts', { ...asked, alerts: workloadAlerts(platform, site.siteName) });
    const rules = objectiveRules(platform, site.siteName);
    if (Object.keys(rules.alerts).length > 0) new ObjectiveAlerts(this, 'Objectives', { ...asked, rules });
    new RecordedFigures(this, 'Recorded', { ...asked, figures: weekFigures(platform, site.siteName) });
    new SiteHealth(this, 'Health', {
      ...shared,
      resourceGroups: watchedStacks(props).map((stack) => azureName('resource-group', where, stack)),
    });
    const { monthlyDollars } = platform.goals;
    // What watches a subscription is there once.
    if (monthlyDollars !== undefined && isHome(platform, site)) {
      new Budget(this, 'Budget', {
        ...shared,
        monthlyDollars: siteDollars(monthlyDollars, site),
        email: platform.stage.alarms.email,
        costAnomalies: platform.stage.audit.costAnomalies,
      });
    }
  }
}

/** What sends e-mail from here and stands with the other site, by the part. */
const messagesOfHome = ({ messages, platform, site }: OperationsStackProps): readonly (readonly [string, Messages])[] =>
  Object.entries(isHome(platform, site) ? {} : (messages?.messages ?? {})).filter(
    ([name]) => platform.messages[name]?.email !== undefined,
  );

/** What is backed up, and for how long: as long as the most careful database asks for. */
function backedUp({
  data,
  platform,
  site,
}: OperationsStackProps): Pick<BackupProps, 'accounts' | 'databaseGroupId' | 'databases' | 'retentionDays'> {
  const databases = Object.entries(data.databases).map(([name, { writer }]) => [name, writer.server.id] as const);
  const accounts = Object.entries(data.storage).flatMap(([kind, { account, restoreDays }]) =>
    restoreDays === undefined ? [] : [[kind, { id: account.id, restoreDays }] as const],
  );
  return {
    databases: Object.fromEntries(databases),
    databaseGroupId: resourceGroupId(whereIs(platform, site), 'data'),
    accounts: Object.fromEntries(accounts),
    retentionDays: Math.max(
      1,
      ...Object.values(platform.databases).map(({ backupRetentionDays }) => backupRetentionDays),
    ),
  };
}

/** What must answer from outside whether or not the domain leads here: the files by the edge, and the gateway behind it. */
function publicAddresses({ platform, site }: OperationsStackProps): Readonly<Record<string, string>> {
  const host = siteHosts(platform.stage.domain, site).at(-1) ?? platform.stage.domain;
  return {
    ...(platform.edge === undefined ? {} : { pages: `https://${host}/` }),
    ...(platform.gateway === undefined ? {} : { gateway: `https://${host}${gatewayBackend.healthPath}` }),
  };
}
