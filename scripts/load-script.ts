import { loadPlatform } from '../bin/inputs';
import { loadScript } from '../lib/platform/load-tests/script';
import { command } from './load-command';

const USAGE = `usage: npm run --silent load:script -- <platform> <stage> <load test>

Prints the script of a load test, as the stage runs it, for k6:

  npm run --silent load:script -- techflow-solutions staging ten-times > script.js
  k6 run --env VARIANT=smoke --env SUMMARY=summary.json script.js
`;

process.exitCode = command('load-script', USAGE, 3, ([platform = '', stage = '', test = '']) => {
  process.stdout.write(loadScript(loadPlatform(platform, stage).platform, test));
});
