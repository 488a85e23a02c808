import { problemsOf, production, retailflowWith } from '../../support/platform';

const service = { scale: { min: 1, max: 2 } };
const problems = (patch: unknown) => problemsOf(retailflowWith(patch));
const path = 'stages.production.sites.recovery.waives';
const waives = (change: object) => production({ sites: { recovery: { waives: change } } });

describe('what Azure has no part for', () => {
  test('is waived by RetailFlow', () => {
    expect(problems({})).toEqual([]);
  });

  test.each([
    [
      'searches',
      'searches of opensearch',
      'products',
      "say what services do without a search, such as asking their own tables, or choose engine 'ai-search'",
    ],
    [
      'workflows',
      'workflows',
      'order-saga',
      'say what becomes of their work, such as waiting in a queue until the other site is back',
    ],
  ])('fails when %s are not waived there', (noun, called, names, alternative) => {
    expect(problems(waives({ [noun]: null }))).toEqual([
      {
        path: `${path}.${noun}`,
        got: undefined,
        allowed: `a waiver on azure, which has no ${called}, while there are ${names}`,
        remedy: `waive ${noun} with a reason and a time: ${alternative}`,
      },
    ]);
  });

  test('needs no waiver where there is none of it', () => {
    expect(
      problems({
        ...(waives({ searches: null }) as object),
        searches: null,
        services: { catalog: { uses: { searches: null } } },
      }).filter((problem) => problem.path.startsWith(path)),
    ).toEqual([]);
  });

  test('needs no waiver on a site that is not on Azure', () => {
    expect(problemsOf(retailflowWith({}), 'development')).toEqual([]);
  });
});

describe('names of services in a cluster', () => {
  test.each(['namespace', 'namespace-deny'])('fails when one is called %s', (name) => {
    expect(problems({ services: { [name]: service } })).toMatchObject([
      { path: `services.${name}`, got: name, remedy: 'rename it' },
    ]);
  });

  test.each(['namespaces', 'my-namespace'])('may be %s', (name) => {
    expect(problems({ services: { [name]: service } })).toEqual([]);
  });

  test('may be anything where there is no cluster', () => {
    const definition = retailflowWith({ services: { namespace: service } });
    expect(problemsOf(definition, 'development')).toEqual([]);
  });
});
