import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { inDatabase } from '../kit/data-folder.ts';
import { entry, openLosing, uid } from '../kit/losing.ts';
import { forge } from '../support/forge.ts';

/** An entry that waits for the network, while somebody writes into the table of the names. */
async function waiting(change: string) {
  const driven = await openLosing({}, null);
  await driven.store.setPlug(false);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  forge(databaseFile(liveFolder(driven.till.folder)), change);
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
  await driven.drive(() => entry(driven, id).state !== 'queued' && entry(driven, id).state !== 'sending');
  return { driven, entry: entry(driven, id) };
}

it('what waits for a member whose name somebody altered is not sent, and shows no other name', async () => {
  const { driven, entry } = await waiting(
    `UPDATE named_member SET card = '${limWei.number}', name = '${limWei.name}' WHERE uid = '${uid}'`,
  );
  expect(entry).toMatchObject({ state: 'review', cause: 'not-vouched-for', customerName: meiLing.name });
  expect(driven.store.member(uid).balance).toBe(meiLing.balance);
  expect(driven.store.member(limWei.customerUid).balance).toBe(limWei.balance);
});

it('what waits for a member who was erased meanwhile is sent once, to the uid that was signed', async () => {
  const { driven, entry } = await waiting('UPDATE named_member SET card = NULL, name = NULL, salt = NULL');
  expect(entry).toMatchObject({ state: 'confirmed', customerUid: uid, customerName: '', customerNumber: '' });
  expect(Number(driven.store.member(uid).balance)).toBe(Number(meiLing.balance) + 10);
});

it.each([
  ['an entry that waits', false],
  ['an entry that has ended', true],
])('a member who was erased is no alarm, at no start and in no audit: %s', async (_, isOnline) => {
  const driven = await openLosing({}, null);
  await driven.store.setPlug(isOnline);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.pass(60_000);
  await driven.till.close();
  inDatabase(driven.till.folder, (db) =>
    db.exec('UPDATE named_member SET card = NULL, name = NULL, salt = NULL'),
  );
  for (let start = 0; start < 2; start += 1) {
    const again = await driven.restart();
    again.till.session.start();
    expect(again.till.session.journalProblem).toBeNull();
    await again.pass(600_000);
    expect(again.till.session.journalProblem).toBeNull();
    expect(entry(again, id)).toMatchObject({ state: isOnline ? 'confirmed' : 'queued', customerName: '' });
    await again.till.close();
  }
});

it('a note that was altered in the tables beside an erasure is an alarm as ever', async () => {
  const driven = await openLosing({}, null);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.pass(60_000);
  await driven.till.close();
  const change =
    "UPDATE named_member SET card = NULL, name = NULL, salt = NULL; UPDATE increment SET note = 'x'";
  inDatabase(driven.till.folder, (db) => db.exec(change));
  const again = await driven.restart();
  again.till.session.start();
  await again.pass(600_000);
  expect(again.till.session.journalProblem).toBe('broken');
  expect(entry(again, id)).toMatchObject({ state: 'confirmed', customerName: '', note: '' });
});
