import { formatFinding } from '../../../lib/review/finding';
import { objectOf, type Json, type JsonObject } from '../../../lib/review/json';
import { scopeKeys } from '../../../lib/review/aws/rules/scope-keys';
import { scopeReach } from '../../../lib/review/aws/rules/scope-reach';
import type { Rule } from '../../../lib/review/aws/rule';
import type { Assembly, Resource, Stack } from '../../../lib/review/aws/stack';
import { synthesized } from '../../support/assembly';

const { assembly } = synthesized('shopflow', 'production');

/** What both rules find in an assembly, as text. */
async function foundIn(given: Assembly): Promise<readonly string[]> {
  const rules: readonly Rule[] = [scopeReach, scopeKeys];
  const all = await Promise.all(given.stacks.flatMap((stack) => rules.map(async (rule) => rule(stack, given))));
  return all.flat().map(formatFinding);
}

/** The same assembly with other resources in one stack. */
const planted = (name: string, change: (resources: readonly Resource[]) => readonly Resource[]): Assembly => ({
  stacks: assembly.stacks.map((stack) =>
    stack.name === `shopflow-production/${name}`
      ? (Object.assign(Object.create(stack) as Stack, { resources: change(stack.resources) }) as Stack)
      : stack,
  ),
});

/** With something of the first resource at a path changed. */
const changed = (
  name: string,
  path: RegExp,
  change: (properties: JsonObject) => Readonly<Record<string, Json>>,
): Assembly => {
  let done = false;
  const result = planted(name, (resources) =>
    resources.map((each) => {
      if (done || !path.test(each.path)) return each;
      done = true;
      return { ...each, properties: { ...each.properties, ...change(each.properties) } };
    }),
  );
  if (!done) throw new Error(`nothing in ${name} is like ${path.source}`);
  return result;
};

/** What a resource of another stack refers to, found where somebody refers to it. */
function referenceIn(name: string, path: RegExp, property: string): Json {
  const resource = assembly.stacks
    .find((stack) => stack.name === `shopflow-production/${name}`)
    ?.resources.find((each) => path.test(each.path));
  const value = resource?.properties[property];
  if (value === undefined) throw new Error(`nothing in ${name} like ${path.source} has ${property}`);
  return value;
}

const paymentGroup = referenceIn('Service-Payment', /Paths\/FromBalancer\/Ingress$/, 'GroupId');
const cartGroup = referenceIn('Service-Cart', /Paths\/FromBalancer\/Ingress$/, 'GroupId');
const poolGroup = referenceIn('Service-Payment', /Paths\/DatabasesPaymentsPool\/Ingress$/, 'GroupId');
const network = objectOf(
  objectOf(referenceIn('Service-Payment', /\/Service\/Service\/Service$/, 'NetworkConfiguration')).AwsvpcConfiguration,
);

const rule = (name: string, properties: JsonObject): Resource => ({
  logicalId: 'Planted',
  type: 'AWS::EC2::SecurityGroupIngress',
  path: `shopflow-production/${name}/Planted`,
  properties: { IpProtocol: 'tcp', ...properties },
  metadata: {},
  deletionPolicy: undefined,
  updateReplacePolicy: undefined,
});

const at = (port: number): JsonObject => ({ FromPort: port, ToPort: port });

test('nothing outside reaches into the scope of cards but what the definition declares', async () => {
  expect(await foundIn(assembly)).toEqual([]);
});

const fromCart = { GroupId: paymentGroup, SourceSecurityGroupId: cartGroup };

