import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, type ProcessEnd, runApp, testFolder } from '../support/electron-app.ts';
import { signInPage } from '../support/electron-pauses.ts';
import { find, takeMember, topUp, untilRows, untilStrip, words } from '../support/electron-till.ts';
import { forge, forgeSignature } from '../support/forge.ts';

/** One that is done and one that waits, and is not tried now and then as it would be without a network. */
async function twoEntries() {
  const store = await startPracticeStore();
  const till = await openTill(store);
  await takeMember(till.page, limWei);
  await topUp(till.page, meiLing, '50', '10');
  await untilRows(till.page, 1, 'Done');
  store.addFault({ fault: signInPage.fault });
  await find(till.page, '4711');
  await untilStrip(till.page, `Paused · ${words('pauses.portal.short')}`);
  await topUp(till.page, limWei, '20.50');
  await untilRows(till.page, 1, 'Waiting');
  return till;
}

/** The last line of JSON that a process printed; where there is none, whatever else it said of itself. */
function answer({ code, stdout, stderr }: ProcessEnd): unknown {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Error(`ended with ${code} and no answer: ${stdout}\n${stderr}`);
  }
}

it('verifies and exports beside a running till and after it, without a window', async () => {
  const { folder, kill } = await twoEntries();
  const well = {
    mode: 'live',
    ok: true,
    entries: 2,
    states: expect.objectContaining({ confirmed: 1, queued: 1, unknown: 0 }),
    signatures: { valid: 2, invalid: 0, otherKey: 0 },
    problems: [],
  };
  const beside = await runApp(folder, ['--verify']);
  expect(answer(beside)).toMatchObject(well);
  expect(beside.code).toBe(0);
  expect(beside.stderr).not.toContain('Not in a thread of its own');
  await kill();

  const csv = join(folder, 'all.csv');
  const asCsv = await runApp(folder, [`--export=${csv}`]);
  expect([asCsv.code, answer(asCsv)]).toEqual([0, { exported: 2, file: csv }]);
  const [header = '', ...lines] = readFileSync(csv, 'utf8').replace('\ufeff', '').trim().split('\r\n');
  expect(lines).toHaveLength(2);
  const cells = lines.map((line) =>
    Object.fromEntries(header.split(',').map((name, at) => [name, line.split(',')[at]])),
  );
  expect(cells).toEqual([
    expect.objectContaining({
      state: 'confirmed',
      customerUid: meiLing.customerUid,
      customerName: 'Tan Mei Ling',
      pointIncrement: '10',
    }),
    expect.objectContaining({
      state: 'queued',
      customerUid: limWei.customerUid,
      customerName: 'Lim Wei',
      pointIncrement: '0',
    }),
  ]);

  const jsonl = join(folder, 'all.jsonl');
  const asLines = await runApp(folder, [`--export=${jsonl}`]);
  expect([asLines.code, answer(asLines)]).toEqual([0, { exported: 2, file: jsonl }]);
  const objects = readFileSync(jsonl, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.map(({ balanceIncrement }) => balanceIncrement)).toEqual(['50', '20.5']);
  expect(objects.map(({ customerUid }) => customerUid)).toEqual([meiLing.customerUid, limWei.customerUid]);

  const wrong = await runApp(folder, [`--export=${join(folder, 'all.xlsx')}`]);
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('.csv')]);
  const nowhere = await runApp(folder, [`--export=${join(folder, 'no', 'such', 'folder.csv')}`]);
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('ENOENT')]);
});

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

it('quarantines an entry with a tampered signature instead of sending it', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await takeMember(first.page, limWei);
  await takeMember(first.page, meiLing);
  await store.setPlug(false);
  await topUp(first.page, limWei, '20');
  await topUp(first.page, meiLing, '30');
  await untilRows(first.page, 2, 'Waiting');
  await first.kill();
  forgeSignature(join(first.folder, 'live', 'counterfoil.db'), 1);
  await store.setPlug(true);
  const { page } = await openApp({ folder: first.folder });
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await untilRows(page, 1, 'Lim Wei', words('states.review'));
  expect(store.increments().map(({ customerUid }) => customerUid)).toEqual([meiLing.customerUid]);
});

it('answers for a folder that holds no till, and for one that cannot be read', async () => {
  const empty = await runApp(testFolder(), ['--verify']);
  expect([empty.code, answer(empty)]).toMatchObject([0, { ok: true, entries: 0 }]);
  const unsent = await runApp(testFolder(), ['--unsent']);
  expect([unsent.code, answer(unsent)]).toMatchObject([0, { unsent: 0 }]);
  const nothing = await runApp(testFolder(), [`--export=${join(testFolder(), 'all.csv')}`]);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('nothing to export')]);
});
