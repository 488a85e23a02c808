// @ts-check
/* global fetch -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { Kafka } from '@aws-sdk/client-kafka';

/**
 * What the function uses of Amazon MSK.
 *
 * @typedef {object} Clusters
 * @property {(input: { ClusterArn: string }) => Promise<{ BootstrapBrokerStringSaslIam?: string }>} getBootstrapBrokers
 *
 * @typedef {object} Request A custom resource of CloudFormation.
 * @property {'Create' | 'Update' | 'Delete'} RequestType
 * @property {string} RequestId
 * @property {string} ResponseURL
 * @property {string} StackId
 * @property {string} LogicalResourceId
 * @property {string} [PhysicalResourceId]
 * @property {{ ClusterArn: string }} ResourceProperties
 */

/**
 * The function, with what it uses. Always answers CloudFormation: a failure with its reason.
 *
 * @param {{ clusters: Clusters, answer: typeof put }} uses
 */
export function createHandler({ answer, clusters }) {
  return async (/** @type {Request} */ request) => {
    const { LogicalResourceId, RequestId, RequestType, ResourceProperties, StackId } = request;
    const { PhysicalResourceId = ResourceProperties.ClusterArn } = request;
    const told =
      RequestType === 'Delete'
        ? { Status: 'SUCCESS', Reason: 'Nothing was made.' }
        : await tell(ResourceProperties.ClusterArn, clusters).then(
            (Data) => ({ Status: 'SUCCESS', Reason: 'The brokers are told.', Data }),
            (/** @type {unknown} */ error) => ({ Status: 'FAILED', Reason: messageOf(error) }),
          );
    await answer(request.ResponseURL, { ...told, PhysicalResourceId, StackId, RequestId, LogicalResourceId });
  };
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * The brokers of a cluster at the port where they ask who calls, by IAM: host and port, joined by commas.
 *
 * @param {string} ClusterArn
 * @param {Clusters} clusters
 */
async function tell(ClusterArn, clusters) {
  const { BootstrapBrokerStringSaslIam: Brokers = '' } = await clusters.getBootstrapBrokers({ ClusterArn });
  if (Brokers === '') throw new Error(`${ClusterArn} has no brokers that ask by IAM who calls`);
  return { Brokers };
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

export const handler = createHandler({ clusters: /** @type {Clusters} */ (new Kafka({})), answer: put });