test.each<[what: string, assembly: () => Assembly, message: RegExp]>([
  [
    'a service that declares no call is let in',
    () => planted('Service-Cart', (all) => [...all, rule('Service-Cart', { ...fromCart, ...at(15_443) })]),
    /lets cart in to payment of the scope cards on 15443, allowed is the scope itself, balancer on 8080/,
  ],
  [
    'the balancer is let in at another port',
    () => changed('Service-Payment', /Paths\/FromBalancer\/Ingress$/, () => at(9000)),
    /lets balancer in to payment of the scope cards on 9000/,
  ],
  [
    'a service outside is let in to the pool',
    () =>
      planted('Service-Cart', (all) => [
        ...all,
        rule('Service-Cart', { GroupId: poolGroup, SourceSecurityGroupId: cartGroup, ...at(5432) }),
      ]),
    /lets cart in to pool of payments of the scope cards on 5432, allowed is the scope itself:/,
  ],
  [
    'a range is let in',
    () =>
      planted('Service-Cart', (all) => [
        ...all,
        rule('Service-Cart', { GroupId: paymentGroup, CidrIp: '10.28.0.0/16', ...at(8080) }),
      ]),
    /lets 10\.28\.0\.0\/16 in to payment of the scope cards on 8080/,
  ],
  [
    'a service outside stands in its subnets',
    () =>
      changed('Service-Cart', /\/Service\/Service\/Service$/, ({ NetworkConfiguration }) => ({
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            ...objectOf(objectOf(NetworkConfiguration).AwsvpcConfiguration),
            Subnets: network.Subnets ?? [],
          },
        },
      })),
    /stands in subnets of the scope cards and is not in it/,
  ],
  [
    'a service of it stands outside',
    () =>
      changed('Service-Payment', /\/Service\/Service\/Service$/, ({ NetworkConfiguration }) => ({
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            ...objectOf(objectOf(NetworkConfiguration).AwsvpcConfiguration),
            Subnets:
              objectOf(
                objectOf(referenceIn('Service-Cart', /\/Service\/Service\/Service$/, 'NetworkConfiguration'))
                  .AwsvpcConfiguration,
              ).Subnets ?? [],
          },
        },
      })),
    /is in the scope cards and stands in subnets outside of it/,
  ],
  [
    'migrations of it stand outside',
    () =>
      changed('Service-Payment', /Migration\/Run\/Default$/, () => ({
        Subnets: referenceIn('Service-Cart', /Migration\/Run\/Default$/, 'Subnets'),
      })),
    /is in the scope cards and stands in subnets outside of it/,
  ],
  [
    'its list lets everything in',
    () => changed('Network', /CardsScope\/Lists\/ServicesIn1$/, () => ({ Protocol: -1 })),
    /lets every port in to the scope cards/,
  ],
  [
    'its list lets the internet in',
    () => changed('Network', /CardsScope\/Lists\/ServicesIn1$/, () => ({ CidrBlock: '0.0.0.0/0' })),
    /lets the internet in to the scope cards on 8080 to 8080/,
  ],
  [
    'a subnet of it has no list',
    () => planted('Network', (all) => all.filter(({ path }) => !/Lists\/ServicesOf\S+1$/i.test(path))),
    /is of the scope cards and has no list of it/,
  ],
  [
    'a route leads past its firewall',
    () =>
      changed('Network', /CardsScope\/OutUsEast2a$/, ({ VpcEndpointId: _, ...rest }) => ({
        ...rest,
        VpcEndpointId: undefined as unknown as Json,
        NatGatewayId: 'nat-1',
      })),
    /leads the scope cards past its firewall/,
  ],
  [
    'a role outside may use its keys',
    () =>
      changed('Service-Cart', /Roles\/ExecutionPolicy\/Resource$/, () => ({
        PolicyDocument: referenceIn('Service-Payment', /Roles\/ExecutionPolicy\/Resource$/, 'PolicyDocument'),
      })),
    /lets \S+Service-Cart\S+, which is not in the scope cards, use a key of it/,
  ],
  [
    'a task of it is not bound',
    () =>
      changed('Service-Payment', /Roles\/TaskRole\/Resource$/, () => ({
        PermissionsBoundary: undefined as unknown as Json,
      })),
    /is a role with which tasks of the scope cards run, and has no bound/,
  ],
  [
    'a policy of it allows more than its bound',
    () =>
      changed('Service-Payment', /Roles\/TaskPolicy\/Resource$/, () => ({
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::all/*' }] },
      })),
    /s3:GetObject, which the bound of the scope cards cuts off/,
  ],
])('fails when %s', async (_, assemblyWith, message) => {
  expect(await foundIn(assemblyWith())).toContainEqual(expect.stringMatching(message));
});
