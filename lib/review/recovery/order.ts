import { entriesOf, isObject, objectOf } from '../json';
import { producerOf as awsProducer, weakReference } from '../aws/references';
import type { Assembly } from '../aws/stack';
import { producerOf as stateProducer } from '../azure/references';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { oncePer } from '../../platform/once';
import { betweenOf } from './between-of';
import type { HandStep } from './data/hand-steps';
import { awsOf, type AzureOutputs, type Outputs } from './outputs';
import { problemAt, type Problem } from './problem';

/** A step on the way from nothing to both sites. */
export interface Step {
  /** `aws Network`, `azure foundation`, `pulumi aks-retailflow-production`, or the name of a step by hand. */
  readonly id: string;
  readonly kind: 'aws' | 'azure' | 'pulumi' | 'hand' | 'approval';
  readonly what: string;
  readonly how: string;
  /** What must be done before, sorted. */
  readonly after: readonly string[];
}

/** Steps in an order in which each comes after what it waits for, and those that wait for each other. */
export interface Order {
  readonly steps: readonly Step[];
  /** Each is a ring: its last step waits for its first. */
  readonly rings: readonly (readonly string[])[];
  /** Variables of Terraform that no step brings. */
  readonly missing: readonly { readonly stack: string; readonly variable: string }[];
}

const last = (name: string): string => name.split('/').at(-1) ?? name;

/** The order of everything that a stage's outputs hold, by what they read of each other, and of what people do between. */
export function orderOf(outputs: Outputs, hands: readonly HandStep[] = betweenOf(outputs).hands): Order {
  const { primary, recovery } = outputs;
  const tools = [
    ...awsOf(primary).flatMap(awsSteps),
    ...azureSteps(recovery.all),
    ...(primary.cloud === 'aws'
      ? clusterSteps(
          primary.clusters,
          'npm run outputs:aws, then pulumi up',
          unique(
            primary.assembly.stacks
              .map((stack) => `aws ${last(stack.name)}`)
              .filter((id) => /^aws (Cluster|Service-.+)$/.test(id)),
          ),
        )
      : azureClusterSteps(primary)),
    ...azureClusterSteps(recovery),
  ];
  const all = withHands(tools, hands);
  return { ...sorted(all), missing: missingIn(recovery.all, hands) };
}

/** Objects of a cluster on Azure come after the state that makes it. */
const azureClusterSteps = ({ all, clusters, site }: AzureOutputs): readonly Step[] =>
  clusterSteps(
    clusters,
    'pulumi up',
    site.stacks.filter(({ name }) => name.endsWith('-cluster')).map(({ name }) => azureId(name, all)),
  );

const clusterSteps = (clusters: readonly Cluster[], how: string, after: readonly string[]): readonly Step[] =>
  clusters.map(({ name }) => ({
    id: `pulumi ${name}`,
    kind: 'pulumi',
    what: `Objects of the cluster ${name}`,
    how,
    after,
  }));

function awsSteps({ stacks }: Assembly): readonly Step[] {
  const assembly = { stacks };
  return stacks.map((stack) => {
    const read = entriesOf(stack.template).flatMap(({ value }) => {
      const weak = weakReference(value, stack);
      const producer = weak && awsProducer(weak, assembly);
      return producer === undefined || producer === stack ? [] : [producer.name];
    });
    return {
      id: `aws ${last(stack.name)}`,
      kind: 'aws',
      what: `Stack ${stack.name} in ${stack.region}`,
      how: `npx cdk deploy ${stack.name}`,
      after: unique([...stack.dependencies, ...read].map((name) => `aws ${last(name)}`)),
    };
  });
}

function azureSteps(site: Site): readonly Step[] {
  const prefix = prefixIn(site);
  const idOf = (name: string): string => azureId(name, site);
  return site.stacks.map((stack) => {
    const read = stack.data
      .filter(({ type }) => type === 'data.terraform_remote_state')
      .flatMap(({ address }) => stateProducer(address, stack, site)?.name ?? []);
    const name = stack.name.slice(prefix.length);
    const isCarried = Object.keys(stack.variables).some((each) => each.startsWith('connection_'));
    return {
      id: idOf(stack.name),
      kind: 'azure',
      what: `State ${stack.name}`,
      how: isCarried ? 'npm run carry:link -- apply' : `npm run apply:azure -- apply --stack ${name}`,
      after: unique([...stack.dependencies, ...read].filter((each) => each !== stack.name).map(idOf)),
    };
  });
}

