// Does once what the app relies on in any Electron it is run by, and prints what came of it.
const { Worker } = require('node:worker_threads');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { app, safeStorage } = require('electron');
const Database = require('better-sqlite3');
const { request } = require('undici');

function workerAnswer() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'worker.cjs'), { workerData: 20 });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function httpAnswer() {
  const server = createServer((_request, response) => response.end('pong')).listen(0, '127.0.0.1');
  return new Promise((resolve) => server.once('listening', resolve))
    .then(() => request(`http://127.0.0.1:${server.address().port}/`))
    .then(({ body }) => body.text())
    .finally(() => server.close());
}

async function secretAnswer() {
  const before = safeStorage.getSelectedStorageBackend();
  await app.whenReady();
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { before, available: false };
  const sealed = await safeStorage.encryptStringAsync('secret');
  const { result } = await safeStorage.decryptStringAsync(sealed);
  return {
    before,
    available: true,
    backend: safeStorage.getSelectedStorageBackend(),
    sealed: !sealed.includes('secret'),
    result,
  };
}

async function check() {
  const secret = await secretAnswer();
  const db = new Database(join(app.getPath('userData'), 'check.db'));
  return {
    app: [app.name, app.getVersion(), app.getAppPath() === __dirname, app.isPackaged],
    sql: db.prepare('SELECT ? AS a').safeIntegers().get(5n).a === 5n,
    worker: await workerAnswer(),
    http: await httpAnswer(),
    secret,
    builtin: process.getBuiltinModule('node:path') === require('node:path'),
    hash: require('node:crypto').hash('sha256', ''),
    resolvers: Object.keys(Promise.withResolvers()).sort(),
    traced: require('node:diagnostics_channel')
      .tracingChannel('check')
      .traceSync((a) => a + 1, {}, null, 1),
    argument: process.argv.includes('--hello=you'),
  };
}

void check()
  .catch((error) => ({ failed: String(error.stack) }))
  .then((answer) => process.stdout.write(`answer ${JSON.stringify(answer)}\n`, () => app.exit(0)));
