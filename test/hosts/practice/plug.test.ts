import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { envelopeOf, incrementOf, sendIncrement, sendIncrementRaw } from '../../support/practice-call.ts';

const members = incrementOf(meiLing.customerUid, '10.50', '1');

function newLedgerFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'practice', 'ledger.jsonl');
}

test('out refuses connections and ends open ones; in is the same port again', async () => {
  const store = await startPracticeStore();
  const changes: boolean[] = [];
  store.onSwitch(() => changes.push(store.plugIn()));
  store.addFault({ fault: { kind: 'hang', when: 'before' }, times: 1 });
  const hanging = sendIncrementRaw(store, members);
  await store.waitForCall(() => true);
  await store.setPlug(false);
  expect(await hanging).toMatchObject({ bytes: '' });
  await expect(sendIncrement(store, members)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await store.setPlug(true);
  expect(envelopeOf(await sendIncrement(store, members))).toMatchObject({ status: 'success' });
  await store.setPlug(true);
  expect(changes).toEqual([false, true]);
  expect(store.calls().map((call) => call.number)).toEqual([1, 2]);
});

test('quick presses end as the last one says', async () => {
  const store = await startPracticeStore();
  await Promise.all([store.setPlug(false), store.setPlug(true), store.setPlug(false)]);
  expect(store.plugIn()).toBe(false);
  await expect(sendIncrement(store, members)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('only 127.0.0.1 is listened on, under the prefix asked for', async () => {
  const store = await startPracticeStore({ prefix: '' });
  expect(store.baseUrl).toBe(`http://127.0.0.1:${store.port}`);
  expect(envelopeOf(await sendIncrement(store, members))).toMatchObject({ status: 'success' });
  await expect(fetch(`http://[::1]:${store.port}/`)).rejects.toThrow();
});

test('the ledger file brings sums, credentials, port and duplicates back', async () => {
  const ledgerFile = newLedgerFile();
  const first = await startPracticeStore({ ledgerFile });
  await sendIncrement(first, members);
  first.adjust(limWei.customerUid, '7.0001', '8');
  first.setMember(limWei.customerUid, { enable: 0 });
  // Not closed: the file is all that a killed process leaves behind.
  const lines = readFileSync(ledgerFile, 'utf8');
  await first.close();
  writeFileSync(ledgerFile, lines);

  const second = await startPracticeStore({ ledgerFile, profile: { refusesDuplicates: true } });
  expect([second.baseUrl, second.appId, second.appKey]).toEqual([first.baseUrl, first.appId, first.appKey]);
  expect(second.member(meiLing.customerUid)).toMatchObject({ balance: '130.50', point: '341' });
  expect(second.member(limWei.customerUid)).toMatchObject({ balance: '7.0001', point: '8', enable: 0 });
  expect(second.increments()).toEqual(first.increments());
  expect(envelopeOf(await sendIncrement(second, members))).toMatchObject({ messages: ['重复提交修改'] });
  expect(second.calls()).toMatchObject([{ number: 2 }]);
});

test('the increment is in the file before anybody hears of it', async () => {
  const ledgerFile = newLedgerFile();
  const store = await startPracticeStore({ ledgerFile });
  store.addFault({ fault: { kind: 'drop', when: 'after' } });
  await sendIncrementRaw(store, members);
  expect(readFileSync(ledgerFile, 'utf8')).toContain('"balanceIncrement":"10.50"');
});

test('a torn last line is forgotten, and what comes after it is kept', async () => {
  const ledgerFile = newLedgerFile();
  const first = await startPracticeStore({ ledgerFile });
  await sendIncrement(first, members);
  await first.close();
  appendFileSync(ledgerFile, '{"kind":"increment","increment":{"customerUid":"2316');
  const second = await startPracticeStore({ ledgerFile });
  expect(second.member(meiLing.customerUid).balance).toBe('130.50');
  await sendIncrement(second, members);
  await second.close();
  const third = await startPracticeStore({ ledgerFile });
  expect(third.member(meiLing.customerUid).balance).toBe('141.00');
  expect(third.increments().map((increment) => increment.callNumber)).toEqual([1, 2]);
});

test('a broken line in the middle is named and not guessed over', async () => {
  const ledgerFile = newLedgerFile();
  const first = await startPracticeStore({ ledgerFile });
  await sendIncrement(first, members);
  await first.close();
  const [store = '', increment = ''] = readFileSync(ledgerFile, 'utf8').split('\n');
  writeFileSync(ledgerFile, `${store}\n${increment.slice(0, 40)}\n${increment}\n`);
  await expect(startPracticeStore({ ledgerFile })).rejects.toThrow('line 2 cannot be read');
});

test('where its port was taken meanwhile, a restarted store says so by another address', async () => {
  const ledgerFile = newLedgerFile();
  const first = await startPracticeStore({ ledgerFile });
  const second = await startPracticeStore({ ledgerFile });
  expect(second.port).not.toBe(first.port);
  expect(second.appKey).toBe(first.appKey);
  await expect(startPracticeStore({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('an increment that cannot be written is not applied', async () => {
  const ledgerFile = newLedgerFile();
  const store = await startPracticeStore({ ledgerFile });
  rmSync(join(ledgerFile, '..'), { recursive: true });
  const reply = await sendIncrement(store, members);
  expect(reply.status).toBe(500);
  expect(store.member(meiLing.customerUid).balance).toBe('120.00');
  expect(store.calls()).toMatchObject([{ applied: false }]);
});

test('members that it does not have are a mistake of the caller', async () => {
  const store = await startPracticeStore();
  expect(() => store.member('1')).toThrow(RangeError);
  expect(() => store.adjust('1', '1', '1')).toThrow(RangeError);
  expect(() => store.adjust(meiLing.customerUid, '1e3', '1')).toThrow(RangeError);
});
