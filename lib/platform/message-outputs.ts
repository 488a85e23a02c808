/** Output of Terraform by which a site tells where its messages to people are sent. */
export const messageHostsOutput = 'message_hosts';

/** Output of Terraform by which a site tells what the zones of its domains of e-mail must say. */
export const emailProofsOutput = 'email_proofs';
