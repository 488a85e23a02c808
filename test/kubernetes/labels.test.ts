import { labelsOf } from '../../lib/kubernetes/labels';

const platform = { name: 'shop', owner: { team: 'platform', email: 'platform@example.com', costCentre: 'commerce' } };

test.each([
  ['the team that is named', { name: 'order', team: 'orders' }, 'orders'],
  ['the platform’s own, if none is', { name: 'gateway' }, 'platform'],
])('labels tell %s', (_, labelled, team) => {
  expect(labelsOf(platform, labelled)).toEqual({
    'app.kubernetes.io/name': labelled.name,
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'mainstay',
    team,
  });
});
