const { parentPort, workerData } = require('node:worker_threads');
const Database = require('better-sqlite3');

parentPort.postMessage(new Database(':memory:').prepare('SELECT ? + 1 AS a').get(workerData).a);
