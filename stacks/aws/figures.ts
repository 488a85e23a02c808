import {
  cacheFigures,
  databaseFigures,
  edgeFigures,
  gatewayFigures,
  messagesFigures,
  queueFigures,
  searchFigures,
  serviceFigures,
  streamsFigures,
  workflowFigures,
} from '../../lib/aws/figures-of';
import { firewallMetric } from '../../lib/aws/firewall';
import { named } from '../../lib/platform/named';
import type { PlatformFigures } from '../../lib/aws/platform-dashboard';
import type { Gateway } from '../../lib/aws/gateway';
import type { Service } from '../../lib/aws/service';
import type { Platform } from '../../lib/platform/platform';
import type { DataStack } from './data';
import type { EdgeStack } from './edge';
import type { MessagingStack } from './messaging';
import type { StreamsStack } from './streams';
import type { WorkflowsStack } from './workflows';

/** The stacks that the platform's dashboard looks at, or what they hold. */
export interface ObservedStacks {
  readonly platform: Platform;
  readonly services: readonly { readonly name: string; readonly service: Service }[];
  readonly gateway: Gateway | undefined;
  readonly edge: EdgeStack | undefined;
  readonly data: DataStack;
  readonly messaging: MessagingStack['capabilities'];
  readonly workflows: WorkflowsStack['capabilities'];
  /** @default - the platform has none */
  readonly streams?: StreamsStack | undefined;
}

/** What the platform's dashboard needs to know of every part. */
export function platformFigures(stacks: ObservedStacks): PlatformFigures {
  const { data, edge, gateway, messaging, platform, services, streams, workflows } = stacks;
  const each = <Part, Figures>(parts: Readonly<Record<string, Part>>, figures: (name: string, part: Part) => Figures) =>
    Object.entries(parts).map(([name, part]) => figures(name, part));
  return {
    services: services.map(({ name, service }) =>
      serviceFigures(name, named('services', platform.services, name), service),
    ),
    gateway: platform.gateway && gateway && gatewayFigures(platform.gateway, gateway),
    edge: edge && edgeFigures(edge.edge.distribution, firewallMetric),
    databases: Object.values(data.capabilities.databases).map(databaseFigures),
    caches: each(data.capabilities.caches, (name, cache) =>
      cacheFigures(name, named('caches', platform.caches, name), cache),
    ),
    searches: each(data.capabilities.searches, searchFigures),
    queues: each(messaging.queues, (name, queue) => queueFigures(name, named('queues', platform.queues, name), queue)),
    workflows: each(workflows.workflows, workflowFigures),
    streams: streams && streamsFigures(platform, streams.streams),
    messages: each(messaging.messages, (name, messages) =>
      messagesFigures(name, named('messages', platform.messages, name), messages),
    ),
  };
}
