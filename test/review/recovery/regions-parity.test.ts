import type { Platform } from '../../../lib/platform/platform';
import type { Resource } from '../../../lib/review/azure/stack';
import { keyOf, look, type Rows, type Thing } from '../../../lib/review/recovery/capability';
import { azureRows } from '../../../lib/review/recovery/data/azure-rows';
import { kubernetesRows } from '../../../lib/review/recovery/data/kubernetes-rows';
import type { AzureOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import type { Pairing } from '../../../lib/review/recovery/pairing';
import { checks, reviewRecovery } from '../../../lib/review/recovery/review';
import { azureThing, clusterThing } from '../../../lib/review/recovery/things';
import { changedRegions, regionOutputs } from '../../support/recovery';
import {
  azureChange,
  clusterChange,
  RECOVERY,
  rewritten,
  withoutSecondOrigins,
  type RegionChange,
} from '../../support/regions';

let platform: Platform;
let outputs: Outputs<AzureOutputs>;
beforeAll(async () => ({ platform, outputs } = await regionOutputs('techflow', 'production')));

const found = (change: RegionChange, check: 'contracts' | 'parity' = 'parity'): readonly string[] =>
  checks[check](changedRegions(outputs, change), platform).map(({ about, message }) => `${about} ${message}`);

describe('capabilities', () => {
  const shows = (key: string, things: readonly Thing[], rows: Rows): boolean =>
    look(things, rows).capabilities.some((each) => keyOf(each) === key);
  /** Takes away whatever shows a capability by itself, from one of the sites. */
  const without = (key: string, fromRecovery: boolean): RegionChange => ({
    azure: (each) =>
      RECOVERY.test(each.stack) === fromRecovery && shows(key, azureThing(each), azureRows) ? undefined : each,
    cluster: (each) =>
      RECOVERY.test(each.file.split('/')[0] ?? '') === fromRecovery && shows(key, clusterThing(each), kubernetesRows)
        ? undefined
        : each,
  });

  const pairings = (): readonly Pairing[] => reviewRecovery(outputs, platform).pairings;
  const both = (): readonly Pairing[] =>
    pairings().filter(({ primary, recovery }) => primary !== undefined && recovery !== undefined);
  const stacksIn = (at = ''): readonly string[] =>
    [...at.matchAll(/(?:cdktf|k8s)\.out ([^\s:/]+)/g)].map(([, name = '']) => name);
  /** Whether the recovery site has it for itself, and nothing that stands on the primary has a part in it. */
  const isOwn = ({ recovery }: Pairing): boolean => stacksIn(recovery).every((name) => RECOVERY.test(name));

  test('are those of the definition, on both sites', () => {
    const parts = (['services', 'caches', 'queues', 'topics', 'buckets', 'databases'] as const).flatMap((noun) =>
      Object.keys(platform[noun]).map((name) => `${noun}.${name}`),
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(both().map(keyOf)).toEqual(
      expect.arrayContaining([...parts, `edge.${platform.stage.domain}`, 'registry.images']),
    );
  });

  test('are missed, whichever is taken away of what each site has for itself', () => {
    // A replica is shown by its writer's database.
    const own = both().filter((each) => isOwn(each) && each.noun !== 'databases');
    expect(own.length).toBeGreaterThan(30);
    const missed = own.flatMap((pairing) =>
      [true, false]
        .filter((fromRecovery) => {
          const key = keyOf(pairing);
          return !found(without(key, fromRecovery)).some((message) => message.startsWith(`${key} `));
        })
        .map((fromRecovery) => `${keyOf(pairing)} of the ${fromRecovery ? 'recovery site' : 'primary'}`),
    );
    expect(missed).toEqual([]);
  });

  test.each<[what: string, change: RegionChange, keys: readonly string[]]>([
    [
      'the replica does not follow',
      azureChange(/recovery-data\/.*Replica\/Server /, { create_mode: 'Default' }),
      ['databases.store'],
    ],
    [
      'backups stay in their region',
      azureChange(/Writer\/Server /, { geo_redundant_backup_enabled: false }),
      ['backups.store'],
    ],
    [
      'messages are not copied',
      azureChange(/ServiceBus\/Copies /),
      [
        'queues.notifications',
        'deadLetters.notifications',
        'topics.workflow-events',
        'subscriptions.workflow-events-usage-events',
        'messageFeedback.people-email',
        'messageFeedback.people-sms',
      ],
    ],
    [
      'messages are copied elsewhere',
      azureChange(/ServiceBus\/Copies /, (given) => rewritten(given, 'northeurope', 'francecentral')),
      ['queues.workflow-steps'],
    ],
    [
      'the namespace has no endpoint there',
      azureChange(/recovery-messaging\/.* azurerm_private_endpoint/),
      ['queues.notifications', 'topics.workflow-events'],
    ],
    [
      'what sends e-mail stands in a region',
      azureChange(/-messages\/PeopleMessages\/Service /, { location: 'westeurope' }),
      ['emailDomains.people'],
    ],
    [
      'nothing that belongs to no region may send from the domain',
      azureChange(/-messages\/PeopleMessages\/Service /, { body: { properties: { linkedDomains: [] } } }),
      ['emailDomains.people'],
    ],
    [
      'what did not arrive is told from a region',
      azureChange(/messages\/PeopleMessages\/Feedback\/Topic /, { location: 'westeurope' }),
      ['messageFeedback.people-email', 'messageFeedback.people-sms'],
    ],
    [
      'flags are copied elsewhere',
      azureChange(/azurerm_app_configuration$/, { replica: [{ name: 'recovery', location: 'francecentral' }] }),
      ['flags.features'],
    ],
    ['their store has no endpoint there', azureChange(/recovery-data\/FeaturesFlagsEndpoint/), ['flags.features']],
    ['images are not copied', azureChange(/azurerm_container_registry/, { georeplications: [] }), ['registry.images']],
    [
      'the registry has no endpoint there',
      azureChange(/recovery-foundation\/.* azurerm_private_endpoint/),
      ['registry.images'],
    ],
    ['its zone is not linked there', azureChange(/recovery-foundation\/.*RegistryLink /), ['registry.images']],
    [
      'no origin stands behind the first',
      withoutSecondOrigins,
      ['edge.app.example.com', 'firewall.managed-rules', 'firewall.attached'],
    ],
    [
      'both origins are the first',
      azureChange(/ azurerm_cdn_frontdoor_origin$/, { priority: 1 }),
      ['edge.app.example.com'],
    ],
  ])('that stand once are missed on the recovery site where %s', (_, change, keys) => {
    const messages = found(change);
    for (const key of keys) {
      expect(messages).toContainEqual(
        expect.stringMatching(new RegExp(`^${key} stands on the primary .* and not on the recovery site`)),
      );
    }
  });

  test('a type that nobody knows is refused on the primary', () => {
    const [first] = outputs.primary.site.stacks.flatMap(({ resources }) => resources);
    const strange = {
      azure: (each: Resource) => (each === first ? { ...each, type: 'azurerm_eventhub_namespace' } : each),
    };
    expect(found(strange)).toContainEqual(
      expect.stringMatching(
        /is neither a capability nor known to be none: give it a row in lib\/review\/recovery\/data\/azure-primary-rows\.ts/,
      ),
    );
  });
});

describe('contracts', () => {
  test.each<[what: string, change: RegionChange, message: RegExp]>([
    [
      'a pod there is told less',
      clusterChange(/recovery\/techflow-user\/rollout-user/, '"DATABASE_STORE_NAME"', '"OTHER"'),
      /^user is told DATABASE_STORE_NAME on the primary, and not on the recovery site/,
    ],
    [
      'a pod there is given less',
      clusterChange(/recovery\/techflow-user\/rollout-user/, 'secretKeyRef', 'noKeyRef'),
      /^user is given the secret \w+ on the primary/,
    ],
    [
      'a pod there is asked elsewhere',
      clusterChange(/recovery\/techflow-user\/rollout-user/, '/health/live', '/alive'),
      /^user is asked whether it is live/,
    ],
    [
      'a caller is let in on one site',
      clusterChange(/recovery\/techflow-user\/authorizationpolicy-user/),
      /^user is called by \w+ on the primary, and not on the recovery site/,
    ],
  ])('fail where %s', (_, change, message) => {
    expect(found(change, 'contracts')).toContainEqual(expect.stringMatching(message));
  });
});
