// A member host in a thread of its own that says yes to every increment, after `delayMs`: what is measured against it
// is the caller. It keeps each member's sums, so that the replies add up.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { delayMs } = workerData as { readonly delayMs: number };
const sums = new Map<string, { balance: number; point: number }>();

/** Ids are longer than a number holds: the digits are taken as they stand. */
const digitsOf = (body: string, name: string): string =>
  new RegExp(`"${name}":(-?[\\d.]+)`).exec(body)?.[1] ?? '0';

function credit(body: string): string {
  const uid = digitsOf(body, 'customerUid');
  const before = sums.get(uid) ?? { balance: 0, point: 0 };
  const [balance, point] = [
    Number(digitsOf(body, 'balanceIncrement')),
    Number(digitsOf(body, 'pointIncrement')),
  ];
  const after = { balance: before.balance + balance, point: before.point + point };
  sums.set(uid, after);
  const time = /"dataChangeTime":"([^"]*)"/.exec(body)?.[1] ?? '';
  return `{"status":"success","messages":[],"errorCode":null,"data":{"customerUid":${uid},"balanceBeforeUpdate":${before.balance},"balanceAfterUpdate":${after.balance},"balanceIncrement":${balance},"pointBeforeUpdate":${before.point},"pointAfterUpdate":${after.point},"pointIncrement":${point},"dataChangeTime":"${time}","updateCustomerTime":"${time}"}}`;
}

async function answer(path: string, body: string, response: ServerResponse): Promise<void> {
  const isIncrement = path.endsWith('/updateBalancePointByIncrement');
  const text = isIncrement ? credit(body) : '{"status":"success","messages":[],"errorCode":null,"data":null}';
  if (delayMs > 0) await delay(delayMs);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(request.url ?? '', Buffer.concat(chunks).toString('utf8'), response));
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
