import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { liveFolder } from '../../main/kernel/folders.ts';
import { backUp } from '../kit/data-folder.ts';
import { balance, entry, openLosing, uid } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

it('a duplicate refusal of what a restore brought back is not taken for another’s second', async () => {
  const world = { host: { refusesDuplicates: true } };
  let driven = await openLosing(world, null);
  await driven.store.setPlug(false);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  await driven.till.close();
  const putBack = backUp(liveFolder(driven.till.folder));
  await driven.store.setPlug(true);
  driven = await driven.restart();
  driven.till.session.start();
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  await driven.pass(120_000);
  await driven.till.close();
  putBack();
  driven = await driven.restart();
  driven.till.session.start();
  await driven.pass(200_000);
  expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'restored' });
  const {
    counter: { review },
    sending: { loop },
  } = driven.till.session;
  const meant = { isMeant: true };
  expect(await answerRead(review, entry(driven, id), 'send', theManager, meant)).toMatchObject({ ok: true });
  loop.wake();
  await driven.drive(() => entry(driven, id).cause === 'duplicate');
  await driven.drive(() => entry(driven, id).state !== 'unknown');
  // KYBIO has said that it had these bytes before: a person is told so, and nothing takes their place.
  expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'evidence-unclear' });
  expect(review.cases()[0]?.evidence?.content).toMatchObject({ verdict: { suggestion: 'applied' } });
  await driven.pass(600_000);
  expect(driven.store.increments()).toHaveLength(1);
  expect(balance(driven)).toBe('130.00');
});
