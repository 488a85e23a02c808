// @ts-check
/* global fetch -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { EC2 } from '@aws-sdk/client-ec2';

/**
 * What the function uses of EC2. What EC2 says of a connection besides, such as its whole configuration, is not looked at.
 *
 * @typedef {object} Connections
 * @property {(input: { VpnConnectionIds: string[] }) => Promise<{ VpnConnections?: Connection[] }>} describeVpnConnections
 *
 * @typedef {object} Connection
 * @property {string} [PreSharedKeyArn]
 * @property {{ TunnelOptions?: { OutsideIpAddress?: string, TunnelInsideCidr?: string }[] }} [Options]
 *
 * @typedef {object} Request A custom resource of CloudFormation.
 * @property {'Create' | 'Update' | 'Delete'} RequestType
 * @property {string} RequestId
 * @property {string} ResponseURL
 * @property {string} StackId
 * @property {string} LogicalResourceId
 * @property {string} [PhysicalResourceId]
 * @property {Properties} ResourceProperties
 *
 * @typedef {object} Properties
 * @property {string} VpnConnectionId
 * @property {string[]} [InsideCidrs] Ranges of the tunnels whose addresses are told, in that order; none is told without.
 */

/**
 * The function, with what it uses. Always answers CloudFormation: a failure with its reason.
 *
 * @param {{ connections: Connections, answer: typeof put }} uses
 */
export function createHandler({ connections, answer }) {
  return async (/** @type {Request} */ request) => {
    const { LogicalResourceId, RequestId, RequestType, ResourceProperties, StackId } = request;
    const { PhysicalResourceId = ResourceProperties.VpnConnectionId } = request;
    const told =
      RequestType === 'Delete'
        ? { Status: 'SUCCESS', Reason: 'Nothing was made.' }
        : await tell(ResourceProperties, connections).then(
            (Data) => ({ Status: 'SUCCESS', Reason: 'The connection is told.', Data }),
            (/** @type {unknown} */ error) => ({ Status: 'FAILED', Reason: messageOf(error) }),
          );
    await answer(request.ResponseURL, { ...told, PhysicalResourceId, StackId, RequestId, LogicalResourceId });
  };
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Outside addresses of tunnels, each found by its inside range, and where the keys of both are kept.
 *
 * @param {Properties} properties
 * @param {Connections} connections
 * @returns {Promise<Record<string, string>>}
 */
async function tell({ InsideCidrs = [], VpnConnectionId }, connections) {
  const { VpnConnections = [] } = await connections.describeVpnConnections({ VpnConnectionIds: [VpnConnectionId] });
  const [{ Options = {}, PreSharedKeyArn } = {}] = VpnConnections;
  if (PreSharedKeyArn === undefined) throw new Error(`${VpnConnectionId} has no secret for its keys`);
  const addresses = InsideCidrs.map((cidr, index) => {
    const tunnel = (Options.TunnelOptions ?? []).find(({ TunnelInsideCidr }) => TunnelInsideCidr === cidr);
    if (tunnel?.OutsideIpAddress === undefined) throw new Error(`${VpnConnectionId} has no tunnel on ${cidr}`);
    return [`Tunnel${index + 1}`, tunnel.OutsideIpAddress];
  });
  return { ...Object.fromEntries(addresses), KeyArn: PreSharedKeyArn };
}

/**
 * Answers CloudFormation. The address is signed for a request without content type.
 *
 * @param {string} url
 * @param {object} body
 */
async function put(url, body) {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with ${response.status}`);
}

export const handler = createHandler({ connections: /** @type {Connections} */ (new EC2({})), answer: put });
