import type { Reach } from '../../lib/kubernetes/cloud';

/** Ranges that no way out of the network leads to. */
const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** The internet, and nothing of any private network. */
export const internet = (ports: readonly number[]): Reach => ({
  ranges: ['0.0.0.0/0'],
  except: privateRanges,
  ports,
});
