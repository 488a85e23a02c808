import { pascalCase } from '../../../../lib/platform/ids';
import { contractOf, type ContractEntry, type Source } from '../../../../lib/platform/contract';
import { numberOf, textOf } from '../../../../lib/review/json';
import { reference } from '../graph';
import { environmentOf, properties, secretsOf, type Site } from '../site';

/** Services prove to everything who they are by IAM. */
const authentications = { databases: 'iam', caches: 'iam', searches: 'iam', messages: 'iam' } as const;

/** What a variable must say, as far as the definition tells: a text, or the resource that it comes from. */
type Expected = string;

/** Which attribute of which resource a value of the contract is. */
const values: Readonly<Record<Source['noun'], (site: Site, source: Source, service: string) => Expected>> = {
  databases: (_, { field, name }) => {
    const pool = `Data/${pascalCase(name)}Database/Proxy/Proxy`;
    if (field === 'readerHost') return reference(`${pool}/Reader`, 'Endpoint');
    return field === 'host' ? reference(pool, 'Endpoint') : '5432';
  },
  caches: (site, { field, name }, service) => {
    const group = site.at(`Data/${pascalCase(name)}Cache/Group`);
    if (field === 'user')
      return textOf(properties(site.at(`Data/CacheUsers/${pascalCase(service)}ServiceUser`)).UserName) ?? '';
    return field === 'host' ? reference(group.path, 'PrimaryEndPoint.Address') : `${numberOf(properties(group).Port)}`;
  },
  searches: (_, { name }) => `https://${reference(`Data/${pascalCase(name)}Search/Domain`, 'DomainEndpoint')}`,
  buckets: (_, { name }) => `https://${reference(`Data/${pascalCase(name)}Bucket/Bucket`, 'RegionalDomainName')}`,
  queues: (_, { name }) => reference(`Messaging/${pascalCase(name)}Queue/Queue`),
  topics: (_, { name }) => reference(`Messaging/${pascalCase(name)}Topic/Topic`),
  streams: () => reference('Streams/Streams/Brokers/Told', 'Brokers'),
  messages: (_, { field, name }) => {
    const part = `Messaging/${pascalCase(name)}Messages`;
    if (field === 'emailEndpoint') return 'https://email.ap-southeast-1.amazonaws.com';
    if (field === 'smsEndpoint') return 'https://sms-voice.ap-southeast-1.amazonaws.com';
    return field === 'smsTag' ? reference(`${part}/Sms/Sending`) : reference(`${part}/Sms/Pool`, 'PoolId');
  },
  services: (_, { name }) => `http://${name}:80`,
  flags: (_, { name }) =>
    ['Application', 'Environment', 'Profile']
      .map((part) => reference(`Flags/${pascalCase(name)}Flags/${part}`))
      .join('/'),
  workflows: (_, { field, name }, service) =>
    field === 'address'
      ? reference(`Workflows/${pascalCase(name)}/Machine`, 'Arn')
      : reference(`Workflows/${pascalCase(name)}/${pascalCase(service)}Commands/Queue`),
  secrets: () => '',
  // They stand on Azure alone.
  documents: () => '',
};

const contract = ({ platform }: Site, service: string): readonly ContractEntry[] =>
  contractOf({ platform, site: 'primary', authentications }, service);

/** What the contract says that a service is told, with the resources from which it comes. */
export const expectedEnvironment = (site: Site, service: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    contract(site, service).flatMap((entry) => {
      if (entry.kind === 'secret') return [];
      const text = entry.kind === 'constant' ? entry.value : values[entry.source.noun](site, entry.source, service);
      return [[entry.variable, text] as const];
    }),
  );

/** Secrets that the contract gives a service, each in an entry of its own. */
export const expectedSecrets = (site: Site, service: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    contract(site, service).flatMap((entry) =>
      entry.kind === 'secret'
        ? [
            [
              entry.variable,
              reference(`Security/${pascalCase(entry.source.name)}Secret/${initial(entry.source.field)}`),
            ] as const,
          ]
        : [],
    ),
  );

const initial = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1);

/** What a service's container is told in the templates. */
export const toldTo = (site: Site, service: string): Readonly<Record<string, string>> =>
  environmentOf(site.container(site.task(service), 'app'));

/** Secrets that a service's container is given in the templates. */
export const givenTo = (site: Site, service: string): Readonly<Record<string, string>> =>
  secretsOf(site.container(site.task(service), 'app'));
