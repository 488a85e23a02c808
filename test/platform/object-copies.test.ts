import { wayOut } from '../../lib/platform/checks/network';
import { objectCopies } from '../../lib/platform/object-copies';
import retailflow from '../../platforms/retailflow';
import { problemsOf, production, resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflow);
const copiesWith = (patch: unknown) => objectCopies(resolved(retailflowWith(patch)));

describe('copies of objects', () => {
  test('are made of every bucket that stands on both sites, into the container of its name', () => {
    expect(objectCopies(platform)).toMatchObject({
      buckets: [
        {
          name: 'archive',
          container: 'https://stretailflowproducvw39wc.blob.core.windows.net/archive',
          removes: false,
        },
        {
          name: 'assets',
          container: expect.stringMatching(/^https:\/\/[a-z0-9]+\.blob\.[a-z.]+\/assets$/),
          removes: true,
        },
        { name: 'exports', container: expect.stringMatching(/\/exports$/), removes: true },
      ],
      tenant: '00000000-0000-0000-0000-000000000000',
      issuer: 'https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws',
      subject: 'arn:aws:iam::111122223333:role/retailflow-production-object-copier',
      pointMinutes: 15,
    });
  });

  test('know every host that they reach, once, and the latch among them', () => {
    const { buckets = [], hosts, latch = '' } = objectCopies(platform) ?? {};
    expect(hosts).toHaveLength(3);
    expect(hosts).toEqual([...new Set(buckets.map(({ container }) => new URL(container).hostname))].sort());
    expect(latch).toMatch(/\/mainstay-leader\/leader\.json$/);
    expect(hosts).toContain(new URL(latch).hostname);
  });

  test('reach the latch also where nothing is copied beside it', () => {
    const { hosts = [], latch } = copiesWith({ buckets: { assets: { on: ['recovery'] } } }) ?? {};
    expect(latch).toBeDefined();
    expect(hosts).toHaveLength(3);
  });

  test('are none of a bucket of one site', () => {
    const { buckets } = copiesWith({ buckets: { exports: { on: ['primary'] } } }) ?? {};
    expect(buckets?.map(({ name }) => name)).toEqual(['archive', 'assets']);
  });

  test('are none where no bucket stands on both sites, or there is no recovery site', () => {
    expect(objectCopies({ ...platform, buckets: {} })).toBeUndefined();
    expect(objectCopies(resolved(retailflow, 'development'))).toBeUndefined();
  });

  test('need a way out on the primary, also where nothing else does', () => {
    const [site] = [platform.stage.sites.primary].filter((each) => each.cloud === 'aws');
    if (site === undefined) throw new Error('the primary is on aws');
    const closed = { ...site, network: { ...site.network, nat: 'none' as const } };
    const stage = { ...platform.stage, sites: { ...platform.stage.sites, primary: closed } };
    expect(wayOut({ ...platform, stage, integrations: {}, messages: {} })).toEqual([
      {
        path: 'stages.production.sites.primary.network.nat',
        got: 'none',
        allowed: 'regional, per-zone or single, because what copies objects asks Entra ID for tokens',
        remedy: 'choose a way out, or place no bucket on both sites',
      },
    ]);
    expect(wayOut({ ...platform, stage, integrations: {}, messages: {}, buckets: {} })).toEqual([]);
  });

  test.each(['https://token.actions.githubusercontent.com', 'https://1.tokens.sts.global.api.aws', 'tokens'])(
    'fails when their tokens come from %s',
    (tokenIssuer) => {
      expect(problemsOf(retailflowWith(production({ sites: { primary: { tokenIssuer } } })))).toEqual([
        expect.objectContaining({ path: 'stages.production.sites.primary.tokenIssuer', got: tokenIssuer }),
      ]);
    },
  );
});
