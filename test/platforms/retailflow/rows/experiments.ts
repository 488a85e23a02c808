import { experimentsRow } from '../../support/experiments-row';

export const experiments = experimentsRow({
  platform: 'retailflow',
  account: '444455556666',
  region: 'ap-southeast-1',
  killed: { id: 'KilledOrders', service: 'Order' },
});
