import { RestError } from '@azure/storage-blob';

/**
 * Whether Blob Storage refused with one of these codes. It tells them in the body of its answer and, where that has none, in a
 * header alone. https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
 */
export function refusedWith(error: unknown, ...codes: readonly string[]): boolean {
  if (!(error instanceof RestError)) return false;
  const { errorCode } = (error.details ?? {}) as { readonly errorCode?: string };
  return codes.includes(error.code ?? '') || codes.includes(errorCode ?? '');
}
