import { LogAnalyticsWorkspaceTable } from '@cdktf/provider-azurerm/lib/log-analytics-workspace-table';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { SecurityCenterContact } from '@cdktf/provider-azurerm/lib/security-center-contact';
import { SecurityCenterSubscriptionPricing } from '@cdktf/provider-azurerm/lib/security-center-subscription-pricing';
import { Construct } from 'constructs';
import { sitePrefix } from '../platform/azure-names';
import type { Audit as AuditSpec } from '../platform/nouns/audit';
import { ActivityAlerts } from './audit-alerts';
import { AuditConformance, isAssigned } from './audit-conformance';
import type { Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import { inTurn } from './in-turn';
import type { Place } from './place';

export interface AuditProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly spec: AuditSpec;
  /** Who is told of what is found. */
  readonly email: string;
}

/** Kinds of entries of the log of a subscription. All of them. */
const activityCategories = [
  'Administrative',
  'Alert',
  'Autoscale',
  'Policy',
  'Recommendation',
  'ResourceHealth',
  'Security',
  'ServiceHealth',
] as const;

/** A plan of Microsoft Defender for Cloud. */
interface DefenderPlan {
  /** What of the platform's audit turns it on. */
  readonly for: 'findings' | 'threatDetection' | 'vulnerabilityScanning';
  readonly subplan?: string;
  readonly extensions?: readonly string[];
}

/**
 * Plans by what they look after. A plan is that of the whole subscription. Containers are one plan, for threats and
 * for vulnerabilities alike. https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction
 */
export const defenderPlans: Readonly<Record<string, DefenderPlan>> = {
  Arm: { for: 'threatDetection', subplan: 'PerSubscription' },
  CloudPosture: { for: 'findings' },
  Containers: {
    for: 'vulnerabilityScanning',
    extensions: [
      'AgentlessDiscoveryForKubernetes',
      'AgentlessVmScanning',
      'ContainerRegistriesVulnerabilityAssessments',
      'ContainerSensor',
    ],
  },
  CosmosDbs: { for: 'threatDetection' },
  KeyVaults: { for: 'threatDetection', subplan: 'PerKeyVault' },
  OpenSourceRelationalDatabases: { for: 'threatDetection' },
  SqlServers: { for: 'threatDetection' },
  StorageAccounts: { for: 'threatDetection', subplan: 'DefenderForStorageV2' },
};

/** Beyond two years, a table keeps logs for one of these spans, in days. */
const longSpans = [1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653] as const;
const shortSpan = 730;

/** The shortest span for which a table can keep its rows that is no shorter than asked. */
export const totalRetention = (days: number): number =>
  days <= shortSpan ? days : (longSpans.find((span) => span >= days) ?? Math.max(...longSpans));

/**
 * What watches the subscription, and keeps what it saw: each service that the stage runs itself. One that the organisation
 * runs is not made here. Each exists once a subscription, so two stages in one subscription cannot both run it. What the
 * audit of the definition calls history of configuration, and search for access from outside, is part of `findings` here.
 */
export class Audit extends Construct {
  public readonly plans: readonly SecurityCenterSubscriptionPricing[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: AuditProps,
  ) {
    super(scope, id);
    const { spec } = props;
    if (spec.trail === 'own') this.keepTrail();
    this.plans = Object.entries(defenderPlans)
      .filter(([, plan]) => spec[plan.for] === 'own')
      .map(([name, plan]) => this.plan(name, plan));
    // Azure refuses a change of a plan while it changes another.
    inTurn(this.plans);
    if (spec.findings === 'own') this.nameContact();
    for (const standard of spec.conformance.filter(isAssigned)) {
      new AuditConformance(this, pascalCase(standard), { ...props, standard });
    }
  }

  /** Every change to anything in the subscription, who made it, and a call when it is one that nobody should make. */
  private keepTrail(): void {
    const { monitoring, place, spec } = this.props;
    new MonitorDiagnosticSetting(this, 'Trail', {
      name: sitePrefix(place.naming),
      targetResourceId: `/subscriptions/${place.subscriptionId}`,
      logAnalyticsWorkspaceId: monitoring.workspaceId,
      enabledLog: activityCategories.map((category) => ({ category })),
    });
    new LogAnalyticsWorkspaceTable(this, 'TrailTable', {
      workspaceId: monitoring.workspaceId,
      name: 'AzureActivity',
      totalRetentionInDays: totalRetention(spec.retentionDays),
    });
    new ActivityAlerts(this, 'Alerts', { place, monitoring });
  }

  private plan(name: string, { extensions = [], subplan }: DefenderPlan): SecurityCenterSubscriptionPricing {
    return new SecurityCenterSubscriptionPricing(this, pascalCase(name), {
      resourceType: name,
      tier: 'Standard',
      ...(subplan === undefined ? {} : { subplan }),
      ...(extensions.length === 0 ? {} : { extension: extensions.map((extension) => ({ name: extension })) }),
    });
  }

  private nameContact(): void {
    new SecurityCenterContact(this, 'Contact', {
      name: 'default',
      email: this.props.email,
      alertNotifications: true,
      alertsToAdmins: true,
    });
  }
}
