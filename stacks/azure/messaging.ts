import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { byName } from '../../lib/platform/by-name';
import { pascalCase } from '../../lib/platform/ids';
import { EmailDomain } from '../../lib/azure/email-domain';
import { EmailRecords } from '../../lib/azure/email-records';
import { Queue } from '../../lib/azure/queue';
import { QueueReader } from '../../lib/azure/queue-reader';
import { raiseAlerts } from '../../lib/azure/alert-table';
import { copyAlerts, ServiceBus, serviceBusMetrics } from '../../lib/azure/service-bus';
import { Topic } from '../../lib/azure/topic';
import { privateEndpoint } from '../../lib/azure/private-endpoint';
import { azureHome, copiesOf } from '../../lib/platform/azure-sites';
import { mostSensitive } from '../../lib/platform/nouns/scalars';
import { dataLocationOf } from '../../lib/platform/azure-data-locations';
import { emailProofsOutput } from '../../lib/platform/message-outputs';
import { emailDomain } from '../../lib/platform/messages';
import { hostedMessages } from '../../lib/platform/outputs';
import { consumersOf, type Platform } from '../../lib/platform/platform';
import type { Place } from '../../lib/azure/place';
import type { Foundation } from './foundation';
import { grantUses } from './grant-uses';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface MessagingStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  /** Messaging of the other site on Azure, which both share. @default - this one has its own */
  readonly home?: MessagingStack | undefined;
}

/**
 * Every queue and topic of the platform, in one namespace, each open to the services that use it; and the domains from which
 * its e-mail comes, which somebody must prove before anything is sent from them.
 */
export class MessagingStack extends TerraformStack {
  /** The namespace; nothing where the platform sends no messages. */
  public readonly serviceBus: ServiceBus | undefined;
  public readonly queues: Readonly<Record<string, Queue>>;
  public readonly topics: Readonly<Record<string, Topic>>;
  /** By the part of messages. */
  public readonly emailDomains: Readonly<Record<string, EmailDomain>>;

  public constructor(scope: Construct, id: string, props: MessagingStackProps) {
    super(scope, id);
    const { foundation, home, platform, site } = props;
    const { encryption, identities, monitoring, network, workloads } = foundation;
    const place = preparePlatformStack(this, 'messaging', props);
    if (home !== undefined) {
      this.serviceBus = home.serviceBus;
      [this.queues, this.topics, this.emailDomains] = [{}, {}, {}];
      this.reachHome(place, props);
      return;
    }
    const parts = [...Object.values(platform.queues), ...Object.values(platform.topics)];
    const serviceBus =
      parts.length === 0
        ? undefined
        : new ServiceBus(this, 'ServiceBus', {
            place,
            network,
            encryption,
            monitoring,
            dataClass: mostSensitive(parts.map(({ dataClass }) => dataClass)),
            copies: copiesOf(platform, site),
            toldByAzure: hostedMessages(platform).length > 0,
          });
    this.serviceBus = serviceBus;
    const shared = serviceBus === undefined ? undefined : { place, monitoring, serviceBus };
    this.queues = shared === undefined ? {} : this.makeQueues(shared, platform);
    this.topics = shared === undefined ? {} : this.makeTopics(shared, platform);
    grantUses({ platform, identities, parts: { queues: this.queues, topics: this.topics } });
    this.emailDomains = this.makeDomains(place, platform, site.region);
    const emptied = Object.fromEntries(
      Object.entries(this.queues).filter(([name]) => consumersOf(platform, name).length > 0),
    );
    if (Object.keys(emptied).length > 0) {
      new QueueReader(this, 'QueueReader', { place, identity: workloads.scaler, queues: emptied });
    }
  }

  /**
   * The namespace of the other site, by an address of this network: clients come by the one in the region that leads, so that this
   * one is of use once messages lead here. https://learn.microsoft.com/azure/service-bus-messaging/service-bus-geo-replication#private-endpoints
   */
  private reachHome(place: Place, { foundation, platform, site }: MessagingStackProps): void {
    const targetId = this.serviceBus?.namespace.id;
    const copies = copiesOf(platform, azureHome(platform, site));
    if (targetId === undefined || copies === undefined) return;
    const { monitoring, network } = foundation;
    privateEndpoint(this, 'Endpoint', { place, network, name: 'messaging', targetId, service: 'service-bus' });
    // Whoever watches the other site may be lost with it.
    raiseAlerts(
      this,
      { place, monitoring, targetId, name: 'service-bus', metricNamespace: serviceBusMetrics },
      copyAlerts(copies),
    );
  }

  private makeDomains(place: Place, platform: Platform, region: string): Readonly<Record<string, EmailDomain>> {
    const domains = hostedMessages(platform).flatMap((name): readonly (readonly [string, EmailDomain])[] => {
      const email = platform.messages[name]?.email;
      if (email === undefined) return [];
      const domain = new EmailDomain(this, `${pascalCase(name)}Messages`, {
        place,
        name,
        domain: emailDomain(platform, email),
        sender: email.sender,
        dataLocation: dataLocationOf(region),
      });
      const { hostedZone: zone } = platform.stage;
      // A recovery site's domain stands in the zone of its primary, which this stack cannot reach.
      if (zone.cloud === 'azure') {
        new EmailRecords(this, `${pascalCase(name)}Records`, {
          place,
          zone,
          name: emailDomain(platform, email),
          forged: email.forged,
          domain,
        });
      }
      return [[name, domain]];
    });
    if (domains.length > 0) {
      new TerraformOutput(this, emailProofsOutput, {
        value: Object.fromEntries(domains.map(([name, domain]) => [name, domain.proof()])),
        description: 'What the zones of the domains of e-mail must say before Azure sends from them, by the part',
        staticId: true,
      });
    }
    return Object.fromEntries(domains);
  }

  private makeQueues(shared: Shared, platform: Platform): Readonly<Record<string, Queue>> {
    return byName(Object.entries(platform.queues), 'Queue', (id, name, spec) => {
      const consumers = consumersOf(platform, name).flatMap((service) => platform.services[service] ?? []);
      return new Queue(this, id, { ...shared, name, spec, consumers });
    });
  }

  private makeTopics(shared: Shared, platform: Platform): Readonly<Record<string, Topic>> {
    const { queues } = this;
    return byName(
      Object.entries(platform.topics),
      'Topic',
      (id, name, spec) => new Topic(this, id, { ...shared, name, spec, queues }),
    );
  }
}

/** What every queue and topic is given. */
type Shared = Pick<ConstructorParameters<typeof Queue>[2], 'monitoring' | 'place' | 'serviceBus'>;
