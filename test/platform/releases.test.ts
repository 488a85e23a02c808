import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  failoverDigest,
  formatReleases,
  imageOf,
  imageWords,
  missingReleases,
  parseReleases,
  releasesFile,
  withRelease,
} from '../../lib/platform/releases';
import { problemsIn, resolved } from '../support/platform';
import retailflow from '../../platforms/retailflow';

const platform = resolved(retailflow);
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const known = 'one of analytics, catalog, failover, notification, order, payment, user';
const file = 'releases/retailflow/production.json';
const problems = (input: unknown) => problemsIn(() => parseReleases(platform, input));

describe('releases', () => {
  test('say what each service runs, and the others run the bootstrap image', () => {
    const releases = parseReleases(platform, { order: { digest: digest('a') } });
    expect(imageOf(releases, 'order')).toEqual({ kind: 'release', digest: digest('a') });
    expect(imageOf(releases, 'user')).toEqual({ kind: 'bootstrap' });
    expect(imageOf(releases, 'constructor')).toEqual({ kind: 'bootstrap' });
    expect(imageOf(parseReleases(platform, {}), 'order')).toEqual({ kind: 'bootstrap' });
  });

  test('say which image recovery runs, which nothing stands in for, where a stage has one', () => {
    const told = parseReleases(platform, { failover: { digest: digest('c') } });
    expect([failoverDigest(told), missingReleases(platform, told)]).toEqual([digest('c'), []]);
    expect([failoverDigest({}), missingReleases(platform, {})]).toEqual([digest('0'), ['failover']]);
    expect(missingReleases(platform, { failover: { digest: digest('0') } })).toEqual(['failover']);
    const alone = resolved(retailflow, 'development');
    expect(imageWords(alone)).toEqual(Object.keys(alone.services));
    expect(missingReleases(alone, {})).toEqual([]);
    expect(problemsIn(() => parseReleases(alone, { failover: { digest: digest('c') } }))).toHaveLength(1);
  });

  test('fails when an image is unknown, and lists the known ones', () => {
    expect(problems({ oder: { digest: digest('a') }, shipping: { digest: digest('b') } })).toEqual([
      {
        path: `${file} oder`,
        got: 'oder',
        allowed: known,
        remedy: 'did you mean order? If not, remove the entry, the stage has no such image',
      },
      {
        path: `${file} shipping`,
        got: 'shipping',
        allowed: known,
        remedy: 'remove the entry, the stage has no such image',
      },
    ]);
  });

  test.each([
    digest('a').slice(0, -1),
    digest('a') + 'a',
    digest('A'),
    digest('g'),
    'a'.repeat(64),
    'release-12',
    'latest',
    `${digest('a')}\n`,
  ])('fails when a digest is %j', (malformed) => {
    expect(problems({ order: { digest: malformed } })).toEqual([
      {
        path: `${file} order.digest`,
        got: malformed,
        allowed: 'sha256: and 64 hexadecimal digits, as a registry gives it',
        remedy: 'correct the text',
      },
    ]);
  });

  test.each([
    ['an entry is a text', { order: digest('a') }, `${file} order`],
    ['an entry has no digest', { order: {} }, `${file} order.digest`],
    ['an entry has more than a digest', { order: { digest: digest('a'), tag: 'v1' } }, `${file} order.tag`],
    ['the file holds a list', [], file],
    ['the file holds nothing', null, file],
  ])('fails when %s', (_, input, path) => {
    expect(problems(input).map((problem) => problem.path)).toEqual([path]);
  });

  test('are replaced a service at a time, sorted, the others as they were', () => {
    const before = parseReleases(platform, { user: { digest: digest('b') }, order: { digest: digest('a') } });
    const after = withRelease(platform, before, 'catalog', digest('c'));
    expect(withRelease(platform, after, 'user', digest('d'))).toEqual({
      catalog: { digest: digest('c') },
      order: { digest: digest('a') },
      user: { digest: digest('d') },
    });
    expect(before).toEqual({ user: { digest: digest('b') }, order: { digest: digest('a') } });
    expect(formatReleases({ user: { digest: 'x' }, order: { digest: 'y' } })).toBe(
      '{\n  "order": {\n    "digest": "y"\n  },\n  "user": {\n    "digest": "x"\n  }\n}\n',
    );
  });

  test('fails when a service that the stage does not have is replaced', () => {
    expect(problemsIn(() => withRelease(platform, {}, 'shipping', digest('a'))).map(({ path }) => path)).toEqual([
      `${file} shipping`,
    ]);
  });

  test.each(Object.keys(retailflow.stages))('of RetailFlow in %s are committed, valid and sorted', (stage) => {
    const of = resolved(retailflow, stage);
    const path = resolve(__dirname, '../..', releasesFile(of));
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(formatReleases(parseReleases(of, JSON.parse(text)))).toBe(text);
  });
});
