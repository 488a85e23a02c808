import type { KongDeclarative } from '../platform/gateway/document';
import { placeholder, publicKeyVariable } from '../platform/gateway/references';
import { keyField, keyIds, type KeyId } from '../platform/gateway/token-keys';

/** Under which name templates find the certificate of the vault. */
export const certificateKey = 'certificate';

/** Under which name templates find a public key of tokens. */
export const publicKeyKey = (id: KeyId): string => keyField('publicKey', id);

/** What would begin an action of a template, so that it stands for itself. */
const literally = (text: string): string => text.replaceAll('{{', '{{"{{"}}');

/**
 * The gateway's document as a template of External Secrets, which puts in the public keys that verify tokens: the cluster's
 * own secret holds the whole document, and no manifest holds a key.
 *
 * @throws Error if the document does not ask for each key.
 */
export const documentTemplate = (document: KongDeclarative): string =>
  keyIds.reduce(
    (text, id) => {
      const asked = JSON.stringify(placeholder(publicKeyVariable(id)));
      if (!text.includes(asked)) throw new Error(`the gateway's document must have ${asked}, got none`);
      // Line ends as they are on whichever system the key was written.
      return text.replaceAll(asked, `{{ .${publicKeyKey(id)} | replace "\\r" "" | toJson }}`);
    },
    literally(JSON.stringify(document)),
  );

/** Of a certificate in the vault: a chain in PEM, or base64 of a PKCS#12 without a password, as it was imported. */
const ofCertificate = (pem: string, pkcs12: string): string => {
  const value = `.${certificateKey}`;
  return `{{ if contains "-----BEGIN" ${value} }}{{ ${value} | filterPEM "${pem}" }}{{ else }}{{ ${value} | b64dec | ${pkcs12} }}{{ end }}`;
};

/** Template of a secret of type `kubernetes.io/tls`, made of a certificate as the vault keeps it. */
export const certificateTemplate: Readonly<Record<'tls.crt' | 'tls.key', string>> = {
  'tls.crt': ofCertificate('CERTIFICATE', 'pkcs12cert'),
  'tls.key': ofCertificate('PRIVATE KEY', 'pkcs12key'),
};
