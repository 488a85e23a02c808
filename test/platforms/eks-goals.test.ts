import { formatFinding } from '../../lib/review/finding';
import { reviewGoals } from '../../lib/review/goals/review';
import { clustersOnEks, platformOnEks, synthesizedOnEks } from '../support/eks';

test('ShopFlow with pods on AWS keeps what it promises of starts, growth, undoing and its peak', async () => {
  const clusters = (await clustersOnEks('shopflow')).map(({ read }) => read);
  const { assembly: aws } = synthesizedOnEks('shopflow');
  const review = reviewGoals({ aws, clusters, whole: true }, platformOnEks('shopflow'));
  expect(review.findings.map(formatFinding)).toEqual([]);
  expect(review.starts).toHaveLength(13);
  expect(review.growths.map(({ about }) => about)).toContain('services.user');
});
