'use strict';
// Runs first in the substitute's main process and in each of its workers: what the app asks for
// by name and its old Node cannot load is replaced here, so that the app knows nothing of it.
const Module = require('node:module');
const crypto = require('node:crypto');
const diagnostics = require('node:diagnostics_channel');
const threads = require('node:worker_threads');
const { fileURLToPath } = require('node:url');

const redirects = {
  'better-sqlite3': require.resolve('./sqlite.cjs'),
  undici: require.resolve('undici-6'),
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
    const path = file instanceof URL || String(file).startsWith('file:') ? fileURLToPath(file) : file;
    super(`${firstLine}require(${JSON.stringify(path)})`, { ...options, eval: true });
  }
};

process.getBuiltinModule ??= (id) => (Module.isBuiltin(id) ? require(id) : undefined);

Promise.withResolvers ??= function withResolvers() {
  const settle = {};
  const promise = new this((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
};

crypto.hash ??= (algorithm, data, options = 'hex') => {
  const encoding = typeof options === 'string' ? options : (options.outputEncoding ?? 'hex');
  const hash = crypto.createHash(algorithm).update(data);
  return encoding === 'buffer' ? hash.digest() : hash.digest(encoding);
};

// The wrapped calls run as they are: on the substitute nobody listens to what pino would trace.
diagnostics.tracingChannel ??= (name) => {
  const parts = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
  const channels = parts.map((part) => [part, diagnostics.channel(`tracing:${name}:${part}`)]);
  return {
    ...Object.fromEntries(channels),
    hasSubscribers: false,
    subscribe() {},
    unsubscribe: () => true,
    traceSync: (work, _context, thisArg, ...args) => work.apply(thisArg, args),
    tracePromise: (work, _context, thisArg, ...args) => work.apply(thisArg, args),
    traceCallback: (work, _position, _context, thisArg, ...args) => work.apply(thisArg, args),
  };
};
