import { shown } from '../json';
import type { Contract } from './contract';
import { mayDiffer, toldOnlyWith } from './data/may-differ';
import { problemAt, type Problem } from './problem';
import type { Route } from './routes';
import type { Waiver } from './waivers';

/** What both sites say of services and of the gateway. */
export interface Contracts {
  readonly primary: readonly Contract[];
  readonly recovery: readonly Contract[];
  readonly routes: { readonly primary: readonly Route[]; readonly recovery: readonly Route[] };
}

/** What is not the same for a service that runs on both sites. A service that one of them lacks is a capability that is missing. */
export function contractProblems(
  { primary, recovery, routes }: Contracts,
  waivers: readonly Waiver[],
): readonly Problem[] {
  return [
    ...primary.flatMap((there) =>
      recovery.filter(({ service }) => service === there.service).flatMap((here) => differences(there, here, waivers)),
    ),
    ...routeProblems(routes, waivers),
  ];
}

function differences(there: Contract, here: Contract, waivers: readonly Waiver[]): readonly Problem[] {
  const problem = (text: string, remedy: string): Problem =>
    problemAt('contract', there.service, `${text} (${there.at}; ${here.at}): ${remedy}`);
  const told = waivers.flatMap(({ of }) => toldOnlyWith[of] ?? []);
  // What is told all the same must be told alike.
  const needed = [...there.variables.keys()].filter(
    (variable) => here.variables.has(variable) || !told.some((each) => each.test(variable)),
  );
  const sets: readonly (readonly [what: string, there: readonly string[], here: readonly string[]])[] = [
    ['is told', needed, [...here.variables.keys()]],
    ['is given the secret', there.secrets, here.secrets],
    ['listens at', there.ports, here.ports],
    ['is called by', there.callers, here.callers],
  ];
  return [
    ...sets.flatMap(([what, ...sides]) =>
      oneSided(...sides).map((text) => problem(`${what} ${text}`, 'make both the same')),
    ),
    ...needed
      .filter((variable) => here.variables.has(variable))
      .flatMap((variable) => {
        const [one, other] = [there, here].map(({ variables }) => variables.get(variable));
        return one === other || mayDiffer.some((each) => each.variable.test(variable))
          ? []
          : [
              problem(
                `is told ${variable} as ${shown(one)} on the primary and as ${shown(other)} on the recovery site`,
                'make both the same, or say why they differ in lib/review/recovery/data/may-differ.ts',
              ),
            ];
      }),
    ...(['live', 'ready'] as const)
      // Where no balancer asks on the primary, the cluster may.
      .filter((probe) => there[probe] !== here[probe] && (probe === 'live' || there.ready !== ''))
      .map((probe) =>
        problem(
          `is asked whether it is ${probe} at ${shown(there[probe])} on the primary and at ${shown(here[probe])} on the recovery site`,
          'make both the same',
        ),
      ),
  ];
}

/** What only one of two sites has. */
const oneSided = (there: readonly string[], here: readonly string[]): readonly string[] => [
  ...there.filter((each) => !here.includes(each)).map((each) => `${each} on the primary, and not on the recovery site`),
  ...here.filter((each) => !there.includes(each)).map((each) => `${each} on the recovery site, and not on the primary`),
];

function routeProblems({ primary, recovery }: Contracts['routes'], waivers: readonly Waiver[]): readonly Problem[] {
  if (waivers.some(({ of }) => of === 'gateway')) return [];
  const problem = (text: string): Problem => problemAt('contract', 'gateway', `${text}: make both the same`);
  const named = new Map(recovery.map(({ name, terms }) => [name, terms]));
  return [
    ...oneSided(...([primary, recovery].map((routes) => routes.map(({ name }) => name)) as [string[], string[]])).map(
      (text) => problem(`has the route ${text}`),
    ),
    ...primary
      .filter(({ name, terms }) => named.has(name) && named.get(name) !== terms)
      .map(({ name, terms }) =>
        problem(
          `takes the route ${name} by ${terms} on the primary and by ${named.get(name) ?? ''} on the recovery site`,
        ),
      ),
  ];
}
