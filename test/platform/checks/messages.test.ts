import { production } from '../../support/platform';
import { testFaults, testVariations, type Answer, type Fault } from '../../support/faults';

const customers = (patch: unknown) => ({ messages: { customers: patch } });
const awsOnly = { goals: { recovery: null }, ...(production({ sites: { recovery: null } }) as object) };
/** A fault of which not everything that is answered is of interest. */
const partly = ({
  answers,
  ...fault
}: Omit<Fault, 'answers'> & { readonly answers: readonly (Partial<Answer> & Pick<Answer, 'path'>)[] }): Fault => ({
  ...fault,
  answers: answers.map((answer) => ({ got: expect.anything() as unknown, allowed: '', remedy: '', ...answer })),
});

const waived = production({
  sites: { recovery: { waives: { messages: { reason: 'customers are told once the primary is back', minutes: 0 } } } },
}) as object;

describe('messages to people', () => {
  testFaults(
    [
      {
        when: 'nobody is told what does not arrive',
        patch: customers({ feedback: null }),
        answers: [
          {
            path: 'messages.customers.feedback',
            got: undefined,
            allowed: 'a queue, since e-mail and SMS come back when they do not arrive',
            remedy: 'declare a queue, name it here, and let a service receive from it',
          },
        ],
      },
      {
        when: 'the queue that is told is not declared',
        patch: customers({ feedback: 'undeliverd' }),
        answers: [{ path: 'messages.customers.feedback', got: 'undeliverd', remedy: 'undelivered' }],
      },
      {
        when: 'nobody receives from the queue that is told',
        patch: { services: { notification: { uses: { receives: ['notifications', 'order-updates'] } } } },
        answers: [
          {
            path: 'messages.customers.feedback',
            got: 'undelivered',
            allowed: 'a queue from which a service receives',
            remedy: 'add undelivered to uses.receives of the service that keeps addresses',
          },
        ],
      },
      {
        when: 'the queue that is told keeps an order',
        patch: { queues: { undelivered: { fifo: true } } },
        answers: [{ path: 'messages.customers.feedback', got: 'undelivered', allowed: 'a queue without fifo' }],
      },
      {
        when: 'a queue is told of push messages alone',
        patch: customers({ email: null, sms: null }),
        answers: [
          {
            path: 'messages.customers.feedback',
            got: 'undelivered',
            allowed: 'absent without e-mail and SMS: push says in its answer what did not arrive',
            remedy: 'remove it',
          },
        ],
      },
      {
        when: 'there is no channel at all',
        patch: customers({ email: null, sms: null, push: null, feedback: null }),
        answers: [{ path: 'messages.customers', allowed: 'email, sms or push: at least one' }],
      },
      {
        when: 'push has nobody who carries it',
        patch: customers({ push: { apple: null, google: null } }),
        answers: [{ path: 'messages.customers.push', allowed: 'apple, google or both' }],
      },
      {
        when: 'SMS go to no country',
        patch: customers({ sms: { countries: { ID: null, MY: null, PH: null, SG: null, TH: null, VN: null } } }),
        answers: [{ path: 'messages.customers.sms.countries', allowed: 'at least one country' }],
      },
      {
        when: 'a country is no country',
        patch: customers({ sms: { countries: { Singapore: { kind: 'name', name: 'SHOP' } } } }),
        answers: [{ path: 'messages.customers.sms.countries.Singapore', got: 'Singapore' }],
      },
      ...['1234', 'SH', 'TWELVELETTERS', 'A SHOP'].map((name) => ({
        when: `SMS are from ${name}`,
        patch: customers({ sms: { countries: { SG: { name } } } }),
        answers: [{ path: 'messages.customers.sms.countries.SG.name', got: name }],
      })),
      {
        when: 'e-mail comes from outside of the zone',
        patch: customers({ email: { domain: 'mail.shop.org' } }),
        answers: [
          { path: 'messages.customers.email.domain', got: 'mail.shop.org', allowed: 'example.com or a name under it' },
        ],
      },
      {
        when: 'e-mail comes from the name of the edge',
        patch: customers({ email: { domain: 'shop.example.com' } }),
        answers: [
          { path: 'messages.customers.email.domain', remedy: 'choose a name below it, such as mail.shop.example.com' },
        ],
      },
      {
        when: 'two parts send e-mail from one domain',
        patch: { messages: { offers: { email: { dailyMessages: 1 }, feedback: 'undelivered' } } },
        answers: [
          {
            path: 'messages.offers.email.domain',
            got: 'mail.shop.example.com',
            allowed: 'another domain than messages.customers.email.domain has',
          },
        ],
      },
      ...['CA', 'PR', 'US'].map((country) => ({
        when: `a name is shown in ${country}`,
        patch: customers({ sms: { countries: { [country]: { kind: 'name', name: 'SHOP' } } } }),
        answers: [
          {
            path: `messages.customers.sms.countries.${country}.kind`,
            got: 'name',
            allowed: 'number in CA, PR, US, where no name is shown',
            remedy: `write { kind: 'number', type: 'toll-free' }`,
          },
        ],
      })),
      {
        when: 'a site on Azure has no number',
        patch: customers({ sms: { countries: { US: { kind: 'number', type: 'toll-free' } } } }),
        answers: [
          {
            path: 'messages.customers.sms.countries.US.azure',
            got: undefined,
            allowed: 'a number that was bought on azure, where no tool buys one',
            remedy: 'buy it as docs/guides/recovery-site.md says, or waive messages on the site',
          },
        ],
      },
      {
        when: 'Azure should send from addresses of its own',
        patch: customers({ email: { addresses: 'own' } }),
        answers: [
          {
            path: 'messages.customers.email.addresses',
            got: 'own',
            allowed: 'shared on azure, which has no addresses of one customer alone',
            remedy: 'choose shared, or waive messages on the site',
          },
        ],
      },
      {
        when: 'whoever pushes has no key',
        patch: { services: { notification: { uses: { secrets: ['google-push'] } } } },
        answers: [
          {
            path: 'services.notification.uses.secrets',
            got: ['google-push'],
            allowed: 'with apple-push, the key for the push messages of messages.customers',
            remedy: 'add apple-push',
          },
        ],
      },
      {
        when: 'a key of push is not declared',
        patch: customers({ push: { apple: { secret: 'aple-push' } } }),
        answers: [
          {
            path: 'messages.customers.push.apple.secret',
            got: 'aple-push',
            remedy: 'apple-push',
          },
          { path: 'services.notification.uses.secrets', remedy: 'add aple-push' },
        ],
      },
      {
        when: 'a service sends messages that nobody declares',
        patch: { services: { order: { uses: { messages: ['custmers'] } } } },
        answers: [{ path: 'services.order.uses.messages', got: 'custmers', remedy: 'customers' }],
      },
    ].map(partly),
  );

  testVariations([
    { accepts: 'a name in the zone of its own', patch: customers({ email: { domain: 'letters.example.com' } }) },
    {
      accepts: 'a number for a country, where both clouds have one',
      patch: customers({ sms: { countries: { US: { kind: 'number', type: 'toll-free', azure: '+18335550123' } } } }),
    },
    {
      accepts: 'a number that AWS buys, where nobody else sends',
      patch: { ...awsOnly, ...customers({ sms: { countries: { US: { kind: 'number', type: 'long-code' } } } }) },
    },
    {
      accepts: 'what Azure lacks, where the site does without',
      patch: { ...waived, ...customers({ email: { addresses: 'own' } }) },
    },
    { accepts: 'push alone, which is told by nobody', patch: customers({ email: null, sms: null, feedback: null }) },
  ]);
});
