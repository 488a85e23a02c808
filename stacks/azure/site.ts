import type { App } from 'cdktf';
import { sitePrefix } from '../../lib/platform/azure-names';
import { whereIs, type PlacedAzureSite } from '../../lib/platform/azure-sites';
import { recoveryPair } from '../../lib/platform/link';
import { hostedMessages } from '../../lib/platform/outputs';
import type { Platform } from '../../lib/platform/platform';
import { ClusterStack } from './cluster';
import { copiedAccounts, CopiesStack } from './copies';
import { DataStack } from './data';
import { EdgeStack } from './edge';
import { FlagsStack } from './flags';
import { FleetStack } from './fleet';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { LinkStack } from './link';
import { LinkBaseStack } from './link-base';
import { MessagesStack } from './messages';
import { MessagingStack } from './messaging';
import { OperationsStack } from './operations';
import type { PlatformStackProps } from './platform-stack';

/** What stands of a site before anybody reaches it, in the order in which it is applied. */
interface InnerStacks {
  readonly foundation: FoundationStack;
  /** Nothing where the site is not linked to one on another cloud. */
  readonly linkBase: LinkBaseStack | undefined;
  readonly link: LinkStack | undefined;
  readonly data: DataStack;
  /** Nothing but at the second of two sites on Azure, where any bucket is copied. */
  readonly copies: CopiesStack | undefined;
  /** Nothing where the site has no flags of its own. */
  readonly flags: FlagsStack | undefined;
  readonly messaging: MessagingStack;
  /** That of the other site on Azure, where both send by it. Nothing where the platform sends no e-mail and no SMS. */
  readonly messages: MessagesStack | undefined;
  readonly cluster: ClusterStack;
  /** Nothing but at the second of two sites on Azure, whose clusters are upgraded by it. */
  readonly fleet: FleetStack | undefined;
  /** Nothing where the gateway is in the cluster. */
  readonly gateway: GatewayStack | undefined;
}

/** The stacks of a site on Azure. */
export interface SiteStacks extends InnerStacks {
  readonly edge: EdgeStack;
  readonly operations: OperationsStack;
}

/** A site on Azure, and its stacks. */
export interface PlacedStacks {
  readonly site: PlacedAzureSite;
  readonly stacks: SiteStacks;
}

const idIn =
  ({ platform, site }: PlatformStackProps) =>
  (word: string): string =>
    `${sitePrefix(whereIs(platform, site))}-${word}`;

/** @param home What stands of the other site on Azure, which has what both share. */
function createInside(app: App, shared: PlatformStackProps, home: InnerStacks | undefined): InnerStacks {
  const id = idIn(shared);
  const foundation = new FoundationStack(app, id('foundation'), { ...shared, home: home?.foundation });
  const given = { ...shared, foundation };
  const linkBase =
    recoveryPair(shared.platform) === undefined ? undefined : new LinkBaseStack(app, id('link-base'), given);
  const link = linkBase === undefined ? undefined : new LinkStack(app, id('link'), { ...given, linkBase });
  const data = new DataStack(app, id('data'), { ...given, home: home?.data });
  const copied = home === undefined || shared.site.waives.objects !== undefined ? [] : copiedAccounts(data, home.data);
  const copies = copied.length === 0 ? undefined : new CopiesStack(app, id('copies'), { ...given, copied });
  const flags =
    Object.keys(data.flags).length === 0 ? undefined : new FlagsStack(app, id('flags'), { ...shared, data });
  const messaging = new MessagingStack(app, id('messaging'), { ...given, home: home?.messaging });
  const sends = home === undefined && hostedMessages(shared.platform).length > 0;
  const messages = sends ? new MessagesStack(app, id('messages'), { ...given, messaging }) : home?.messages;
  const cluster = new ClusterStack(app, id('cluster'), { ...given, data, messaging });
  const fleet =
    home === undefined ? undefined : new FleetStack(app, id('fleet'), { ...given, cluster, home: home.cluster });
  const model = shared.platform.gateway;
  const gateway =
    model?.kind === 'api-management' && shared.site.waives.gateway === undefined
      ? new GatewayStack(app, id('gateway'), { ...given, gateway: model })
      : undefined;
  return { foundation, linkBase, link, data, copies, flags, messaging, messages, cluster, fleet, gateway };
}

/**
 * A platform's sites on Azure: their stacks, and how they connect. What both share stands with the first; it is reached by
 * way of both, so that edges are made last and the first one at the end.
 */
export function createSites(
  app: App,
  platform: Platform,
  [first, second]: readonly [PlacedAzureSite, ...PlacedAzureSite[]],
): readonly [PlacedStacks, ...PlacedStacks[]] {
  const shared = { platform, site: first };
  const home = createInside(app, shared, undefined);
  const others = second === undefined ? [] : [placed(app, { platform, site: second }, home)];
  return [
    {
      site: first,
      stacks: withEdge(
        app,
        shared,
        home,
        others.map(({ stacks }) => stacks.edge),
      ),
    },
    ...others,
  ];
}

const placed = (app: App, shared: PlatformStackProps, home: InnerStacks): PlacedStacks => ({
  site: shared.site,
  stacks: withEdge(app, shared, createInside(app, shared, home), []),
});

/** @param others Edges of other sites, to which requests may be led too. */
function withEdge(app: App, shared: PlatformStackProps, inside: InnerStacks, others: readonly EdgeStack[]): SiteStacks {
  const id = idIn(shared);
  const given = { ...shared, ...inside };
  const edge = new EdgeStack(app, id('edge'), { ...given, others });
  const operations = new OperationsStack(app, id('operations'), { ...given, edge });
  return { ...inside, edge, operations };
}
