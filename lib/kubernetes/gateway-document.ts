import type { KongDeclarative } from '../platform/gateway/document';
import { gatewayVariables, placeholder } from '../platform/gateway/references';

/** Under which names templates find what comes from the vault. */
export const templateKeys = { publicKey: 'publicKey', certificate: 'certificate' } as const;

/** What would begin an action of a template, so that it stands for itself. */
const literally = (text: string): string => text.replaceAll('{{', '{{"{{"}}');

/**
 * The gateway's document as a template of External Secrets, which puts in the public key that verifies tokens: the cluster's
 * own secret holds the whole document, and no manifest holds a key.
 *
 * @throws Error if the document does not ask for the key.
 */
export function documentTemplate(document: KongDeclarative): string {
  const asked = JSON.stringify(placeholder(gatewayVariables.tokenPublicKey));
  const [before, ...after] = JSON.stringify(document).split(asked);
  if (before === undefined || after.length === 0)
    throw new Error(`the gateway's document must have ${asked}, got none`);
  // Line ends as they are on whichever system the key was written.
  const key = `{{ .${templateKeys.publicKey} | replace "\\r" "" | toJson }}`;
  return [before, ...after].map(literally).join(key);
}

/** Of a certificate in the vault: a chain in PEM, or base64 of a PKCS#12 without a password, as it was imported. */
const ofCertificate = (pem: string, pkcs12: string): string => {
  const value = `.${templateKeys.certificate}`;
  return `{{ if contains "-----BEGIN" ${value} }}{{ ${value} | filterPEM "${pem}" }}{{ else }}{{ ${value} | b64dec | ${pkcs12} }}{{ end }}`;
};

/** Template of a secret of type `kubernetes.io/tls`, made of a certificate as the vault keeps it. */
export const certificateTemplate: Readonly<Record<'tls.crt' | 'tls.key', string>> = {
  'tls.crt': ofCertificate('CERTIFICATE', 'pkcs12cert'),
  'tls.key': ofCertificate('PRIVATE KEY', 'pkcs12key'),
};
