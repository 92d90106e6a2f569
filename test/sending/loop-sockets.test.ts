import { describe, expect, it } from 'vitest';
import { chenJia, limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import type { FaultRule } from '../../main/hosts/practice/types.ts';
import { atTheTill } from '../kit/actors.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill } from '../kit/till.ts';
import { forge } from '../support/forge.ts';

const method = 'updateBalancePointByIncrement';
const members = [meiLing, limWei, nurAisyah, rajanPillai, chenJia];
const hang = (when: 'before' | 'after', times?: number): FaultRule => ({
  fault: { kind: 'hang', when },
  method,
  ...(times === undefined ? {} : { times }),
});

async function onlineTill(change: Parameters<typeof openTestTill>[1] = {}) {
  const store = await startPracticeStore();
  const till = await openTestTill(store, change);
  for (const member of members) await till.session.members.lookUp.find(member.number);
  return { store, till };
}

describe('against a store that never answers', () => {
  it('one entry is on its way, the oldest, and all others wait', async () => {
    const { store, till } = await onlineTill();
    till.session.start();
    const first = till.topUp(meiLing.customerUid, '3');
    await till.untilState(first.reference, 'confirmed');
    store.addFault(hang('before'));
    const before = store.calls().length;
    const sends = () =>
      store
        .calls()
        .slice(before)
        .filter((call) => call.method === method);
    for (const { customerUid } of members) {
      till.topUp(customerUid, '1');
      till.topUp(customerUid, '2');
    }
    await store.waitForCall(() => sends().length >= 1);
    for (const { number } of members) await till.session.members.lookUp.find(number);
    expect(sends()).toHaveLength(1);
    expect(sends()[0]?.body).toContain('"balanceIncrement":1,');
    expect(till.session.ledger.outbox.counts()).toMatchObject({ sending: 1, queued: 9 });
  });

  it('each increment goes on a connection of its own', async () => {
    const { store, till } = await onlineTill();
    till.session.start();
    const saved = members.map(({ customerUid }) => till.topUp(customerUid, '1'));
    for (const { reference } of saved) await till.untilState(reference, 'confirmed');
    const sent = store.calls().filter((call) => call.method === method);
    expect(sent).toHaveLength(members.length);
    const others = store.calls().filter((call) => call.method !== method);
    const used = [...sent, ...others].map(({ connection }) => connection);
    expect(new Set(used).size).toBe(used.length);
  });

  it('stop gives up after its grace, and the next start does not send again what was sent', async () => {
    const { store, till } = await onlineTill();
    store.addFault(hang('after', 1));
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    await store.waitForCall((call) => call.method === method);
    await till.close();
    const after = await openTestTill(store, { folder: till.folder });
    after.session.start();
    expect(await after.untilState(saved.reference, 'unknown')).toMatchObject({ cause: 'aborted' });
    await after.until(({ session }) => session.hosts.link.state.pauses.length === 0);
    const other = after.topUp(limWei.customerUid, '5');
    await after.untilState(other.reference, 'confirmed');
    expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['10', '5']);
  });
});

