import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermBackend, type TerraformStack } from 'cdktf';
import type { Place } from '../../lib/azure/place';
import { flagsOn } from '../../lib/platform/azure-flags';
import { hasApiManagement } from '../../lib/platform/azure-gateway';
import { azureName, sitePrefix } from '../../lib/platform/azure-names';
import { whereIs, type PlacedAzureSite } from '../../lib/platform/azure-sites';
import { hostedMessages } from '../../lib/platform/outputs';
import type { Platform } from '../../lib/platform/platform';

/** What every stack of a platform is given. */
export interface PlatformStackProps {
  readonly platform: Platform;
  readonly site: PlacedAzureSite;
}

/** Least version of Terraform: the first with write-only arguments. */
const terraformVersion = '>= 1.11.0';

/**
 * The provider that a team's Terraform installs. The classes are those of 4.55, whose arguments this version still takes;
 * roles on Managed Redis came with a later one.
 */
export const azurermProvider = { source: 'hashicorp/azurerm', version: '4.73.0' } as const;

/** Resource providers of Azure that the platform's subscription needs, besides those that every subscription has. */
export const resourceProviders = [
  'Microsoft.AlertsManagement',
  'Microsoft.App',
  'Microsoft.Cache',
  'Microsoft.Cdn',
  'Microsoft.ContainerRegistry',
  'Microsoft.ContainerService',
  'Microsoft.DBforPostgreSQL',
  'Microsoft.Dashboard',
  'Microsoft.DataProtection',
  'Microsoft.DocumentDB',
  'Microsoft.EventGrid',
  'Microsoft.Insights',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Monitor',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.PolicyInsights',
  'Microsoft.Search',
  'Microsoft.Security',
  'Microsoft.ServiceBus',
  'Microsoft.Sql',
  'Microsoft.Storage',
  'Microsoft.Web',
] as const;

/** The one that API Management needs beside. */
export const gatewayProviders = ['Microsoft.ApiManagement'] as const;

/** The one that flags need beside. */
export const flagProviders = ['Microsoft.AppConfiguration'] as const;

/** The one that messages to people need beside. */
export const messageProviders = ['Microsoft.Communication'] as const;

/**
 * What every stack of a platform has: the provider, a state of its own, a resource group, tags.
 *
 * @param name The stack's own word: `foundation`.
 */
export function preparePlatformStack(stack: TerraformStack, name: string, props: PlatformStackProps): Place {
  const { platform, site } = props;
  const where = whereIs(platform, site);
  const { account, container, resourceGroup } = site.state;
  const hasFlags = flagsOn(platform, site.siteName).length > 0;
  new AzurermProvider(stack, 'Provider', {
    subscriptionId: site.subscription,
    tenantId: site.tenant,
    storageUseAzuread: true,
    resourceProviderRegistrations: 'none',
    resourceProvidersToRegister: [
      ...resourceProviders,
      ...(hostedMessages(platform).length === 0 ? [] : messageProviders),
      ...(hasFlags ? flagProviders : []),
      ...(hasApiManagement(platform) ? gatewayProviders : []),
    ].sort(),
    features: [
      {
        // A store that was deleted comes back with the flags that were in it; nobody can purge it before its time.
        ...(hasFlags ? { appConfiguration: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeleted: true }] } : {}),
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Accounts answer the network alone; the provider would wait for an answer from wherever it runs.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
  stack.addOverride('terraform.required_version', terraformVersion);
  stack.addOverride('terraform.required_providers.azurerm', azurermProvider);
  new AzurermBackend(stack, {
    subscriptionId: site.subscription,
    tenantId: site.tenant,
    resourceGroupName: resourceGroup,
    storageAccountName: account,
    containerName: container,
    key: `${sitePrefix(where)}/${name}.tfstate`,
    useAzureadAuth: true,
  });
  const tags = {
    platform: platform.name,
    stage: platform.stageName,
    owner: platform.owner.team,
    'cost-centre': platform.owner.costCentre,
  };
  const group = new ResourceGroup(stack, 'Group', {
    name: azureName('resource-group', where, name),
    location: site.region,
    tags,
  });
  return {
    location: site.region,
    zones: site.zones,
    resourceGroupName: group.name,
    tenantId: site.tenant,
    subscriptionId: site.subscription,
    tags,
    isProtected: platform.stage.protected,
    logDays: platform.stage.logDays,
    naming: { name: where.name, site: where.site },
  };
}
