// @ts-check
/* eslint-disable mainstay/import-direction, @typescript-eslint/no-require-imports -- Lambda runs this file as it is, on Node.js alone */
const { Buffer } = require('node:buffer');
const { createHash, createHmac } = require('node:crypto');
const https = require('node:https');
const process = require('node:process');

/**
 * A request to an OpenSearch domain.
 *
 * @typedef {object} Request
 * @property {string} method
 * @property {URL} url
 * @property {Readonly<Record<string, string>>} headers
 * @property {string} body
 */

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/**
 * @param {Buffer} key
 * @param {string} text
 */
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/**
 * @param {Request} request
 * @returns {Promise<{ status: number, text: string }>}
 */
exports.send = function send({ method, url, headers, body }) {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const request = https.request(url, { method, headers: { ...headers, ...length }, timeout: 15_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('timeout', () => request.destroy(new Error(`${url.host} did not answer`)));
    request.on('error', reject);
    request.end(body);
  });
};

/**
 * The request with a signature of AWS, version 4, by the credentials of this function.
 *
 * @param {Request} request
 * @returns {Request}
 */
exports.signed = function signed(request) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN, AWS_REGION = '' } = process.env;
  // eslint-disable-next-line mainstay/restricted-syntax -- a signature names its time; nothing here runs in a synth
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers = {
    'content-type': 'application/json',
    host: request.url.host,
    'x-amz-date': time,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { 'x-amz-security-token': AWS_SESSION_TOKEN }),
  };
  const scope = [time.slice(0, 8), AWS_REGION, 'es', 'aws4_request'];
  const names = Object.keys(headers).join(';');
  const canonical = [
    request.method,
    request.url.pathname,
    request.url.search.slice(1),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const signature = [...scope, toSign].reduce(hmac, Buffer.from(`AWS4${AWS_SECRET_ACCESS_KEY}`)).toString('hex');
  const credential = `${AWS_ACCESS_KEY_ID}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
};
