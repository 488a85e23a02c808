// @ts-check
import { onImport } from './on-import.mjs';

/** A generated provider of cdktf, unless one resource of it alone is named. */
const WHOLE_PROVIDER = /^@cdktf\/provider-[^/]+(?!\/lib\/(?!index$)[a-z0-9-]+$)(\/|$)/;

/**
 * A provider is imported a resource at a time, because the whole costs a second.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      whole:
        "Import the resource alone, `@cdktf/provider-azurerm/lib/<resource>`, not '{{specifier}}': the whole costs a second.",
    },
  },

  create(context) {
    return onImport((node, specifier) => {
      if (WHOLE_PROVIDER.test(specifier)) context.report({ node, messageId: 'whole', data: { specifier } });
    });
  },
};
