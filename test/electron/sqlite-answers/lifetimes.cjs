// What nobody closes is closed by the garbage collector, in the main thread and in workers, ended or not.
const { readdirSync, readlinkSync, realpathSync } = require('node:fs');
const { setImmediate: turn } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { Worker } = require('node:worker_threads');
const { open, tried } = require('./bench.cjs');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const leftBehind = 300;

// Nothing of these may hold a database.
const echo = (value) => value;
const text = { start: 's', step: (sum, value) => sum + value };
const nothing = (db) => tried(() => db.prepare('nothing'));

/** Uses every kind of reference, and lets go of all. */
function leave(folder) {
  const { db, insert } = open(folder);
  insert('x');
  db.function('echo', echo);
  db.aggregate('text', text);
  db.prepare('SELECT echo(:a) AS a, :b, :c, text(a) FROM t').get({ a: 1, b: 'b', c: null });
  db.prepare('SELECT 1 UNION SELECT 2').iterate().next();
  nothing(db);
}

/** Files of the folder that this process has open. */
function openIn(folder) {
  const home = realpathSync(folder);
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(home);
    } catch {
      return false;
    }
  }).length;
}

async function collected(folder) {
  for (let n = 0; n < leftBehind; n++) {
    leave(folder);
    if (n % 50 === 0) collect();
  }
  for (let turns = 0; turns < 10; turns++) {
    collect();
    await turn();
  }
  // The last few may still be held by somebody's stack.
  return process.platform !== 'linux' || openIn(folder) < leftBehind / 10;
}

/** Answers of a worker that ends by itself, or the event by which one is ended in the middle of its work. */
function inWorker(file, work, isEnded) {
  const script = `
    const { parentPort } = require('node:worker_threads');
    const Database = require(${JSON.stringify(require.resolve('./bench.cjs'))}).Database;
    const db = new Database(${JSON.stringify(file)});
    ${work}`;
  const worker = new Worker(script, { eval: true });
  return new Promise((resolve, reject) => {
    let answer = null;
    worker.on('message', (message) => {
      answer = message;
      if (isEnded) void worker.terminate();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => resolve([answer, code]));
  });
}

async function workers(folder) {
  const { db, file } = open(folder);
  db.pragma('journal_mode = WAL');
  const ended = [];
  for (let n = 0; n < 10; n++) {
    const work = `
      db.function('echo', (value) => value);
      const add = db.prepare('INSERT INTO t (a, n) VALUES (:a, echo(:n))');
      db.exec('BEGIN IMMEDIATE');
      add.run({ a: 'lost', n: 1 });
      parentPort.postMessage('begun');
      for (;;) db.prepare('SELECT echo(:a) AS a').get({ a: 1 });`;
    ended.push(await inWorker(file, work, true));
  }
  const told = await inWorker(
    file,
    "db.prepare('INSERT INTO t (a, n) VALUES (:a, 1)').run({ a: 'kept' }); parentPort.postMessage(db.prepare('SELECT a FROM t').all());",
    false,
  );
  return {
    ended,
    told,
    kept: db.prepare('SELECT a, n FROM t').all(),
    integrity: db.pragma('integrity_check'),
  };
}

module.exports = async (folder) => ({
  closed: await collected(folder),
  workers: await workers(folder),
});
