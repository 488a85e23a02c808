import type { Platform } from '../../../lib/platform/platform';
import type { JsonObject } from '../../../lib/review/json';
import { keptIn, untoldKeepers } from '../../../lib/review/recovery/keeper';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { recoveryTime, timeProblems } from '../../../lib/review/recovery/recovery-time';
import { checks } from '../../../lib/review/recovery/review';
import { changed, recoveryOutputs, type Change } from '../../support/recovery';

let outputs: Outputs<AwsOutputs>;
let platform: Platform;
beforeAll(async () => ({ outputs, platform } = await recoveryOutputs('retailflow', 'production')));

const messages = (change: Change): readonly string[] =>
  checks.keeper(changed(outputs, change)).map(({ message }) => message);

const rewritten = <Value>(value: Value, from: string, to: string): Value =>
  JSON.parse(JSON.stringify(value).replaceAll(from, to)) as Value;

/** A resource of AWS with other properties, or none. */
const aws = (id: RegExp, given: JsonObject | undefined): Change => ({
  aws: (each) => (!id.test(each.logicalId) ? each : given && { ...each, properties: { ...each.properties, ...given } }),
});
/** Whatever is so called with one text for another, or none of it. */
const awsText = (id: RegExp, from: string, to: string): Change => ({
  aws: (each) => (id.test(each.logicalId) ? { ...each, properties: rewritten(each.properties, from, to) } : each),
});
const azure = (address: RegExp, from?: string, to = ''): Change => ({
  azure: (each) => {
    if (!address.test(each.address)) return each;
    return from === undefined ? undefined : { ...each, arguments: rewritten(each.arguments, from, to) };
  },
});
const cluster = (file: RegExp, from?: string, to = ''): Change => ({
  cluster: (each) => {
    if (!file.test(each.file)) return each;
    return from === undefined ? undefined : { ...each, value: rewritten(each.value, from, to) };
  },
});

