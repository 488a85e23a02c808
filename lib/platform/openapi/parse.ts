import { refuse, type Problem } from '../error';
import { didYouMean } from '../nearest';
import type { Platform } from '../platform';
import { routedTo } from '../routed';
import type { Contracts } from '../nouns/contracts';
import { admittedBy, contractFile, methodsAt } from './contract';
import { documentProblems } from './document';
import { operationProblems, pathsOf } from './operations';

/** Services that have a contract. */
const bound = ({ services }: Pick<Platform, 'services'>): readonly string[] =>
  Object.entries(services)
    .filter(([, { contract }]) => contract !== undefined)
    .map(([name]) => name);

/**
 * The contracts of a platform's services, as their files hold them.
 *
 * @param documents What the files hold, by the name of the service.
 * @throws PlatformError that lists everything that OpenAPI does not take or the gateway cannot keep to, every contract that is not there
 *   or that nobody asks for, every path without a route and route without a path, and every request of journeys and load tests that is in no contract.
 */
export function parseContracts(platform: Platform, documents: Readonly<Record<string, unknown>>): Contracts {
  const subject = `platform ${platform.name}, stage ${platform.stageName}`;
  refuse(subject, [...fileProblems(platform, documents), ...contentProblems(platform, documents)]);
  const contracts = Object.fromEntries(
    bound(platform).map((service) => [service, pathsOf(documents[service])] as const),
  );
  const read = { ...platform, contracts };
  refuse(subject, [...bound(platform).flatMap((service) => routeProblems(read, service)), ...requestProblems(read)]);
  return contracts;
}

function fileProblems(platform: Platform, documents: Readonly<Record<string, unknown>>): readonly Problem[] {
  const known = bound(platform);
  const absent = known
    .filter((service) => documents[service] === undefined)
    .map((service) => ({
      path: `services.${service}.contract`,
      got: platform.services[service]?.contract,
      allowed: `absent without ${contractFile(platform, service)}`,
      remedy: 'commit the contract, or remove it',
    }));
  const unasked = Object.keys(documents)
    .filter((name) => !known.includes(name) && !platform.omitted.some(({ part }) => part === `services.${name}`))
    .map((name) => ({
      path: contractFile(platform, name),
      got: name,
      allowed: `called after a service with a contract${known.length === 0 ? ', of which there are none' : `: ${known.join(', ')}`}`,
      remedy: didYouMean(name, known, `say services.${name}.contract, or remove the file`),
    }));
  return [...absent, ...unasked];
}

const contentProblems = (platform: Platform, documents: Readonly<Record<string, unknown>>): readonly Problem[] =>
  Object.entries(documents).flatMap(([service, document]) => {
    const wrong = documentProblems(document);
    return (wrong.length > 0 ? wrong : operationProblems(document)).map((problem) => ({
      ...problem,
      path: `${contractFile(platform, service)} ${problem.path}`.trimEnd(),
    }));
  });

/** Every path of a contract is reached by a route, and every route reaches a path. */
function routeProblems(platform: Platform, service: string): readonly Problem[] {
  const file = contractFile(platform, service);
  const { routes = [] } = platform.services[service] ?? {};
  const admitted = routes.map((route) => admittedBy(platform, service, route));
  const reached = new Set(
    routes.flatMap(({ path: own, transform }, index) =>
      (admitted[index] ?? []).flatMap(({ methods, path }) =>
        methods.map((method) => `${method} ${transform.path === undefined ? path : inside(path, own, transform.path)}`),
      ),
    ),
  );
  return [
    ...(platform.contracts?.[service] ?? []).flatMap(({ methods, path }) =>
      methods
        .filter((method) => !reached.has(`${method} ${path}`))
        .map((method) => ({
          path: `${file} paths.${path}.${method.toLowerCase()}`,
          got: `${method} ${path}`,
          allowed: `what a route of ${service} takes, and no longer one of another`,
          remedy: `declare a route in services.${service}.routes, or take it out of the contract`,
        })),
    ),
    ...routes.flatMap(({ path }, index) =>
      (admitted[index] ?? []).some(({ methods }) => methods.length > 0)
        ? []
        : [
            {
              path: `services.${service}.routes.${index}`,
              got: path,
              allowed: `a route of which ${file} has a path, since the gateway lets in no other`,
              remedy: 'write what is answered there into the contract, or remove the route',
            },
          ],
    ),
  ];
}

/** The path of a contract that clients ask for by another. */
const inside = (path: string, own: string, to: string): string => `${to}${path.slice(own.replace(/\/$/, '').length)}`;

interface Request {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What journeys and load tests ask for. */
const requestsOf = ({ journeys, loadTests }: Platform): readonly Request[] => [
  ...Object.entries(journeys).flatMap(([name, { signIn, steps }]) => [
    ...(signIn === undefined ? [] : [{ ...signIn, at: `journeys.${name}.signIn.path`, method: 'POST' }]),
    ...steps.map((step, index) => ({ ...step, at: `journeys.${name}.steps.${index}.path` })),
  ]),
  ...Object.entries(loadTests).flatMap(([name, { routes }]) =>
    routes.map((route, index) => ({ ...route, at: `loadTests.${name}.routes.${index}.path`, method: 'GET' })),
  ),
];

/** Whoever asks for what no contract has is told 404, and expects it. */
const requestProblems = (platform: Platform): readonly Problem[] =>
  requestsOf(platform).flatMap(({ at, method, path, status }) => {
    const asked = path.replace(/\?.*$/, '');
    const found = routedTo(platform, asked, method);
    if (found === undefined || platform.services[found.service]?.contract === undefined || status === 404) return [];
    return methodsAt(admittedBy(platform, found.service, found.route), asked).includes(method)
      ? []
      : [
          {
            path: at,
            got: `${method} ${asked}`,
            allowed: `in ${contractFile(platform, found.service)}, or answered 404, as the gateway does`,
            remedy: 'write it into the contract, or ask for what is there',
          },
        ];
  });
