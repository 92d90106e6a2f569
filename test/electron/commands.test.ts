import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { statusReportSchema } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, runApp } from '../support/electron-app.ts';
import { answer, twoEntries } from '../support/electron-commands.ts';
import { takeMember, topUp, untilRows, words } from '../support/electron-till.ts';
import { forgeSignature } from '../support/forge.ts';

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
  const state = await runApp(folder, ['--status']);
  expect(statusReportSchema.parse(answer(state))).toMatchObject({
    result: 'look',
    // Made two minutes after the first start.
    reasons: ['backups-old'],
    entries: { waiting: 1, checking: 0, needsReview: 0, refusedUnseen: 0 },
  });
  expect(state.code).toBe(2);
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
