import { loadContracts, loadDefinition, loadPlatform } from '../../../bin/inputs';
import { unheard } from '../../../lib/platform/checks/unheard';
import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import type { SiteName } from '../../../lib/platform/platform';
import { synthesize } from '../../support/assembly';
import { synthesizeSite } from '../../support/azure-site';
import { renderedFrom } from '../../support/clusters';
import { onEks } from '../../support/eks';
import { everyProperty, listened, type Listened } from '../../support/heard';
import { digest } from '../../support/kubernetes';
import { required } from '../../../lib/platform/required';
import { resolved } from '../../support/platform';
import { remember } from '../../support/remember';
import { elsewhere, unsaidOn } from './elsewhere';
import { kinds, type Kind, type Sample } from './samples';

const isOn = (kind: Kind, cloud: 'AWS' | 'Azure') => kind.endsWith(cloud);
const siteOf = (kind: Kind): SiteName => (kind === 'a recovery site on Azure' ? 'recovery' : 'primary');

/** A definition that has one of its stages alone. */
const inOneStage = (definition: Definition, stage: string): Definition => ({
  ...definition,
  stages: { [stage]: required(stage, definition.stages[stage]) },
});

/** A platform after everything of its site was made from it, with a release of every service. */
async function heardFrom(
  kind: Kind,
  { contracts, patch, platform: name, stage = 'production' }: Sample,
): Promise<Listened> {
  const loaded = loadPlatform(name, stage);
  const definition = kind === 'pods on AWS' ? onEks(name) : loadDefinition(name);
  const made = resolved(inOneStage(applyPatch(definition, patch ?? {}) as Definition, stage), stage);
  const platform = { ...made, ...(contracts === undefined ? loadContracts(made) : { contracts }) };
  const all = listened(platform, siteOf(kind));
  const releases = Object.fromEntries(Object.keys(loaded.platform.services).map((service) => [service, { digest }]));
  const input = { ...loaded, platform: all.platform, releases };
  if (isOn(kind, 'AWS')) synthesize(input);
  else synthesizeSite(all.platform);
  if (kind !== 'tasks on AWS') await renderedFrom(input, siteOf(kind));
  return all;
}

interface Told {
  /** Said, and read by nothing that makes the sites. */
  readonly unread: readonly string[];
  readonly said: readonly string[];
}

/** What samples of a kind say of their sites. */
const toldOn = remember(async (kind: Kind): Promise<Told> => {
  const said = new Set<string>();
  const heard = new Set<string>();
  for (const sample of kinds[kind]) {
    const all = await heardFrom(kind, sample);
    for (const path of all.said) said.add(path);
    for (const path of all.heard) heard.add(path);
  }
  const sorted = (paths: readonly string[]) => [...new Set(paths.map(alike))].sort();
  return {
    unread: sorted([...said].filter((path) => !heard.has(path))),
    said: sorted([...said]),
  };
});

const heardElsewhere: readonly string[] = Object.values(elsewhere).flat();

/** Waivers are alike, whatever is waived, and sites. */
const alike = (path: string): string =>
  path.replace(/\.waives\.\w+\./, '.waives.*.').replace(/^stage\.sites\.\w+/, 'stage.sites.*');

const beginsWithOne = (beginnings: readonly string[], path: string): boolean =>
  beginnings.some((beginning) => path === beginning || path.startsWith(`${beginning}.`));

const isUnheard = (path: string): boolean =>
  beginsWithOne(
    unheard.map(({ at }) => alike(at)),
    path,
  );

describe('every property of the model', () => {
  test.each(Object.keys(kinds) as Kind[])('is heard on %s, or it is written who hears it', async (kind) => {
    const { unread } = await toldOn(kind);
    expect(unread.filter((path) => !beginsWithOne(heardElsewhere, path) && !isUnheard(path))).toEqual([]);
  });

  test('that is written down as heard elsewhere is indeed not heard where sites are made', async () => {
    const unread = new Set<string>();
    for (const kind of Object.keys(kinds) as Kind[]) for (const path of (await toldOn(kind)).unread) unread.add(path);
    expect(heardElsewhere.filter((beginning) => ![...unread].some((path) => beginsWithOne([beginning], path)))).toEqual(
      [],
    );
  });

  test.each(['AWS', 'Azure'] as const)('is said by a sample on %s, or cannot be said there', async (cloud) => {
    const said = new Set<string>();
    for (const kind of (Object.keys(kinds) as Kind[]).filter((each) => isOn(each, cloud))) {
      for (const path of (await toldOn(kind)).said) said.add(path);
    }
    const unsaid = [...new Set(everyProperty.map(alike))].filter((path) => !said.has(path));
    expect(unsaid.filter((path) => !beginsWithOne(unsaidOn[cloud], path))).toEqual([]);
    expect(unsaidOn[cloud].filter((beginning) => !unsaid.some((path) => beginsWithOne([beginning], path)))).toEqual([]);
  });
});
