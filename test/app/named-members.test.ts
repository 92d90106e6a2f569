import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
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
