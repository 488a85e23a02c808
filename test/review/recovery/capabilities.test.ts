import { keyOf, look, type Rows, type Thing } from '../../../lib/review/recovery/capability';
import { awsRows } from '../../../lib/review/recovery/data/aws-rows';
import { azureRows } from '../../../lib/review/recovery/data/azure-rows';
import { kubernetesRows } from '../../../lib/review/recovery/data/kubernetes-rows';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { checks, reviewRecovery } from '../../../lib/review/recovery/review';
import { awsThing, azureThing, clusterThing } from '../../../lib/review/recovery/things';
import type { Platform } from '../../../lib/platform/platform';
import { changed, recoveryOutputs, type Change } from '../../support/recovery';

describe('capabilities of RetailFlow', () => {
  let platform: Platform;
  let outputs: Outputs<AwsOutputs>;
  beforeAll(async () => ({ platform, outputs } = await recoveryOutputs('retailflow', 'production')));

  test('are those of the definition, on both sites', () => {
    const { findings, pairings } = reviewRecovery(outputs, platform);
    expect(findings).toEqual([]);
    const both = pairings.filter(({ primary, recovery }) => primary !== undefined && recovery !== undefined).map(keyOf);
    const parts = (['services', 'caches', 'queues', 'topics', 'buckets'] as const).flatMap((noun) =>
      Object.keys(platform[noun]).map((name) => `${noun}.${name}`),
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(both).toEqual(expect.arrayContaining([...parts, 'databases.store', 'edge.' + platform.stage.domain]));
    const fields = Object.entries(platform.secrets).flatMap(([secret, spec]) =>
      spec.fields.map(
        (field) => `secrets.${secret}-${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      ),
    );
    expect(both.filter((key) => key.startsWith('secrets.')).sort()).toEqual(fields.sort());
  });

  test('are missed, whichever is taken away from whichever site', () => {
    const { pairings } = reviewRecovery(outputs, platform);
    const missed = pairings.flatMap((pairing) => {
      const key = keyOf(pairing);
      return [
        // What is waived has nothing on the other site to be missed by.
        ...(pairing.primary === undefined || pairing.recovery === undefined
          ? []
          : [[key, 'primary', without(key).primary] as const]),
        ...(pairing.recovery === undefined || pairing.placed
          ? []
          : [[key, 'recovery', without(key).recovery] as const]),
      ].filter(([, , change]) => {
        const found = checks.parity(changed(outputs, change), platform).map(({ about }) => about);
        return !found.includes(key);
      });
    });
    expect(missed.map(([key, site]) => `${key} of the ${site}`)).toEqual([]);
  });
});

describe('what the recovery site lacks', () => {
  let platform: Platform;
  let outputs: Outputs<AwsOutputs>;
  beforeAll(async () => {
    const read = await recoveryOutputs('retailflow', 'production');
    platform = read.platform;
    outputs = read.outputs;
  });
  const about = (waives: object, of = outputs): readonly string[] => {
    const { recovery } = platform.stage.sites;
    if (recovery === undefined) throw new Error('the platform must have a recovery site');
    const sites = { ...platform.stage.sites, recovery: { ...recovery, waives: { ...recovery.waives, ...waives } } };
    return checks.parity(of, { ...platform, stage: { ...platform.stage, sites } }).map((each) => each.about);
  };

  const waived = { reason: 'it is not there, and here is why', minutes: 0 };

  test('is missed where it is flags, unless they are waived', () => {
    const fewer = changed(outputs, without('flags.storefront').recovery);
    expect(about({}, fewer)).toEqual(['flags.storefront']);
    expect(about({ flags: waived }, fewer)).toEqual([]);
  });

  test('is missed where it is messages, all of which one waiver covers', () => {
    const parts = ['emailDomains.customers', 'messageFeedback.customers-email', 'messageFeedback.customers-sms'];
    const fewer = parts.reduce((left, part) => changed(left, without(part).recovery), outputs);
    expect(about({}, fewer)).toEqual(parts);
    expect(about({ messages: waived }, fewer)).toEqual([]);
  });
});

/** Takes away whatever shows a capability, from one site. */
const without = (key: string): { readonly primary: Change; readonly recovery: Change } => {
  const shows = (things: readonly Thing[], rows: Rows): boolean =>
    look(things, rows).capabilities.some((each) => keyOf(each) === key);
  return {
    primary: { aws: (each) => (shows(awsThing('', each), awsRows) ? undefined : each) },
    recovery: {
      azure: (each) => (shows(azureThing(each), azureRows) ? undefined : each),
      cluster: (each) => (shows(clusterThing(each), kubernetesRows) ? undefined : each),
    },
  };
};

describe('a type that nobody knows', () => {
  test('fails when it appears on the primary', async () => {
    const { outputs, platform } = await recoveryOutputs('retailflow', 'production');
    const [first] = outputs.primary.assembly.stacks.flatMap(({ resources }) => resources);
    const strange = changed(outputs, {
      aws: (each) => (each === first ? { ...each, type: 'AWS::MSK::Cluster' } : each),
    });
    expect(checks.parity(strange, platform).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/is neither a capability nor known to be none: give it a row/),
    );
  });
});
