import { documentationValues } from '../../lib/platform/documentation-values';
import { required } from '../../lib/platform/required';
import { production, resolved, retailflowWith } from '../support/platform';
import retailflow from '../../platforms/retailflow';
import shopflow from '../../platforms/shopflow';
import techflowSolutions from '../../platforms/techflow-solutions';

const real = {
  owner: { email: 'platform@retailflow.shop' },
  delivery: {
    repository: 'retailflow/platform',
    manifests: { repository: 'https://github.com/retailflow/manifests' },
  },
  gateway: { tokens: { issuer: 'https://retailflow.shop' } },
  integrations: {
    payments: { host: 'api.payments.shop' },
    shipping: { host: 'api.shipping.shop' },
    stock: { host: 'api.stock.shop' },
  },
  messages: { customers: { push: { apple: { topic: 'shop.retailflow' }, google: { project: 'retailflow-7d2c1' } } } },
  ...(production({
    domain: 'retailflow.shop',
    hostedZone: { id: 'Z08214483Q9V7XKQ2PL1R', name: 'retailflow.shop' },
    alarms: { email: 'on-call@retailflow.shop' },
    sites: {
      primary: {
        account: '720418365529',
        tokenIssuer: 'https://5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95.tokens.sts.global.api.aws',
      },
      recovery: {
        subscription: '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
        tenant: '1c9e6a4d-8b27-4f53-a0e1-6d3c5b7f9a28',
        administrators: { objectId: '3d0f5b1e-6c42-4d7a-9b8f-2e5a7c9d1b64' },
        state: { account: 'retailflowterraform' },
      },
    },
  }) as object),
};

const paths = (patch: object): readonly string[] =>
  documentationValues(resolved(retailflowWith(patch))).map(({ path }) => path);

describe('documentation values', () => {
  test('of RetailFlow are all of its inputs, by path and value', () => {
    expect(documentationValues(resolved(retailflow))).toEqual([
      { path: 'delivery.manifests.repository', value: 'https://github.com/example/retailflow-manifests' },
      { path: 'delivery.repository', value: 'example/retailflow' },
      { path: 'gateway.tokens.issuer', value: 'https://shop.example.com' },
      { path: 'integrations.payments.host', value: 'api.payments.example.com' },
      { path: 'integrations.shipping.host', value: 'api.shipping.example.com' },
      { path: 'integrations.stock.host', value: 'api.stock.example.com' },
      { path: 'messages.customers.push.apple.topic', value: 'com.example.shop' },
      { path: 'messages.customers.push.google.project', value: 'example-retailflow' },
      { path: 'owner.email', value: 'platform@example.com' },
      { path: 'stages.production.alarms.email', value: 'on-call@example.com' },
      { path: 'stages.production.domain', value: 'shop.example.com' },
      { path: 'stages.production.hostedZone.id', value: 'Z0EXAMPLE0SHOP' },
      { path: 'stages.production.hostedZone.name', value: 'example.com' },
      { path: 'stages.production.sites.primary.account', value: '111122223333' },
      {
        path: 'stages.production.sites.primary.tokenIssuer',
        value: 'https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws',
      },
      {
        path: 'stages.production.sites.recovery.administrators.objectId',
        value: '00000000-0000-0000-0000-000000000000',
      },
      { path: 'stages.production.sites.recovery.state.account', value: 'exampleproductionstate' },
      { path: 'stages.production.sites.recovery.subscription', value: '00000000-0000-0000-0000-000000000000' },
      { path: 'stages.production.sites.recovery.tenant', value: '00000000-0000-0000-0000-000000000000' },
    ]);
  });

  test('of a stage with one site name that site alone', () => {
    const found = documentationValues(resolved(retailflow, 'development')).map(({ path }) => path);
    expect(found).toContain('stages.development.sites.primary.account');
    expect(found.filter((path) => path.includes('recovery'))).toEqual([]);
  });

  test('are none once every input is real', () => {
    expect(paths(real)).toEqual([]);
  });

  test.each(['shop.example', 'shop.test', 'shop.invalid', 'example.org', 'a.example.net'])(
    'include the domain %s',
    (domain) => {
      const patch = { ...real, ...(production({ domain, hostedZone: { name: domain } }) as object) };
      expect(paths(patch)).toEqual(
        expect.arrayContaining(['stages.production.domain', 'stages.production.hostedZone.name']),
      );
    },
  );

  test.each(['444455556666', '123456789012'])('include the account %s', (account) => {
    expect(paths(production({ sites: { primary: { account } } }) as object)).toContain(
      'stages.production.sites.primary.account',
    );
  });

  test('include the account of a role by which people read or administer', () => {
    const role = 'arn:aws:iam::111122223333:role/engineers';
    expect(documentationValues(resolved(techflowSolutions))).toContainEqual({
      path: 'stages.production.logs.search.readers',
      value: role,
    });
    const kubernetes = (account: string) =>
      paths(
        production({
          sites: {
            primary: { runtime: 'eks', kubernetes: { administrators: [role.replace('111122223333', account)] } },
          },
        }) as object,
      );
    const path = 'stages.production.sites.primary.kubernetes.administrators';
    expect(kubernetes('111122223333')).toContain(path);
    expect(kubernetes('720418365529')).not.toContain(path);
  });

  test('include where a provider of sign-in tells of itself', () => {
    const path = 'telemetry.dashboards.signIn.metadata';
    const by = (metadata: string) => {
      const signIn = { by: 'saml', metadata, groups: 'groups', admins: ['platform'], editors: [] } as const;
      const platform = resolved(shopflow);
      return documentationValues({
        ...platform,
        telemetry: { ...required('telemetry', platform.telemetry), dashboards: { pages: 'each-service', signIn } },
      }).map((each) => each.path);
    };
    expect(by('https://id.example.com/metadata?app=1')).toContain(path);
    expect(by('https://id.retailflow.shop/metadata')).not.toContain(path);
  });

  test.each(['myexample.com', 'example.com.shop', 'testing.shop'])('do not include the host %s', (host) => {
    expect(paths({ integrations: { payments: { host } } })).not.toContain('integrations.payments.host');
  });
});
