import { App } from 'cdktf';
import { createSites } from '../../../stacks/azure/site';
import { azurePair } from '../../../lib/platform/azure-sites';
import { ofType, only } from '../../support/azure';
import { resolved } from '../../support/platform';
import { remember } from '../../support/remember';
import { twoAzureSites } from '../../support/two-azure-sites';

const made = remember(() => {
  const platform = resolved(twoAzureSites());
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  const pair = azurePair(platform);
  if (pair === undefined) throw new Error('there must be two sites on azure');
  const [primary, recovery] = createSites(app, platform, [pair.primary, pair.recovery]);
  if (recovery === undefined) throw new Error('there must be stacks of two sites');
  return { platform, app, primary: primary.stacks, recovery: recovery.stacks };
});

describe('two sites on Azure', () => {
  const { app, platform, primary, recovery } = made();

  test('are one app, each with stacks, groups and states of its own', () => {
    const names = app.node.children.map(({ node }) => node.id);
    expect(names).toEqual(expect.arrayContaining(['techflow-production-data', 'techflow-production-recovery-data']));
    expect(new Set(names).size).toBe(names.length);
    expect(only(recovery.data, 'azurerm_resource_group')).toMatchObject({
      name: 'rg-techflow-production-recovery-data',
      location: 'northeurope',
      tags: { stage: 'production' },
    });
    expect(recovery.data.toTerraform()).toMatchObject({
      terraform: { backend: { azurerm: { key: 'techflow-production-recovery/data.tfstate' } } },
    });
  });

  test('share identities, which both clusters may act as', () => {
    const named = ofType(recovery.foundation, 'azurerm_user_assigned_identity').map(({ name }) => name);
    expect(named).toEqual(['id-techflow-production-recovery-encryption']);
    expect(recovery.foundation.identities).toBe(primary.foundation.identities);
    const [here, there] = [primary, recovery].map(({ cluster }) =>
      ofType(cluster, 'azurerm_federated_identity_credential'),
    );
    const subjects = (all: typeof here) => all?.map(({ subject }) => subject).sort();
    expect(subjects(there)).toEqual(subjects(here));
    expect(subjects(there)).toHaveLength(Object.keys(platform.services).length + 5);
    for (const credential of there ?? []) {
      expect(credential).toMatchObject({
        name: 'cluster-recovery',
        resource_group_name: 'rg-techflow-production-foundation',
      });
    }
  });

  test('share images and messages, which each reaches by an address of its own network', () => {
    expect(ofType(primary.foundation, 'azurerm_container_registry')).toHaveLength(1);
    expect(ofType(recovery.foundation, 'azurerm_container_registry')).toHaveLength(0);
    expect(ofType(recovery.messaging, 'azurerm_servicebus_namespace')).toHaveLength(0);
    const reached = [recovery.foundation, recovery.messaging]
      .flatMap((stack) => ofType(stack, 'azurerm_private_endpoint'))
      .map((endpoint) => endpoint['name']);
    expect(reached).toEqual(
      expect.arrayContaining([
        'pep-techflow-production-recovery-images-registry',
        'pep-techflow-production-recovery-messaging-service-bus',
      ]),
    );
  });

  test('reach each other, and each finds the servers of both', () => {
    expect(ofType(recovery.foundation, 'azurerm_virtual_network_peering')).toHaveLength(2);
    const zones = (stack: typeof primary.foundation) =>
      ofType(stack, 'azurerm_private_dns_zone')
        .map(({ name }) => String(name))
        .filter((name) => name.endsWith('postgres.database.azure.com'));
    expect([...zones(primary.foundation), ...zones(recovery.foundation)]).toEqual([
      'privatelink.postgres.database.azure.com',
      'techflow-production-recovery.postgres.database.azure.com',
    ]);
    const links = ofType(recovery.foundation, 'azurerm_private_dns_zone_virtual_network_link');
    const crossing = links.filter(({ name }) => name !== 'network');
    expect(
      crossing.map((link) => [link['name'], link['private_dns_zone_name'], link['resource_group_name']]).sort(),
    ).toEqual([
      [
        'primary',
        'techflow-production-recovery.postgres.database.azure.com',
        'rg-techflow-production-recovery-foundation',
      ],
      ['recovery', 'privatelink.postgres.database.azure.com', 'rg-techflow-production-foundation'],
    ]);
    // One name leads to another address in each network: no other zone is shared.
    expect(ofType(recovery.foundation, 'azurerm_private_dns_zone')).toHaveLength(links.length - 2);
  });

  test('let who uses databases in from the other site, and nobody else', () => {
    for (const [stacks, other] of [
      [primary, 'recovery'],
      [recovery, 'primary'],
    ] as const) {
      const rule = ofType(stacks.foundation, 'azurerm_network_security_rule').filter(
        (each) => each['name'] === 'other-regions',
      );
      const { addresses } = platform.allocations;
      expect(rule).toEqual([
        expect.objectContaining({
          direction: 'Inbound',
          source_address_prefixes: [addresses[`${other}/cluster`], addresses[`${other}/functions`]],
          destination_port_ranges: ['5432', '6432'],
        }),
      ]);
    }
  });

  test('have one audit of their subscription, one budget and one Front Door', () => {
    const types = [
      'azurerm_security_center_subscription_pricing',
      'azurerm_consumption_budget_subscription',
      'azurerm_cdn_frontdoor_profile',
    ];
    const counts = (stacks: typeof primary) =>
      types.map(
        (type) => [stacks.foundation, stacks.operations, stacks.edge].flatMap((stack) => ofType(stack, type)).length,
      );
    expect(counts(primary).every((count) => count > 0)).toBe(true);
    expect(counts(recovery)).toEqual([0, 0, 0]);
  });
});
