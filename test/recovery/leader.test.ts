import { leads } from '../../lib/platform/failover-store';
import { leaderText, parseLeader } from '../../lib/recovery/leader';

const since = '2026-11-28T00:00:00.000Z';

describe('what the latch holds', () => {
  test.each(['primary', 'recovery'])('says what health checks of names look for while the %s site leads', (leader) => {
    const text = leaderText({ leader, since });
    expect(text).toContain(leads(leader));
    expect(text).not.toContain(leads(leader === 'primary' ? 'recovery' : 'primary'));
    expect(parseLeader(text)).toEqual({ leader, since });
  });

  test.each(['', 'null', '{}', '{"leader":"primary"}', '<html>'])('is refused if it names nobody: %p', (text) => {
    expect(() => parseLeader(text)).toThrow('the latch must hold {"leader": …, "since": …}, got ');
  });
});
