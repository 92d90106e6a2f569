import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createVault } from '../../main/credentials/vault.ts';
import { keyring } from '../credentials/support.ts';
import { realRandom, startPracticeStore } from '../support/practice-store.ts';
import { openTestTill, temporaryFolder } from '../support/till.ts';

it('a keyring that fails for a moment while the key is replaced takes neither the PIN nor the journal', async () => {
  const store = await startPracticeStore();
  const whole = keyring(randomBytes(32));
  let failures = 0;
  const secrets: typeof whole = {
    ...whole,
    decrypt: (sealed) =>
      failures-- > 0 ? Promise.reject(new Error('the keyring is busy')) : whole.decrypt(sealed),
  };
  const vault = createVault({ folder: temporaryFolder(), secrets, random: realRandom });
  // The journal key that the till's settings are sealed under.
  await vault.save('NOT-THE-KEY', { pinPepper: randomBytes(32), journalKey: Buffer.alloc(32, 9) });
  const till = await openTestTill(store, { world: { vault } });
  till.session.start();
  expect(await till.session.managerPin.make('730194')).toMatchObject({ ok: true });
  failures = 1;
  expect(await till.session.replaceKey(store.appKey)).toEqual({ ok: true, value: {} });
  expect(await till.session.managerPin.verify('730194')).toMatchObject({ ok: true });
  await till.close();
  failures = 0;
  const next = await openTestTill(store, { folder: till.folder, world: { vault } });
  expect(next.session.account.hasKey()).toBe(true);
  expect(next.session.journalProblem).toBeNull();
  expect(await next.session.managerPin.verify('730194')).toMatchObject({ ok: true });
});
