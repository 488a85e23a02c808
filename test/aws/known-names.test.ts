import { knownNames, namesOfAws, reverseNames } from '../../lib/aws/known-names';
import { awsSite } from '../../lib/platform/nouns/site';
import { sitesOf, type Platform } from '../../lib/platform/platform';
import shopflow from '../../platforms/shopflow';
import { problemsIn, resolved, retailflowWith } from '../support/platform';
import { remember } from '../support/remember';

const whole = remember(() => resolved(retailflowWith({})));
/** Development has no recovery site and makes no load. */
const alone = remember(() => resolved(retailflowWith({}), 'development'));

/** The names of a platform's primary, with something of its site changed. */
function namesOf(platform: Platform, changes: object = {}): readonly string[] {
  const [primary] = sitesOf(platform);
  if (primary?.cloud !== 'aws') throw new Error('the primary must be on aws');
  return knownNames(platform, {
    ...awsSite.parse({ ...platform.stage.sites.primary, ...changes }),
    siteName: 'primary',
  });
}

describe('names of AWS', () => {
  test('are those of the region, and of no balancer, instance or bucket elsewhere', () => {
    const names = namesOfAws('eu-west-1');
    expect(names).toContain('*.eu-west-1.amazonaws.com');
    expect(names).toContain('*.eu-west-1.compute.internal');
    for (const open of ['*', '*.amazonaws.com', '*.elb.amazonaws.com', '*.s3.amazonaws.com', '*.compute.amazonaws.com'])
      expect(names).not.toContain(open);
  });

  test('are spelled in us-east-1 as they were before there were others', () => {
    expect(namesOfAws('us-east-1')).toContain('*.ec2.internal');
    expect(namesOfAws('us-east-1')).not.toContain('*.us-east-1.compute.internal');
    expect(namesOfAws('us-east-1')).toContain('prod-us-east-1-starport-layer-bucket.s3.amazonaws.com');
  });
});

test.each([
  ['10.16.0.0/16', '*.16.10.in-addr.arpa'],
  ['10.16.32.0/20', '*.16.10.in-addr.arpa'],
  ['10.0.0.0/8', '*.10.in-addr.arpa'],
  ['192.168.7.0/24', '*.7.168.192.in-addr.arpa'],
])('addresses of %s are asked for as %s', (cidr, name) => {
  expect(reverseNames(cidr)).toBe(name);
});

describe('known names', () => {
  test('are in order, each once', () => {
    const names = namesOf(whole());
    expect(names).toEqual([...new Set(names)].sort());
  });

  test('are services as the gateway calls them, where no cluster knows them', () => {
    const { domain } = alone().stage;
    expect(namesOf(alone(), { runtime: 'ecs' })).toContain(`*.services.${domain}`);
    expect(namesOf(alone(), { runtime: 'eks' })).not.toContain(`*.services.${domain}`);
  });

  test('are the third parties of who uses them, as they are written', () => {
    expect(namesOf(whole())).toEqual(
      expect.arrayContaining(['api.payments.example.com', 'api.shipping.example.com', 'api.push.apple.com']),
    );
  });

  test('are not those of a third party that nobody uses', () => {
    const definition = retailflowWith({ services: { catalog: { uses: { integrations: [] } } } });
    expect(namesOf(resolved(definition))).not.toContain('api.stock.example.com');
  });

  test('are those of the other site while there is one', () => {
    const other = ['login.microsoftonline.com', 'recovery.shop.example.com', '*.postgres.database.azure.com'];
    expect(namesOf(whole())).toEqual(expect.arrayContaining(other));
    expect(namesOf(alone()).filter((name) => other.includes(name) || /azure|windows/.test(name))).toEqual([]);
  });

  test('are the front door for load tests, and only for them', () => {
    const tried = resolved(shopflow, 'staging');
    expect(namesOf(tried)).toContain(tried.stage.domain);
    expect(namesOf(alone())).not.toContain(alone().stage.domain);
  });

  test('are where manifests lie for a cluster that fetches them, and only for one', () => {
    expect(namesOf(alone(), { runtime: 'eks' })).toContain('github.com');
    expect(namesOf(alone(), { runtime: 'ecs' })).not.toContain('github.com');
  });

  test('fails when there are more than a list takes at once', () => {
    const hosts = Array.from({ length: 250 }, (_each, index) => `partner-${index}`);
    const definition = retailflowWith({
      integrations: Object.fromEntries(
        hosts.map((name) => [name, { host: `${name}.example.com`, purpose: 'one of too many' }]),
      ),
      services: { catalog: { uses: { integrations: hosts } } },
    });
    const problems = problemsIn(() => namesOf(resolved(definition)));
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'integrations',
        allowed: expect.stringContaining('at most 255 hosts'),
      }),
    ]);
  });
});
