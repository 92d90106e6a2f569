import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runApp, testFolder } from '../support/electron-app.ts';
import { answer, twoEntries } from '../support/electron-commands.ts';
import { forge, forgeSignature } from '../support/forge.ts';

it('says what is not sent by its exit code, beside a running till and after it', async () => {
  const { folder, kill } = await twoEntries();
  const counted = { unsent: 1, queued: 1, sending: 0, unknown: 0, review: 0 };
  const beside = await runApp(folder, ['--unsent']);
  expect([beside.code, answer(beside)]).toEqual([3, counted]);
  await kill();
  const after = await runApp(folder, ['--unsent']);
  expect([after.code, answer(after)]).toEqual([3, counted]);
  truncateSync(join(folder, 'live', 'counterfoil.db'), 0);
  const gone = await runApp(folder, ['--unsent']);
  expect([gone.code, answer(gone)]).toEqual([1, { error: { code: 'data-missing' } }]);
});

it('finds a tampered signature and a tampered body, exits 1, and the till does not send them', async () => {
  const { folder, kill } = await twoEntries();
  await kill();
  const file = join(folder, 'live', 'counterfoil.db');
  forgeSignature(file, 2);
  const signature = await runApp(folder, ['--verify']);
  expect(answer(signature)).toMatchObject({
    ok: false,
    signatures: { valid: 1, invalid: 1 },
    // The key says so, and so does the journal, which keeps what was signed.
    problems: [
      expect.stringContaining('entry 2: its signature'),
      expect.stringMatching(/^journal: broken at row \d+$/),
      expect.stringMatching(/^entry 2: the journal does not vouch for it/),
    ],
  });
  expect(signature.code).toBe(1);

  forge(file, "UPDATE journal SET content = REPLACE(content, ':20.5,', ':99.5,') WHERE entry = 2");
  const body = await runApp(folder, ['--verify']);
  expect(answer(body)).toMatchObject({
    ok: false,
    problems: [
      expect.stringContaining('entry 2: its signed body'),
      expect.stringMatching(/^journal: broken at row \d+$/),
      expect.stringMatching(/^entry 2: the journal does not vouch for it/),
    ],
  });
  expect(body.code).toBe(1);
});

it('answers for a folder that holds no till, and for one that cannot be read', async () => {
  const empty = await runApp(testFolder(), ['--verify']);
  expect([empty.code, answer(empty)]).toMatchObject([0, { ok: true, entries: 0 }]);
  const unsent = await runApp(testFolder(), ['--unsent']);
  expect([unsent.code, answer(unsent)]).toMatchObject([0, { unsent: 0 }]);
  const nothing = await runApp(testFolder(), [`--export=${join(testFolder(), 'all.csv')}`]);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('nothing to export')]);
});
