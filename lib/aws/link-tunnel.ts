import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { tunnelSuite, type Tunnel } from '../platform/link';

const { ike, ipsec, deadSeconds } = tunnelSuite;

/** The suite of the plan as AWS spells it. Phase 2 names an integrity, which GCM brings itself, because AWS asks for one. */
const suite = {
  phase1EncryptionAlgorithms: [{ value: ike.encryption }],
  phase1IntegrityAlgorithms: [{ value: 'SHA2-256' }],
  phase1DhGroupNumbers: [{ value: ike.group }],
  phase1LifetimeSeconds: ike.seconds,
  phase2EncryptionAlgorithms: [{ value: `${ipsec.encryption}-16` }],
  phase2IntegrityAlgorithms: [{ value: 'SHA2-256' }],
  phase2DhGroupNumbers: [{ value: ipsec.group }],
  phase2LifetimeSeconds: ipsec.seconds,
};

/**
 * A tunnel: its addresses by the plan, or AWS chooses them; IKE version 2 alone, and AWS begins and begins again, so that nobody has to. Its key is made
 * by AWS, and none is written here.
 *
 * @param logGroupArn Where the negotiation of keys and BGP are logged.
 */
export const tunnelOptions = (
  { insideCidr }: Partial<Pick<Tunnel, 'insideCidr'>>,
  logGroupArn: string,
): ec2.CfnVPNConnection.VpnTunnelOptionsSpecificationProperty => ({
  ...(insideCidr === undefined ? {} : { tunnelInsideCidr: insideCidr }),
  ikeVersions: [{ value: 'ikev2' }],
  startupAction: 'start',
  dpdTimeoutAction: 'restart',
  dpdTimeoutSeconds: deadSeconds,
  ...suite,
  // AWS tells before it replaces an end of a tunnel, and waits for us until its last day.
  enableTunnelLifecycleControl: true,
  logOptions: {
    cloudwatchLogOptions: {
      logEnabled: true,
      logGroupArn,
      logOutputFormat: 'json',
      bgpLogEnabled: true,
      bgpLogGroupArn: logGroupArn,
      bgpLogOutputFormat: 'json',
    },
  },
});
