import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configureLive } from '../../../main/app/live-account.ts';
import { gohLiTing, limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { handDrillOver, handedDrill } from '../../../main/safety/drill/drill-file.ts';
import { amount } from '../../../preload/contract/index.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openProgram, topUp } from '../../kit/program.ts';
import { configFor, temporaryFolder } from '../../kit/till.ts';
import { openPractice, type Practice } from './support.ts';

const known = [meiLing, limWei, gohLiTing];

/** As somebody has it who works there: the members are kept for work without a network. */
async function begun(folder?: string): Promise<Practice> {
  const practice = await openPractice(folder);
  for (const { number } of known) await practice.must('members:find', { query: number });
  practice.begin();
  return practice;
}

/** The plug out, two top-ups, the plug in: the reply to the second is lost. */
async function lost(folder?: string): Promise<Practice> {
  const practice = await begun(folder);
  await practice.plug(false);
  await practice.enter(meiLing, '10');
  await practice.enter(limWei, '20');
  await practice.plug(true);
  await practice.until(
    () => practice.drill()?.lostId !== null && practice.session.ledger.outbox.counts().unknown === 1,
  );
  return practice;
}

const reviewed = async (practice: Practice, answer: 'arrived' | 'send' | 'drop') => {
  await practice.until(() => practice.step() === 'review');
  const [one] = (await practice.must('review:list', {})).cases;
  if (one === undefined) throw new Error('nothing to review');
  const { id } = one.entry;
  const read = await practice.must('review:read', { id });
  const named = { readingId: read.reading?.readingId, isMeant: true };
  await practice.must('review:answer', { id, version: one.version, answer, ...named });
  await practice.until(() => practice.step() === 'end');
};

describe('an outage drill', () => {
  it('is passed by whoever does what it says, and every cent of it is in the ledger once', async () => {
    const practice = await begun();
    const steps = [practice.step()];
    const then = async (act: Promise<unknown>) => {
      await act;
      steps.push(practice.step());
    };
    await then(practice.plug(false));
    await then(practice.enter(meiLing, '10'));
    await then(practice.enter(limWei, '20.50'));
    expect(practice.applied(meiLing)).toEqual([]);
    await then(practice.plug(true));
    expect(steps).toEqual(['unplug', 'first', 'second', 'plug', 'checking']);
    await practice.until(() => practice.session.ledger.outbox.counts().unknown === 1);
    const lostId = practice.drill()?.lostId ?? '';
    expect(practice.session.ledger.outbox.byId(lostId)).toMatchObject({
      state: 'unknown',
      customerUid: limWei.customerUid,
    });
    expect([practice.applied(meiLing), practice.applied(limWei)]).toEqual([['10'], ['20.5']]);
    await reviewed(practice, 'arrived');
    expect(practice.drill()?.result).toMatchObject({
      ...{ passed: true, gaveUpAt: null, faults: [], who: 'Counter 1', done: '30.5', credited: '30.5' },
      rows: [
        { memberName: meiLing.name, state: 'confirmed', credited: 1, fits: true },
        { memberName: limWei.name, state: 'confirmed', credited: 1, fits: true },
      ],
    });
    expect(practice.drill()?.result?.tookMs).toBeGreaterThanOrEqual(150_000);
    expect(practice.session.ledger.journal?.noted('outage drill')).toMatchObject({
      passed: true,
      who: 'Counter 1',
    });
    await practice.must('drill:leave', {});
    expect(practice.drill()).toBeNull();
  });

  it('is not passed where a manager sends what had arrived: the ledger has it twice', async () => {
    const practice = await lost();
    await reviewed(practice, 'send');
    expect(practice.applied(limWei)).toEqual(['20', '20']);
    expect(practice.drill()?.result).toMatchObject({
      ...{ passed: false, gaveUpAt: null, faults: ['doubled'], done: '30', credited: '50' },
    });
  });

  it('is not passed where it is dropped, nor where it is entered again meanwhile', async () => {
    const dropped = await lost();
    await reviewed(dropped, 'drop');
    expect(dropped.drill()?.result).toMatchObject({ passed: false, faults: ['doubled'], done: '10' });
    const again = await lost();
    await again.enter(limWei, '20', true);
    await reviewed(again, 'arrived');
    expect(again.drill()?.result).toMatchObject({
      passed: false,
      faults: ['again'],
      done: '50',
      credited: '50',
    });
  });

  it('loses no reply but that one, and none where no drill is on', async () => {
    const practice = await lost();
    await practice.enter(gohLiTing, '5');
    await practice.until(() => practice.session.ledger.outbox.counts().confirmed === 2);
    expect(practice.session.ledger.outbox.counts().unknown).toBe(1);
    await practice.must('drill:leave', {});
    practice.begin();
    await practice.must('drill:leave', {});
    await practice.plug(false);
    for (const member of [meiLing, gohLiTing]) await practice.enter(member, '7');
    await practice.plug(true);
    await practice.until(() => practice.session.ledger.outbox.counts().confirmed === 4);
    expect(practice.session.ledger.outbox.counts().unknown).toBe(1);
  });

  it('leads back whoever puts the plug in too early', async () => {
    const practice = await begun();
    await practice.plug(false);
    await practice.enter(meiLing, '10');
    await practice.plug(true);
    await practice.until(() => practice.session.ledger.outbox.counts().confirmed === 1);
    expect(practice.drill()).toMatchObject({ step: 'unplug', hint: 'early', lostId: null });
    await practice.plug(false);
    expect(practice.drill()).toMatchObject({ step: 'first', hint: null });
  });

  it('goes on where it was after the program was closed, whatever the step', async () => {
    const practice = await begun();
    await practice.plug(false);
    for (const member of [meiLing, limWei]) await practice.enter(member, '10');
    await practice.close();
    // A program that starts has its plug in: what waited goes out, and the second loses its reply.
    const again = await openPractice(practice.folder, practice.clock);
    await again.until(() => again.session.ledger.outbox.counts().unknown === 1);
    expect(again.drill()).toMatchObject({ step: 'checking', hint: null });
    expect(again.applied(limWei)).toEqual(['10']);
    await again.close();
    const third = await openPractice(practice.folder, practice.clock);
    await reviewed(third, 'arrived');
    expect(third.drill()?.result).toMatchObject({ passed: true });
  });

  it('is noted as given up at its step, and nothing is held against what is not decided', async () => {
    const practice = await lost();
    await practice.must('drill:leave', {});
    // There is no live till to tell of it.
    expect(practice.drill()).toBeNull();
    expect(practice.session.ledger.journal?.noted('outage drill')).toMatchObject({
      ...{ passed: false, gaveUpAt: 'checking', faults: [], done: '10', credited: '30' },
    });
    expect(await practice.ask('drill:report', {})).toMatchObject({ error: { code: 'invalid-request' } });
  });

  it('begins anew over one that is on, which is noted as given up', async () => {
    const practice = await begun();
    await practice.plug(false);
    await practice.enter(meiLing, '10');
    practice.begin();
    expect(practice.drill()).toMatchObject({ step: 'first' });
    expect(practice.session.ledger.journal?.noted('outage drill')).toMatchObject({ gaveUpAt: 'second' });
  });
});

async function atLive() {
  const folder = temporaryFolder();
  const store = await startPracticeStore();
  const journalKey = Buffer.alloc(32, 9);
  expect(configureLive(folder, configFor(store, { tillName: 'Front' }), journalKey)).toBeNull();
  const program = openProgram({ folder });
  await program.vault.save(store.appKey);
  await program.till.start();
  await program.until(({ mode }) => mode === 'live');
  return { folder, store, program };
}

describe('a drill that is begun at the live till', () => {
  it('goes to the practice store and back, and touches nothing of the live till', async () => {
    const { folder, store, program } = await atLive();
    await program.must('members:find', { query: meiLing.number });
    await store.setPlug(false);
    await program.must('topUps:create', topUp(meiLing));
    await program.until(({ counts }) => counts.queued === 1);
    await program.must('drill:start', {});
    const { drill } = await program.until((now) => now.mode === 'practice' && now.drill !== null);
    expect(drill).toMatchObject({ step: 'unplug', isFromLive: true, canReport: true });
    await store.setPlug(true);
    await program.must('practice:setPlug', { in: false });
    expect(store.increments()).toEqual([]);
    await program.must('drill:leave', {});
    await program.until((now) => now.drill?.result?.gaveUpAt === 'first');
    expect(program.till.snapshot().drill?.result?.who).toBe('Front');
    await program.must('drill:report', {});
    await program.must('setup:leavePractice', {});
    await program.until(({ mode, counts }) => mode === 'live' && counts.confirmed === 1);
    expect(store.increments()).toHaveLength(1);
    expect(handedDrill(folder)).toMatchObject({ who: 'Front', passed: false });
  });

  it('tells no report where nobody wants it', async () => {
    const { folder, program } = await atLive();
    await program.must('drill:start', {});
    await program.must('drill:leave', {});
    await program.must('drill:leave', {});
    expect(program.till.snapshot().drill).toBeNull();
    expect(existsSync(join(folder, 'drill.json'))).toBe(false);
    expect(await program.call('drill:report', {})).toMatchObject({ error: { code: 'invalid-request' } });
  });

  it('says so where it cannot be written, and can be told once there is room', async () => {
    const { folder, program } = await atLive();
    await program.must('drill:start', {});
    await program.must('drill:leave', {});
    mkdirSync(join(folder, 'drill.json'));
    expect(await program.call('drill:report', {})).toMatchObject({ error: { code: 'drill-not-kept' } });
    rmSync(join(folder, 'drill.json'), { recursive: true });
    await program.must('drill:report', {});
    expect(handedDrill(folder)).toMatchObject({ version: 1, passed: false });
  });
});

describe('the day report of the live till', () => {
  const drill = { version: 1, id: 'one', atMs: 1_764_230_000_000, who: 'Mei', passed: true } as const;
  const told = { atMs: drill.atMs, who: 'Mei', passed: true };
  const open = { float: amount('0'), drawer: 'elsewhere' } as const;
  const closeNow = async (program: Awaited<ReturnType<typeof atLive>>['program']) =>
    (await program.must('shifts:close', { reason: null })).number;

  it('tells of a drill that was handed over, whenever the next shift opens, and once', async () => {
    const { folder, program } = await atLive();
    await handDrillOver(folder, drill, 'x');
    // No shift is open yet: it waits for one.
    await program.must('shifts:open', open);
    await expect.poll(() => handedDrill(folder)).toBeNull();
    const first = await closeNow(program);
    await program.must('shifts:open', open);
    const second = await closeNow(program);
    const drillOf = async (number: number) => (await program.must('shifts:report', { number })).report.drill;
    expect([await drillOf(first), await drillOf(second)]).toEqual([told, null]);
  });

  it('takes it into the shift that is open as the till opens, and none twice whose file stays', async () => {
    const { folder, program } = await atLive();
    await program.must('shifts:open', open);
    await program.must('drill:start', {});
    await program.must('drill:leave', {});
    await program.must('drill:report', {});
    const handed = readFileSync(join(folder, 'drill.json'));
    await program.must('setup:leavePractice', {});
    await program.until(({ mode }) => mode === 'live');
    expect(existsSync(join(folder, 'drill.json'))).toBe(false);
    const first = await closeNow(program);
    expect((await program.must('shifts:report', { number: first })).report.drill).toMatchObject({
      ...{ who: 'Front', passed: false },
    });
    writeFileSync(join(folder, 'drill.json'), handed);
    await program.must('shifts:open', open);
    await expect.poll(() => existsSync(join(folder, 'drill.json'))).toBe(false);
    const second = await closeNow(program);
    expect((await program.must('shifts:report', { number: second })).report.drill).toBeNull();
  });
});

it('reads nothing out of a handed file that is not one', () => {
  const folder = temporaryFolder();
  expect(handedDrill(folder)).toBeNull();
  for (const text of [
    '',
    '{',
    '[]',
    '{"version":2}',
    '{"version":1,"id":"x","atMs":-1,"who":"","passed":true}',
  ]) {
    writeFileSync(join(folder, 'drill.json'), text);
    expect(handedDrill(folder)).toBeNull();
  }
});
