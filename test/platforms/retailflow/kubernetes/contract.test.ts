import { contractOf } from '../../../../lib/platform/contract';
import { standsOn } from '../../../../lib/platform/platform';
import { listOf, objectOf } from '../../../../lib/review/json';
import { renderedCluster } from '../../../support/clusters';
import { ClusterView } from '../../support/cluster';
import { environmentOf, secretsOf, Site } from '../../support/site';

const stages = ['production', 'staging'] as const;

/** What a part is called in the names of its variables, by noun. */
const WORDS = { flags: 'FLAGS', searches: 'SEARCH', workflows: 'WORKFLOW' } as const;

/** What is constant on a site and not the same on both: how a service proves itself, and where it tells of itself. */
const ofTheSite = /_AUTH$|^OTEL_EXPORTER_OTLP_ENDPOINT$/;

describe.each(stages)('the contract of services in %s', (stage) => {
  const site = Site.of('retailflow', stage);
  const { platform } = site;
  let view: ClusterView;
  beforeAll(async () => {
    view = new ClusterView(await renderedCluster('retailflow', stage));
  });

  /** Variables of what the recovery site waives, by how their names begin. */
  const waived = Object.entries(WORDS).flatMap(([noun, word]) =>
    Object.keys(platform[noun as keyof typeof WORDS])
      .filter((name) => !standsOn(platform, 'recovery', noun as keyof typeof WORDS, name))
      .map((name) => `${word}_${name.replaceAll('-', '_').toUpperCase()}_`),
  );
  const isWaived = (variable: string): boolean => waived.some((beginning) => variable.startsWith(beginning));

  const services = Object.keys(platform.services);
  test('is that of every service', () => {
    expect(services.length).toBeGreaterThan(0);
    expect(waived.length).toBeGreaterThan(0);
  });

  describe.each(services)('%s', (service) => {
    const ecs = site.container(site.task(service), 'app');

    test('is told variables of the same names in both clouds, but for what the recovery site waives', () => {
      const there = Object.keys(environmentOf(ecs)).filter((variable) => !isWaived(variable));
      expect(there.length).toBeGreaterThan(5);
      expect(Object.keys(view.told(service).environment).sort()).toEqual(there.sort());
    });

    test('is given secrets of the same names', () => {
      const there = Object.keys(secretsOf(ecs)).filter((variable) => !isWaived(variable));
      expect(Object.keys(view.told(service).secrets).sort()).toEqual(there.sort());
    });

    test('is told the same of what is the same everywhere', () => {
      const [there, here] = [environmentOf(ecs), view.told(service).environment];
      const constants = contractOf(
        {
          platform,
          site: 'primary',
          authentications: { databases: 'iam', caches: 'iam', searches: 'iam', messages: 'iam' },
        },
        service,
      ).filter(({ kind, variable }) => kind === 'constant' && !ofTheSite.test(variable) && !isWaived(variable));
      expect(constants.length).toBeGreaterThan(0);
      for (const { variable } of constants) expect([variable, here[variable]]).toEqual([variable, there[variable]]);
    });

    test('listens at the same port', () => {
      const ports = listOf(ecs.PortMappings).map((mapping) => objectOf(mapping).ContainerPort);
      expect(listOf(view.container(service).ports).map((port) => objectOf(port).containerPort)).toEqual(ports);
    });

    test('asks each cloud for the way of logging in that it has', () => {
      const kinds = (told: Readonly<Record<string, string>>) =>
        [...new Set(Object.entries(told).flatMap(([name, value]) => (name.endsWith('_AUTH') ? [value] : [])))].sort();
      const [there, here] = [kinds(environmentOf(ecs)), kinds(view.told(service).environment)];
      expect(there.filter((kind) => kind !== 'iam')).toEqual([]);
      expect(here.filter((kind) => kind !== 'entra')).toEqual([]);
      expect(here.length).toBe(there.length);
    });
  });
});
