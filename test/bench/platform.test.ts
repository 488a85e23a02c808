import { platformOf } from '../../bench/platform';
import { resolveUnallocated } from '../../lib/platform/resolve';

test.each([6, 12, 48, 192])('RetailFlow with %d services is a sound platform', (count) => {
  const { services } = resolveUnallocated(platformOf(count), 'production');
  expect(Object.keys(services)).toHaveLength(count);
});
