import { didYouMean, nearest } from '../../lib/platform/nearest';

const nouns = ['databases', 'caches', 'queues', 'services', 'store'];

describe('the nearest name', () => {
  test.each([
    ['stroe', 'store'],
    ['database', 'databases'],
    ['Queues', 'queues'],
    ['servces', 'services'],
    ['cashes', 'caches'],
    ['store', 'store'],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, nouns)).toBe(expected);
  });

  test.each(['ledger', 'x', ''])('to "%s" is none', (word) => {
    expect(nearest(word, nouns)).toBeUndefined();
  });

  test('is none among none', () => {
    expect(nearest('store', [])).toBeUndefined();
  });

  test('comes first in the remedy, with what to do otherwise after it', () => {
    expect(didYouMean('stroe', nouns, 'remove it')).toBe('did you mean store? If not, remove it');
    expect(didYouMean('ledger', nouns, 'remove it')).toBe('remove it');
  });
});
