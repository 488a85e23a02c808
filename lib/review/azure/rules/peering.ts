import { overlap, parseCidr, type Cidr } from '../../cidr';
import { shown, stringsOf } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'peering';
const report = reporter(NAME);

const PEERING = 'azurerm_virtual_network_peering';
const NETWORK = 'azurerm_virtual_network';

/** What a half says of packets: those of the other network alone pass, and none is handed on. */
const SAID = {
  allow_virtual_network_access: true,
  allow_forwarded_traffic: false,
  allow_gateway_transit: false,
  use_remote_gateways: false,
} as const;

/** The two ends of a half: the network that it is added to, and the one that it leads to. */
interface Ends {
  readonly from: Resource | undefined;
  readonly to: Resource | undefined;
}

/** Networks are peered from both sides, apart in their ranges, and hand nothing on for others. */
export const peering: Rule = {
  name: NAME,
  judge: (stack, site) =>
    resourcesOf(stack, PEERING).flatMap((half) => problemsOf(half, site).map((problem) => report(half, problem))),
};

function problemsOf(half: Resource, site: Site): readonly string[] {
  const { from, to } = endsOf(half, site);
  const { remote_virtual_network_id: id, virtual_network_name: name } = half.arguments;
  const said = Object.entries(SAID).flatMap(([argument, value]) =>
    half.arguments[argument] === value
      ? []
      : [`${argument} must be ${value}, got ${shown(half.arguments[argument])}: set it`],
  );
  if (from === undefined)
    return [...said, `virtual_network_name must be that of a network of the site, got ${shown(name)}`];
  if (to === undefined) {
    return [...said, `remote_virtual_network_id must be the id of a network of the site, got ${shown(id)}`];
  }
  const others = resourcesOf(site, PEERING).map((each) => endsOf(each, site));
  const answered = others.some((other) => other.from === to && other.to === from);
  const shared = rangesOf(from).flatMap((range) =>
    rangesOf(to)
      .filter((other) => overlap(range, other))
      .map(
        (other) =>
          `${range.network} overlaps ${other.network} of ${to.address}: networks that reach each other need ranges apart`,
      ),
  );
  return [
    ...said,
    ...(answered
      ? []
      : [`leads to ${to.address}, from which nothing leads back: peer both sides, or no packet passes`]),
    ...shared,
  ];
}

function endsOf(half: Resource, site: Site): Ends {
  const { remote_virtual_network_id: id, virtual_network_name: name } = half.arguments;
  return {
    from: namedBy(half, name, site) ?? resourcesOf(site, NETWORK).find((network) => network.arguments.name === name),
    to: namedBy(half, id, site),
  };
}

const rangesOf = ({ arguments: { address_space: space } }: Resource): readonly Cidr[] =>
  stringsOf(space).flatMap((text) => parseCidr(text) ?? []);
