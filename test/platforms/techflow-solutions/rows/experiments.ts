import { experimentsRow } from '../../support/experiments-row';

export const experiments = experimentsRow({
  platform: 'techflow-solutions',
  account: '444455556666',
  region: 'eu-central-1',
  killed: { id: 'KilledTasks', service: 'Project' },
});