const prefixIn = oncePer(({ stacks }: Site): string => commonPrefix(stacks.map(({ name }) => name)));

/** `azure foundation` of a state. */
const azureId = (name: string, site: Site): string => `azure ${name.slice(prefixIn(site).length)}`;

/** `retailflow-production-` of names that all begin so. */
function commonPrefix(names: readonly string[]): string {
  const [first = ''] = names;
  const parts = first.split('-');
  const count = parts.findIndex(
    (_, index) => !names.every((name) => name.startsWith(`${parts.slice(0, index + 1).join('-')}-`)),
  );
  return parts
    .slice(0, Math.max(0, count))
    .map((part) => `${part}-`)
    .join('');
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Steps of tools, and those of people before and after them, but for what prepares something that a stage does not have. */
function withHands(tools: readonly Step[], all: readonly HandStep[]): readonly Step[] {
  const known = [...tools, ...all].map(({ id }) => id);
  const hands = all.filter(
    ({ before }) => before.length === 0 || before.some((each) => each.includes('*') || known.includes(each)),
  );
  const ids = [...tools, ...hands].map(({ id }) => id);
  const meant = (pattern: string): readonly string[] => {
    if (pattern === 'aws *-services') return ids.filter((id) => id.startsWith('aws Service-'));
    return pattern.endsWith(' *')
      ? ids.filter((id) => id.startsWith(pattern.slice(0, -1)) && tools.some((tool) => tool.id === id))
      : ids.filter((id) => id === pattern);
  };
  const byHand = hands.map((hand): Step => ({
    id: hand.id,
    kind: hand.approves === true ? 'approval' : 'hand',
    what: hand.what,
    how: hand.how,
    after: hand.after.flatMap(meant),
  }));
  return [...byHand, ...tools].map((step) => ({
    ...step,
    after: unique([
      ...step.after,
      ...hands.filter(({ before }) => before.flatMap(meant).includes(step.id)).map(({ id }) => id),
    ]),
  }));
}

/** Takes steps whose predecessors are done, in the order given, until none is left; what is left waits for itself. */
function sorted(all: readonly Step[]): Pick<Order, 'steps' | 'rings'> {
  const done: Step[] = [];
  let left = all;
  for (;;) {
    const next = left.find(({ after }) => after.every((id) => done.some((step) => step.id === id)));
    if (next === undefined) break;
    done.push(next);
    left = left.filter((step) => step !== next);
  }
  const ring = ringIn(left);
  return { steps: done, rings: ring === undefined ? [] : [ring] };
}

/** A ring among steps of which each waits for another. */
function ringIn(left: readonly Step[]): readonly string[] | undefined {
  const way: string[] = [];
  let here = left[0];
  while (here !== undefined && !way.includes(here.id)) {
    way.push(here.id);
    const { after } = here;
    here = left.find(({ id }) => after.includes(id));
  }
  // Somebody may wait for a step that is not there at all.
  return way.length === 0 ? undefined : here === undefined ? way : way.slice(way.indexOf(here.id));
}

/** Variables without a default, which Terraform asks for, and which no step brings. */
const missingIn = ({ stacks }: Site, hands: readonly HandStep[]): Order['missing'] =>
  stacks.flatMap(({ name, variables }) =>
    Object.entries(variables)
      .filter(
        ([variable, spec]) =>
          isObject(spec) && objectOf(spec).default === undefined && !hands.some(({ brings }) => brings?.test(variable)),
      )
      .map(([variable]) => ({ stack: name, variable })),
  );

export const orderProblems = ({ missing, rings }: Order): readonly Problem[] => [
  ...rings.map((ring) =>
    problemAt(
      'order',
      ring[0] ?? '',
      `waits for itself: ${[...ring, ring[0]].join(' waits for ')}; take one of these references away`,
    ),
  ),
  ...missing.map(({ stack, variable }) =>
    problemAt(
      'order',
      stack,
      `asks for ${variable}, which no step brings: give it a step in lib/review/recovery/data/hand-steps.ts`,
    ),
  ),
];
