import { insteadOf } from '../../lib/platform/words';
import { site } from '../../lib/platform/nouns/site';
import { propertiesAt } from '../../lib/platform/properties';
import { testFaults, type Fault } from '../support/faults';
import { production } from '../support/platform';

const kinds = {
  ecs: { cloud: 'aws', runtime: 'ecs' },
  eks: { cloud: 'aws', runtime: 'eks' },
  azure: { cloud: 'azure' },
} as const;
type Kind = keyof typeof kinds;

const wordsOf = (kind: Kind, ...path: readonly string[]) => propertiesAt(site, kinds[kind], path);

/** Words at a path of a site that some kind understands, and this one does not. */
const foreign = (kind: Kind, ...path: readonly string[]): readonly string[] =>
  (Object.keys(kinds) as Kind[])
    .flatMap((other) => wordsOf(other, ...path))
    .filter((word) => !wordsOf(kind, ...path).includes(word));

const patchAt = ([word = '', ...rest]: readonly string[], value: unknown): object => ({
  [word]: rest.length === 0 ? value : patchAt(rest, value),
});

describe('words of another cloud', () => {
  test.each(
    (Object.keys(kinds) as Kind[]).flatMap((kind) =>
      [[], ['network']].flatMap((path) =>
        foreign(kind, ...path).map((word) => ({ kind, path: ['stage.sites.primary', ...path].join('.'), word })),
      ),
    ),
  )('$path.$word on $kind has something in its place', ({ path, word }) => {
    expect(insteadOf(path, word)).toMatch(/^remove it[:,]/);
  });

  const ofSite = (
    name: 'primary' | 'recovery',
    word: string,
    value: unknown,
    others: string,
    remedy: string,
  ): Fault => ({
    when: `${word} stands where only ${others} has it`,
    patch: production({ sites: { [name]: patchAt(word.split('.'), value) } }),
    answers: [
      {
        path: `stages.production.sites.${name}.${word}`,
        got: value,
        allowed: `absent, there is no such property but with ${others}`,
        remedy,
      },
    ],
  });

  testFaults([
    ofSite('recovery', 'network.offices', {}, "cloud 'aws'", 'docs/guides/cluster.md'),
    ofSite('recovery', 'network.nat', 'regional', "cloud 'aws'", 'always goes out by a NAT gateway'),
    ofSite('recovery', 'network.flowLogDays', 30, "cloud 'aws'", 'logDays of the stage'),
    ofSite('primary', 'network.ddosProtection', 'network', "cloud 'azure'", 'edge.firewall'),
    ofSite('primary', 'network.services', '10.9.0.0/16', "cloud 'azure'", 'kubernetes.services'),
    ofSite('primary', 'administrators', { name: 'people' }, "cloud 'azure'", 'kubernetes.administrators'),
    ofSite('primary', 'copies', { region: 'x' }, "cloud 'azure'", 'sites.recovery'),
    ofSite('recovery', 'kubernetes.mesh.revision', 'asm-1-29', "flavor 'aks-addon'", "choose flavor 'aks-addon'"),
    {
      when: 'a database has a word of another engine',
      patch: { databases: { store: { tier: 'hyperscale' } } },
      answers: [
        {
          path: 'databases.store.tier',
          got: 'hyperscale',
          allowed: "but with engine 'sqlserver'",
          remedy: "choose engine 'sqlserver'",
        },
      ],
    },
    ...['mtls', 'canary', 'circuitBreaking', 'anything'].map((word) => ({
      when: `a mesh is asked for ${word}`,
      patch: production({ sites: { recovery: { kubernetes: { mesh: { [word]: 'strict' } } } } }),
      answers: [
        {
          path: `stages.production.sites.recovery.kubernetes.mesh.${word}`,
          got: 'strict',
          allowed: 'absent, there is no such property',
          remedy: 'a mesh always has mutual TLS',
        },
      ],
    })),
    ...['mesh', 'mutualTls', 'mtls', 'circuitBreaking'].flatMap((word) =>
      [
        { at: word, patch: { [word]: true } },
        { at: `services.order.${word}`, patch: { services: { order: { [word]: true } } } },
        {
          at: `stages.production.sites.primary.${word}`,
          patch: production({ sites: { primary: { [word]: true } } }),
        },
      ].map(({ at, patch }) => ({
        when: `${at} is asked for where services are tasks on ecs`,
        patch,
        answers: [
          {
            path: at,
            got: true,
            allowed: 'absent, there is no such property',
            remedy: "with runtime: 'eks' on aws, and always on azure, a mesh has mutual TLS",
          },
        ],
      })),
    ),
    {
      when: 'the word of a mesh is misspelled',
      patch: production({ sites: { recovery: { kubernetes: { mesh: { flavour: 'self-managed' } } } } }),
      answers: [
        {
          path: 'stages.production.sites.recovery.kubernetes.mesh.flavour',
          got: 'self-managed',
          allowed: 'absent, there is no such property',
          remedy: 'did you mean flavor?',
        },
      ],
    },
  ]);
});
