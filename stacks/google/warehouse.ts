import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { AzurermBackend, TerraformStack, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Audit } from '../../lib/google/audit';
import { Budget } from '../../lib/google/budget';
import { Federation } from '../../lib/google/federation';
import { Keys } from '../../lib/google/keys';
import type { Place } from '../../lib/google/place';
import { Warehouse } from '../../lib/google/warehouse';
import { clusterPrincipal, clusterSubject, googleOf, warehouseUsers } from '../../lib/platform/google';
import { byName } from '../../lib/platform/by-name';
import { pascalCase } from '../../lib/platform/ids';
import { stagePrefix } from '../../lib/platform/names';
import type { AzureSite } from '../../lib/platform/nouns/site';
import type { Platform, SiteName } from '../../lib/platform/platform';

export interface WarehouseStackProps {
  readonly platform: Platform;
  /** Where the states of the platform's other stacks are. */
  readonly state: Pick<AzureSite, 'state' | 'subscription' | 'tenant'>;
  /** Addresses of the issuers of the clusters' tokens, by site. */
  readonly issuers: Readonly<Partial<Record<SiteName, string>>>;
}

/** The provider that a team's Terraform installs: that of which the classes are made. */
export const googleProvider = { source: 'hashicorp/google', version: '6.50.0' } as const;

/** Warehouses, which stand beside the sites: a platform has them once, whichever site leads. */
export class WarehouseStack extends TerraformStack {
  public readonly warehouses: Readonly<Record<string, Warehouse>>;

  public constructor(scope: Construct, id: string, props: WarehouseStackProps) {
    super(scope, id);
    const { issuers, platform } = props;
    const spec = googleOf(platform);
    const place = this.prepare(props);
    const { project } = place;
    const channel = new MonitoringNotificationChannel(this, 'Notices', {
      project,
      displayName: 'Whoever is on call',
      type: 'email',
      labels: { email_address: platform.stage.alarms.email },
      userLabels: { ...place.labels },
    }).id;
    const { grants, key } = new Keys(this, 'Keys', { place });
    const users = warehouseUsers(platform);
    const { pool } = new Federation(this, 'Federation', {
      place,
      issuers,
      subjects: users.map((service) => clusterSubject(platform, service)),
    });
    const principals = (services: readonly string[]): Readonly<Record<string, string>> =>
      Object.fromEntries(services.map((service) => [service, clusterPrincipal(spec, platform, service)]));
    const using = (use: 'feeds' | 'queries', name: string): readonly string[] =>
      users.filter((service) => platform.services[service]?.uses[use].includes(name));
    this.warehouses = byName(
      Object.entries(platform.warehouses),
      'Warehouse',
      (part, name, warehouse) =>
        new Warehouse(this, part, {
          place,
          key,
          channel,
          name,
          spec: warehouse,
          feeders: principals(using('feeds', name)),
          readers: principals(using('queries', name)),
          // Somebody who is not known yet is given no role.
          before: [...grants, pool],
        }),
    );
    const asking = users.filter((service) => platform.services[service]?.uses.queries.length !== 0);
    this.letAsk(place, principals(asking), pool);
    new Audit(this, 'Audit', { place, key, before: grants });
    new Budget(this, 'Budget', { place, spec, channel });
  }

  /** Lets services run queries; of which tables, each warehouse says. */
  private letAsk({ project }: Place, readers: Readonly<Record<string, string>>, pool: ITerraformDependable): void {
    const asking = new Construct(this, 'Queries');
    for (const [service, member] of Object.entries(readers)) {
      new ProjectIamMember(asking, pascalCase(service), {
        project,
        role: 'roles/bigquery.jobUser',
        member,
        dependsOn: [pool],
      });
    }
  }

  private prepare({ platform, state: { state, subscription, tenant } }: WarehouseStackProps): Place {
    const { location, project, projectNumber } = googleOf(platform);
    new GoogleProvider(this, 'Provider', {
      project,
      region: location,
      userProjectOverride: true,
      billingProject: project,
    });
    this.addOverride('terraform.required_version', '>= 1.11.0');
    this.addOverride('terraform.required_providers.google', googleProvider);
    // Beside the states of the other stacks: one place to keep, and one login to read what is read of them.
    new AzurermBackend(this, {
      subscriptionId: subscription,
      tenantId: tenant,
      resourceGroupName: state.resourceGroup,
      storageAccountName: state.account,
      containerName: state.container,
      key: `${stagePrefix(platform)}/warehouse.tfstate`,
      useAzureadAuth: true,
    });
    return {
      project,
      projectNumber,
      location,
      labels: {
        platform: platform.name,
        stage: platform.stageName,
        owner: platform.owner.team,
        // Labels are written in lower case.
        'cost-centre': platform.owner.costCentre.toLowerCase(),
      },
      isProtected: platform.stage.protected,
      logDays: platform.stage.logDays,
    };
  }
}