describe('the right to write', () => {
  test('is kept on both sites, by what the outputs show', () => {
    const kept = keptIn(outputs);
    expect(kept.filter(({ found }) => found === undefined)).toEqual([]);
    expect(kept).toHaveLength(12);
    expect(checks.keeper(outputs)).toEqual([]);
  });

  test('is kept by nobody yet while the image is not told, which the review says', () => {
    expect(untoldKeepers(outputs)).toHaveLength(2);
    const told = 'a'.repeat(64);
    const released = changed(outputs, {
      ...awsText(/^KeeperTask/, '0'.repeat(64), told),
      ...cluster(/deployment-keeper/, '0'.repeat(64), told),
    });
    expect(untoldKeepers(released)).toEqual([]);
    expect(checks.keeper(released)).toEqual([]);
  });

  test.each<[what: string, change: Change, message: RegExp]>([
    ['nobody keeps the primary', aws(/^KeeperService/, undefined), /a keeper is told the writer .* on the primary/],
    ['no task of it runs', aws(/^KeeperService/, { DesiredCount: 0 }), /a keeper is told the writer .* on the primary/],
    [
      'it is told of no server',
      awsText(/^KeeperTask/, 'EndpointAddress', 'ReadEndpointAddress'),
      /a keeper is told the writer .* on the primary/,
    ],
    ['it may not log in', aws(/^KeeperLogin/, undefined), /may log in to databases\.store on the primary/],
    ['it may log in as another', awsText(/^KeeperLogin/, '/mainstay_keeper', '/mainstay_owner'), /may log in to/],
    ['it is denied to log in', awsText(/^KeeperLogin/, '"Allow"', '"Deny"'), /may log in to/],
    [
      'it is let out at another port',
      aws(/^KeeperPathsStoreEgress/, { FromPort: 5433, ToPort: 5433 }),
      /gets to databases\.store on the primary/,
    ],
    [
      'it may ask by another port',
      aws(/^KeeperPathsInternetEgress/, { FromPort: 80, ToPort: 80 }),
      /on the primary gets to the latch/,
    ],
    ['it is not let out', aws(/^KeeperPathsStoreEgress/, undefined), /gets to databases\.store on the primary/],
    ['it is not let in', aws(/^KeeperPathsStoreIngress/, undefined), /gets to databases\.store on the primary/],
    ['it cannot ask', aws(/^KeeperPathsInternetEgress/, undefined), /on the primary gets to the latch/],
    ['its turns are not counted', aws(/^KeeperTurns/, undefined), /silence of the keeper .* on the primary/],
    ['its silence is well', aws(/^KeeperStoreSilent/, { TreatMissingData: 'notBreaching' }), /silence .* the primary/],
    ['its silence calls nobody', aws(/^KeeperStoreSilent/, { AlarmActions: [] }), /silence .* the primary/],
    ['its silence calls too late', aws(/^KeeperStoreSilent/, { EvaluationPeriods: 5 }), /silence .* the primary/],
    ['nobody keeps the recovery site', cluster(/deployment-keeper/), /a keeper is told .* on the recovery site/],
    ['no pod of it runs', cluster(/deployment-keeper/, '"replicas":2', '"replicas":0'), /told .* the recovery site/],
    ['it is told the pool', cluster(/deployment-keeper/, ':5432', ':6432'), /told .* on the recovery site/],
    ['it has no identity', azure(/Federation_Keeper/), /is an identity of the cloud/],
    ['its pods reach nothing', cluster(/networkpolicy-keeper/), /gets to databases\.store on the recovery site/],
    ['its pods cannot ask', cluster(/networkpolicy-keeper/, '"port":443', '"port":444'), /site gets to the latch/],
    [
      'its pods get out to private networks alone',
      cluster(/networkpolicy-keeper/, '"10.0.0.0/8"', '"0.0.0.0/1"'),
      /site gets to the latch/,
    ],
    [
      'another database is asked for',
      azure(/KeeperAlerts_Silent/, "'store'", "'shop'"),
      /silence .* on the recovery site/,
    ],
    [
      'only lines that are there tell',
      azure(/KeeperAlerts_Silent/, 'datatable', 'union datatable'),
      /silence .* on the recovery site/,
    ],
    [
      'each asks in the clear',
      {
        ...awsText(/^KeeperTask/, 'https://recovery.', 'http://recovery.'),
        ...cluster(/deployment-keeper/, 'https://recovery.', 'http://recovery.'),
      },
      /ask one latch, which the edge of the recovery site serves/,
    ],
    ['its logs are not asked', azure(/KeeperAlerts_Silent/), /silence .* on the recovery site/],
    ['they call nobody', azure(/KeeperAlerts_Silent/, 'action_groups', 'no_groups'), /silence .* on the recovery site/],
    [
      'each asks another latch',
      cluster(/deployment-keeper/, 'https://recovery.', 'https://standby.'),
      /ask one latch.* got https:\/\/recovery\..*, https:\/\/standby\./,
    ],
    ['nobody serves the latch', azure(/LeaderRoute/), /ask one latch, which the edge of the recovery site serves/],
    [
      'each renews for another time',
      awsText(/^KeeperTask/, '"300"', '"120"'),
      /renew for the same time.* got 120, 300/,
    ],
  ])('is not where %s', (_, change, message) => {
    expect(messages(change)).toContainEqual(expect.stringMatching(message));
  });
});

describe('the recovery time', () => {
  test.each<[what: string, change: Change, seconds: number]>([
    ['its task is told', {}, 300],
    ['its task is told otherwise', awsText(/^KeeperTask/, '"300"', '"900"'), 900],
    ['nobody is there who would renew', aws(/^KeeperService/, undefined), Infinity],
    ['no task of it runs', aws(/^KeeperService/, { DesiredCount: 0 }), Infinity],
  ])('has the end of the right to write as %s', (_, change, seconds) => {
    const time = recoveryTime(changed(outputs, change), platform);
    expect(time?.parts.find(({ part }) => part === 'the right of the primary to write ends')?.seconds).toBe(seconds);
    expect(timeProblems(time)).toHaveLength(seconds > 400 ? 1 : 0);
  });
});
