import { url } from 'node:inspector';

// Maps from compiled lines to written ones are 8 MB at 192 services, and read when a mistake is told (`mapped.ts`). A
// debugger reads them while the program runs.
if (url() === undefined) process.setSourceMapsEnabled(false);
