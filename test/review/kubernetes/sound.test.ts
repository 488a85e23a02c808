import { rules } from '../../../lib/review/kubernetes/rules';
import { messagesOf } from './fixtures';
import { sound } from './sound';

test.each(rules)('$name finds nothing in a sound cluster', (rule) => {
  expect(messagesOf(rule, sound)).toEqual([]);
});
