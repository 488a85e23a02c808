import type { Row } from '../../../support/about';
import { azureMessagesExpectations } from '../../../support/azure-messages-row';

export const messages: Row = {
  row: 'messages to people',
  expectations: azureMessagesExpectations({
    platform: 'retailflow',
    part: 'CustomersMessages',
    dataLocation: 'Asia Pacific',
    domain: 'mail.shop.example.com',
    monthlyDollars: 3000,
    tags: { owner: 'platform', 'cost-centre': 'commerce', platform: 'retailflow', stage: 'production' },
  }),
};
