/** Files of the shop, and where they lie. */
export interface EdgeAssets {
  /** Host of the storage account: `st….blob.core.windows.net`. */
  readonly host: string;
  /** Id of the storage account. */
  readonly accountId: string;
  /** Container in which the files are. */
  readonly container: string;
}

/**
 * What tells files from pages: an ending, or a place below `/.well-known/`. Every other address is a page that the shop makes
 * up in the browser, for which there is one file. Application Gateway begins a path with a slash, Front Door leaves it away.
 */
export const filePattern = (slash: '/' | ''): string => `([.][^/]*$)|(^${slash}[.]well-known/)`;

/** The file of every page. */
export const pageOf = ({ container }: Pick<EdgeAssets, 'container'>): string => `/${container}/index.html`;
