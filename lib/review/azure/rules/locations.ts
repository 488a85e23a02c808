import { didYouMean } from '../../../platform/nearest';
import { entriesOf, listOf, shown, textOf } from '../../json';
import type { Entry } from '../../json';
import { GLOBAL, locationArguments, locations, zoneArguments, zoneNumbers } from '../data/locations';
import { reporter, type Rule } from '../rule';

const NAME = 'locations';
const report = reporter(NAME);

/** Every resource stands in a region that there is, in zones that the region has. */
export const locationsRule: Rule = {
  name: NAME,
  strict: 'Azure refuses it',
  judge: ({ resources }) =>
    // Regions of Google are judged with whatever stands there.
    resources
      .filter(({ type }) => type.startsWith('azurerm_') || type.startsWith('azapi_'))
      .flatMap((resource) => {
        const { location } = resource.arguments;
        const entries = entriesOf(resource.arguments);
        return [
          ...entries.filter(isLocation).flatMap(locationProblem),
          ...entries
            .filter(({ at, key }) => at === key && zoneArguments.includes(key))
            .flatMap((entry) => zoneProblems(entry, textOf(location) ?? '')),
        ].map((problem) => report(resource, problem));
      }),
};

const isLocation = ({ at }: Entry): boolean =>
  locationArguments.some((name) => at === name || at.replace(/\[\d+\]/g, '').endsWith(`.${name}`));

const isLiteral = (value: unknown): value is string => typeof value === 'string' && !value.includes('${');

function locationProblem({ at, value }: Entry): readonly string[] {
  if (!isLiteral(value) || value === GLOBAL || Object.hasOwn(locations, value)) return [];
  const known = Object.keys(locations);
  return [`${at} must be a region of Azure, got ${shown(value)}: ${didYouMean(value, known, 'correct it')}`];
}

function zoneProblems({ at, value }: Entry, location: string): readonly string[] {
  const zones = listOf(value).filter(isLiteral);
  const region = Object.hasOwn(locations, location) ? locations[location] : undefined;
  if (zones.length > 0 && region?.zones === false) return [`${at} must be left out in ${location}, which has no zones`];
  return zones
    .filter((zone) => !zoneNumbers.includes(zone))
    .map((zone) => `${at} must be one of ${zoneNumbers.join(', ')}, got ${shown(zone)}: correct it`);
}
