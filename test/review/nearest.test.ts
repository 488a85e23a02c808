import fc from 'fast-check';
import { nearest } from '../../lib/review/nearest';

describe('nearest', () => {
  test('puts the closest word first, case ignored, and equals in the order of the alphabet', () => {
    expect(nearest('sendmesage', ['ReceiveMessage', 'SendMessage', 'SendMessages'], 2)).toEqual([
      'SendMessage',
      'SendMessages',
    ]);
    expect(nearest('x', ['b', 'a', 'c', 'd'], 2)).toEqual(['a', 'b']);
    expect(nearest('x', [])).toEqual([]);
  });

  test('finds a known word first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), fc.nat(), (words, index) => {
        const word = words[index % words.length] ?? '';
        expect(nearest(word, words, 1)).toEqual([word]);
      }),
    );
  });
});
