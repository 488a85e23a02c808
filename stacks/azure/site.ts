import type { App } from 'cdktf';
import { recoveryPair } from '../../lib/platform/link';
import { hostedMessages } from '../../lib/platform/outputs';
import { sitePrefix } from '../../lib/platform/azure-names';
import { whereIs } from '../../lib/platform/azure-sites';
import { ClusterStack } from './cluster';
import { DataStack } from './data';
import { EdgeStack } from './edge';
import { FoundationStack } from './foundation';
import { LinkStack } from './link';
import { LinkBaseStack } from './link-base';
import { MessagesStack } from './messages';
import { MessagingStack } from './messaging';
import { OperationsStack } from './operations';
import type { PlatformStackProps } from './platform-stack';

/** The stacks of a site on Azure, in the order in which they are applied. */
export interface SiteStacks {
  readonly foundation: FoundationStack;
  /** Nothing where the site is not linked to one on another cloud. */
  readonly linkBase: LinkBaseStack | undefined;
  readonly link: LinkStack | undefined;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  /** Nothing where the platform sends no e-mail and no SMS. */
  readonly messages: MessagesStack | undefined;
  readonly cluster: ClusterStack;
  readonly edge: EdgeStack;
  readonly operations: OperationsStack;
}

/** A platform's site on Azure: its stacks, and how they connect. */
export function createSite(app: App, shared: PlatformStackProps): SiteStacks {
  const id = (word: string): string => `${sitePrefix(whereIs(shared.platform, shared.site))}-${word}`;
  const foundation = new FoundationStack(app, id('foundation'), shared);
  const given = { ...shared, foundation };
  const linkBase =
    recoveryPair(shared.platform) === undefined ? undefined : new LinkBaseStack(app, id('link-base'), given);
  const link = linkBase === undefined ? undefined : new LinkStack(app, id('link'), { ...given, linkBase });
  const data = new DataStack(app, id('data'), given);
  const messaging = new MessagingStack(app, id('messaging'), given);
  const messages =
    hostedMessages(shared.platform).length === 0
      ? undefined
      : new MessagesStack(app, id('messages'), { ...given, messaging });
  const cluster = new ClusterStack(app, id('cluster'), { ...given, data, messaging });
  const edge = new EdgeStack(app, id('edge'), { ...given, cluster });
  const operations = new OperationsStack(app, id('operations'), { ...given, data, messaging, cluster, edge });
  return { foundation, linkBase, link, data, messaging, messages, cluster, edge, operations };
}
