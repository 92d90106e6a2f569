import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLog } from '../../main/app/support/diagnose.ts';
import { diagnosticsText, MOST_BYTES } from '../../main/app/support/diagnostics.ts';
import { gatherFacts } from '../../main/app/support/gather-facts.ts';
import { createSupportRoom } from '../../main/app/support/support-room.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { FileSaver } from '../../main/kernel/ports.ts';
import { amount, appError, err, ok } from '../../preload/contract/index.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';
import { about, testHost } from '../kit/support.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

const line = (level: number, msg: string) => JSON.stringify({ level, time: 1, msg });

it('tells the facts, then warnings and errors apart, then the log', () => {
  const log = [line(30, 'opened'), line(40, 'slow'), 'no JSON', line(50, 'broken')];
  const text = diagnosticsText({
    facts: { version: '1.2.3', deep: { list: [1, null, true] } },
    log,
    hidden: [],
  });
  const [facts = '', errors = '', rest = ''] = text.split(/\n== .*\n/);
  expect(JSON.parse(facts)).toEqual({ version: '1.2.3', deep: { list: [1, null, true] } });
  expect(errors.trim().split('\n')).toEqual([log[1], log[3]]);
  expect(rest.trim().split('\n')).toEqual(log);
});

it('stays within its bound and keeps what is newest, however much there is', () => {
  const log = Array.from({ length: 20_000 }, (_, at) =>
    line(at % 2 === 0 ? 50 : 30, `line ${at} ${'é'.repeat(99)}`),
  );
  const facts = { much: 'y'.repeat(2 * MOST_BYTES) };
  const text = diagnosticsText({ facts, log, hidden: [] });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  expect(text).toContain('line 19999 ');
  expect(text).not.toContain('line 0 ');
});

it('tells that a backup was put back, and no member of whom an entry was lost', async () => {
  const program = openProgram();
  await program.till.start();
  const lost = {
    ...{
      id: 'a',
      atMs: 1,
      customerUid: '7',
      memberName: meiLing.name,
      memberNumber: meiLing.number.slice(-4),
    },
    ...{ balance: amount('20'), point: amount('0'), state: 'queued' as const },
  };
  const restored = {
    backupAtMs: 1,
    restoredAtMs: 2,
    lostRows: 7,
    lostUntilMs: 3,
    setAside: null,
    isMoved: false,
  };
  const { shown } = await gatherFacts({
    ...{ folder: temporaryFolder(), clock: realClock, host: testHost, place: null, verification: null },
    shown: { ...program.till.snapshot(), restored: { ...restored, entries: [lost, lost] } },
  });
  expect(shown).toMatchObject({ restored: { ...restored, entries: 2 } });
  expect(JSON.stringify(shown)).not.toContain(meiLing.name);
});

it('reads the end of the log over its turned files, oldest line first', async () => {
  const folder = temporaryFolder();
  expect(await readLog(join(folder, 'none'))).toEqual([]);
  const files = {
    'till.10.log': 'a\n',
    'till.2.log': 'b\n',
    'till.1.log': 'c\n',
    'till.log': 'd\ne\n',
    'x.log': 'x\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  expect(await readLog(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
  const long = temporaryFolder();
  writeFileSync(join(long, 'till.log'), `${'x'.repeat(99)}\n`.repeat(100_000));
  const read = await readLog(long);
  expect(read.length).toBeGreaterThan(40_000);
  expect(new Set(read)).toEqual(new Set(['x'.repeat(99)]));
  mkdirSync(join(long, 'till.1.log'));
  expect((await readLog(long)).length).toBe(read.length);
});

it('saves the very text that was read, and only that', async () => {
  const saved: Parameters<FileSaver['save']>[0][] = [];
  const texts = ['text 1', 'text 2'];
  let problem = false;
  const room = createSupportRoom({
    ...{ clock: realClock, random: realRandom, logger: silentLogger },
    diagnose: async () => texts.shift() ?? '',
    about: async () => ({ ...about, dataFolder: '/data', licences: null }),
    saver: {
      save: async (file) => {
        saved.push(file);
        return problem ? err(appError('file-not-saved', { system: 'EACCES' })) : ok('/somewhere/report.txt');
      },
    },
  });
  const [diagnostics, save] = [
    room.handlers?.['support:diagnostics'],
    room.handlers?.['support:saveDiagnostics'],
  ];
  const who = { role: 'till', person: '' } as const;
  expect(await save?.({ id: 'none' }, who)).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
  const first = await diagnostics?.({}, who);
  const second = await diagnostics?.({}, who);
  if (!first?.ok || !second?.ok) throw new Error('not gathered');
  expect(await save?.({ id: first.value.id }, who)).toMatchObject({ ok: false });
  expect(await save?.({ id: second.value.id }, who)).toEqual(ok({ file: '/somewhere/report.txt' }));
  expect(saved).toEqual([
    { name: expect.stringMatching(/^counterfoil-\d{4}-\d\d-\d\d\.txt$/), text: 'text 2' },
  ]);
  problem = true;
  expect(await save?.({ id: second.value.id }, who)).toMatchObject({
    ok: false,
    error: { code: 'file-not-saved', details: { system: 'EACCES' } },
  });
});
