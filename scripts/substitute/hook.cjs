'use strict';
// Runs first in the substitute's main process and in each of its workers: what the app asks for
// by name and its old Node cannot load is replaced here, so that the app knows nothing of it.
const { constants } = require('node:os');
const Module = require('node:module');
const path = require('node:path');
const threads = require('node:worker_threads');
const zlib = require('node:zlib');
const { fileURLToPath } = require('node:url');

// Made by scripts/lib/native.mjs, which says why. Packaged it comes along with the runtime's own resources.
const native = path.join(path.dirname(process.execPath), 'resources', 'native');
process.dlopen(
  { exports: {} },
  path.join(native, 'node-api-10.node'),
  constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL,
);
const redirects = { 'better-sqlite3': path.join(native, 'better-sqlite3', 'lib', 'index.js') };

// What undici 8 looks for and Node 20 has not.
threads.markAsUncloneable ??= () => {};
zlib.createZstdDecompress ??= () => {
  throw new Error('the substitute runtime has no zstd');
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveRedirected(request, ...rest) {
  return Object.hasOwn(redirects, request)
    ? redirects[request]
    : resolveFilename.call(this, request, ...rest);
};

const firstLine = `require(${JSON.stringify(__filename)});`;
const Worker = threads.Worker;
threads.Worker = class extends Worker {
  constructor(file, options = {}) {
    if (options.eval) {
      super(`${firstLine}${file}`, options);
      return;
    }
    const script = file instanceof URL || String(file).startsWith('file:') ? fileURLToPath(file) : file;
    super(`${firstLine}require(${JSON.stringify(script)})`, { ...options, eval: true });
  }
};