describe('what stops the queue', () => {
  it('an overloaded host is asked again only after the wait it asked for', async () => {
    const { store, till } = await onlineTill();
    const headers = { 'retry-after': '120' };
    store.addFault({
      fault: { kind: 'status', status: 429, body: '', headers, when: 'before' },
      method,
      times: 1,
    });
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    await till.until(({ session }) => session.ledger.outbox.byId(saved.id)?.touched === true);
    const { ledger, hosts, kernel } = till.session;
    expect(ledger.outbox.byId(saved.id)).toMatchObject({ state: 'unknown', attempts: 1 });
    const leftMs = hosts.link.state.backoff.untilMonotonicMs - kernel.clock.monotonicMs();
    expect(leftMs).toBeGreaterThan(110_000);
    expect(till.session.counter.topUps.cancel(saved.id, atTheTill)).toMatchObject({
      ok: false,
      error: { code: 'entry-touched' },
    });
  });

  it('a portal pauses the queue, fails nothing, and ends with the first real answer', async () => {
    const { store, till, drive } = await openDrivenTill();
    for (const member of members) await till.session.members.lookUp.find(member.number);
    store.addFault({ fault: { kind: 'portal' }, times: 2 });
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    await drive(() => till.session.hosts.link.state.pauses.some(({ reason }) => reason === 'portal'));
    // A page under 200 may come after the work was done: nobody can tell.
    await drive(() => till.session.ledger.outbox.byId(saved.id)?.state === 'unknown');
    await drive(() => till.session.hosts.link.state.pauses.length === 0);
    const next = till.topUp(limWei.customerUid, '20');
    await drive(() => till.session.ledger.outbox.byId(next.id)?.state === 'confirmed');
  });

  it('an answer about another member holds its own, and the others go on', async () => {
    const { store, till, drive } = await openDrivenTill();
    for (const member of members) await till.session.members.lookUp.find(member.number);
    store.addFault({ fault: { kind: 'other-member' }, method, times: 1 });
    till.session.start();
    const strange = till.topUp(meiLing.customerUid, '10');
    const stateOf = ({ id }: { readonly id: string }) => till.session.ledger.outbox.byId(id)?.state;
    await drive(() => stateOf(strange) === 'unknown');
    const next = till.topUp(limWei.customerUid, '20');
    await drive(() => stateOf(next) === 'confirmed');
    expect(till.session.hosts.link.state.pauses).toEqual([]);
    expect(stateOf(strange)).not.toBe('confirmed');
  });

  it('two members’ answers in a row that contradict themselves pause everything until a manager looks', async () => {
    const { store, till } = await onlineTill();
    store.addFault({ fault: { kind: 'other-member' }, method, times: 2 });
    till.session.start();
    till.session.hosts.link.update((state) => ({ ...state, contradictedUid: nurAisyah.customerUid }));
    const strange = till.topUp(meiLing.customerUid, '10');
    expect(await till.untilState(strange.reference, 'unknown')).toMatchObject({ cause: 'other-member' });
    const waiting = till.topUp(limWei.customerUid, '20');
    await till.until(({ session }) =>
      session.hosts.link.state.pauses.every(({ needsManager }) => needsManager),
    );
    expect(till.session.hosts.link.state.pauses.map(({ reason }) => reason)).toEqual(['contradiction']);
    expect(till.entries().find(({ reference }) => reference === waiting.reference)?.state).toBe('queued');
    expect(store.calls().filter((call) => call.method === method)).toHaveLength(1);
  });

  it('a spent quota fails nothing, is asked nothing, and lasts over a restart', async () => {
    const { store, till } = await onlineTill();
    store.setProfile({ dailyCalls: store.calls().length });
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    await till.until(({ session }) =>
      session.hosts.link.state.pauses.some(({ reason }) => reason === 'quota'),
    );
    await till.untilState(saved.reference, 'queued');
    const calls = store.calls().length;
    await till.close();
    store.setProfile({ dailyCalls: null });
    const after = await openTestTill(store, { folder: till.folder });
    after.session.start();
    after.session.sending.loop.hurry();
    expect(after.session.hosts.link.state.pauses.map(({ reason }) => reason)).toEqual(['quota']);
    expect(after.entries()).toMatchObject([{ reference: saved.reference, state: 'queued' }]);
    expect(store.calls()).toHaveLength(calls);
  });

  it('an entry whose signature was tampered with is not sent, and the next one is', async () => {
    const { store, till } = await onlineTill();
    await store.setPlug(false);
    const bad = till.topUp(meiLing.customerUid, '10');
    const [{ id = '' } = {}] = till.session.ledger.outbox.open();
    const { signature = '' } = till.session.ledger.outbox.signedBody(id) ?? {};
    await till.close();
    forge(
      `${till.folder}/live/counterfoil.db`,
      `UPDATE journal SET content = replace(content, '${signature}', 'FORGED')`,
    );
    await store.setPlug(true);
    const after = await openTestTill(store, { folder: till.folder });
    after.session.start();
    expect(await after.untilState(bad.reference, 'review')).toMatchObject({ cause: 'not-vouched-for' });
    const good = after.topUp(meiLing.customerUid, '20');
    await after.untilState(good.reference, 'confirmed');
    expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['20']);
  });
});
