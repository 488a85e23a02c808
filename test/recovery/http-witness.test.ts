import { HttpWitness } from '../../lib/recovery/http-witness';
import { leaderText } from '../../lib/recovery/leader';
import { AnsweringServer, type Answer } from '../support/answering-server';

describe('the latch as a keeper reads it', () => {
  let server: AnsweringServer;
  const witness = () => new HttpWitness(`${server.url}/leader.json`);

  beforeEach(async () => {
    const body = leaderText({ leader: 'recovery', since: '2026-11-28T10:00:00.000Z' });
    server = await AnsweringServer.start(() => ({ body }));
  });
  afterEach(() => server.stop());

  test('says of each site whether it leads, and asks for no copy', async () => {
    expect([await witness().leads('recovery'), await witness().leads('primary')]).toEqual([true, false]);
    expect(server.asked[0]?.headers['cache-control']).toBe('no-cache');
  });

  test.each<[string, Answer, RegExp]>([
    ['a refusal', { status: 404 }, /leader\.json answered 404/],
    ['a kept copy', { headers: { age: '30' } }, /gave a copy that is 30 s old/],
    ['words that name nobody', { body: '<html>' }, /the latch must hold .*, got <html>/],
    ['a name without a time', { body: '{"leader":"recovery"}' }, /the latch must hold/],
    ['another place', { status: 302, headers: { location: 'https://example.com/' } }, /fetch failed|redirect/],
    ['nothing', 'cut off', /fetch failed/],
  ])('fails when it gets %s: nothing is renewed then', async (_, fault, message) => {
    server.faults.push(fault);
    await expect(witness().leads('primary')).rejects.toThrow(message);
  });
});
