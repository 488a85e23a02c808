import type { KeptDigests } from './ledger-verification';

/** A container of blobs, as the client of Azure has it. */
export interface BlobContainer {
  readonly listBlobsFlat: (options: { readonly prefix: string }) => AsyncIterable<{ readonly name: string }>;
  readonly getBlobClient: (name: string) => { readonly downloadToBuffer: () => Promise<Buffer> };
}

/** Digests that lie in a container. */
export const keptIn = (container: BlobContainer): KeptDigests => ({
  files: async (folder) => {
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat({ prefix: `${folder}/` })) names.push(name);
    return names;
  },
  read: async (path) => (await container.getBlobClient(path).downloadToBuffer()).toString('utf8'),
});
