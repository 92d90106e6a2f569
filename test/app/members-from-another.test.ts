import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import { amount, type ChannelName, type ChannelReply, type Result } from '../../preload/contract/index.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { itOnPosix } from '../kit/posix.ts';
import { temporaryFolder } from '../kit/till.ts';

/** A stick that goes from till to till: where one saves, and what another picks. */
const outsideOf = (file: () => string) => ({
  exports: { place: { pick: async () => file() }, recordsWorker: '' },
  membersPicker: { pickMany: async () => [file()] },
});

async function ask<N extends ChannelName>(
  { till }: Driven,
  name: N,
  args: unknown = {},
): Promise<Result<ChannelReply<N>>> {
  const answer = await handlerIn(till.session.rooms, name)?.(args as never, theManager);
  if (answer === undefined) throw new Error(`nothing answers ${name}`);
  return answer;
}

const refusal = <T>(result: Result<T>) =>
  result.ok ? result.value : [result.error.code, result.error.details?.['reason']].filter(Boolean).join(' ');

/** Two tills of one account, of which the first has its directory from KYBIO. */
async function openTwo() {
  const folder = temporaryFolder();
  const stick = { file: join(folder, 'members.cfmembers') };
  const outside = outsideOf(() => stick.file);
  const first = await openDrivenTill({}, { outside });
  first.till.session.start();
  const whole = () => first.till.session.members.directoryFill.state().complete;
  await first.drive(whole);
  const second = await first.fresh({
    outside,
    config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 },
  });
  return { first, second, stick, folder };
}

const methodsOf = ({ store }: Driven, from: number) =>
  store
    .calls()
    .slice(from)
    .map(({ method }) => method);

describe('a till that takes its members from another’s file', () => {
  it('makes no call of its own for them, names a scanned card at once, and has the sums after one call', async () => {
    const { first, second } = await openTwo();
    expect(refusal(await ask(first, 'members:saveFile'))).toMatchObject({ saved: { members: 230 } });
    const wholeAtMs = first.till.session.members.directoryFill.state().updatedAtMs;
    const before = second.store.calls().length;
    expect(refusal(await ask(second, 'members:takeFile'))).toEqual({
      taken: { members: 230, added: 230, wholeAtMs },
    });
    const { session } = second.till;
    session.start();
    await second.pass(3_600_000);
    expect(session.members.directoryFill.state()).toEqual({ complete: true, updatedAtMs: wholeAtMs });
    expect(methodsOf(second, before).filter((method) => method === 'queryCustomerPages')).toEqual([]);
    const { customerUid, number, name } = meiLing;
    const card = await ask(second, 'members:card', { customerUid });
    expect(refusal(card)).toMatchObject({ name, number, balance: null, point: null, source: 'till' });
    const asked = second.store.calls().length;
    const found = await ask(second, 'members:find', { query: number });
    expect(refusal(found)).toMatchObject({ members: [{ name, balance: meiLing.balance, source: 'kybio' }] });
    expect(second.store.calls().length - asked).toBe(1);
    expect(session.members.directory.baseline(customerUid)).toMatchObject({ balance: meiLing.balance });
  });

  it('credits a member whose balance nobody has read, without a network and after it, once', async () => {
    const { first, second } = await openTwo();
    await ask(first, 'members:saveFile');
    await ask(second, 'members:takeFile');
    const { session } = second.till;
    session.start();
    await second.settle();
    await second.store.setPlug(false);
    session.networkChanged(false);
    const { customerUid, number, name } = limWei;
    const found = await ask(second, 'members:find', { query: number });
    expect(refusal(found)).toMatchObject({ members: [{ name, balance: null, source: 'till' }] });
    const { reference } = second.till.topUp(customerUid, '5');
    await second.store.setPlug(true);
    session.networkChanged(true);
    const stateOf = () => second.till.entries().find((entry) => entry.reference === reference)?.state;
    await second.drive(() => stateOf() === 'confirmed');
    expect(session.members.directory.byUid(customerUid)?.balance).not.toBeNull();
    expect(second.store.increments()).toHaveLength(1);
  });

  it('keeps what it has read later itself, its own sums of before, and one owner for each card', async () => {
    const { first, second } = await openTwo();
    await ask(first, 'members:saveFile');
    const {
      members: { directory },
    } = second.till.session;
    const nowMs = second.clock.nowMs();
    const own = { categoryName: '', phone: '', enable: 1, expiryDate: null, point: amount('1') };
    const later = {
      ...own,
      customerUid: meiLing.customerUid,
      number: 'NEW',
      name: 'Newer',
      balance: amount('7'),
    };
    directory.keep(later, nowMs, true);
    const earlier = {
      ...own,
      customerUid: limWei.customerUid,
      number: 'OLD',
      name: 'Older',
      balance: amount('8'),
    };
    directory.keep(earlier, 1, true);
    // Somebody whom only this till knows: the card was theirs, and is Mei Ling's by nobody's newer word.
    directory.keep({ ...later, customerUid: '9', number: meiLing.number, name: 'Before' }, 2, true);
    expect(refusal(await ask(second, 'members:takeFile'))).toMatchObject({
      taken: { members: 230, added: 228 },
    });
    expect(directory.byUid(meiLing.customerUid)).toMatchObject({
      name: 'Newer',
      number: 'NEW',
      balance: '7',
    });
    expect(directory.byUid(limWei.customerUid)).toMatchObject({
      ...{ name: limWei.name, number: limWei.number, balance: '8', asOfMs: 1 },
    });
    expect(directory.baseline(limWei.customerUid)).toMatchObject({ balance: '8', atMs: 1 });
    expect(directory.byNumber(meiLing.number)).toMatchObject([{ customerUid: '9' }]);
    await second.till.close();
    const again = await second.restart();
    expect(again.till.session.members.directory.byUid(limWei.customerUid)?.name).toBe(limWei.name);
    expect(again.till.session.kernel.seals.altered()).toEqual([]);
  });

  it('journals both as the act of whoever did it, without a name', async () => {
    const { first, second } = await openTwo();
    await ask(first, 'members:saveFile');
    await ask(second, 'members:takeFile');
    const noted = ({ till }: Driven, reason: string) => till.session.ledger.journal?.noted(reason);
    expect(noted(first, 'exported')).toEqual({ entries: 230, of: 'members', approvedBy: null });
    const { madeAtMs, wholeAtMs } = { madeAtMs: expect.any(Number), wholeAtMs: expect.any(Number) };
    const content = { members: 230, madeAtMs, wholeAtMs, approvedBy: null };
    expect(noted(second, 'members taken')).toEqual(content);
  });
});

describe('a file that is not to be taken', () => {
  it('is another account’s, altered, cut, older, foreign or a link, and nothing of it is kept', async () => {
    const { first, second, stick, folder } = await openTwo();
    await ask(first, 'members:saveFile');
    const whole = readFileSync(stick.file);
    const other = await openDrivenTill({}, { outside: outsideOf(() => stick.file) });
    const put = (name: string, bytes: Buffer | string) => {
      stick.file = join(folder, name);
      writeFileSync(stick.file, bytes);
    };
    const taken = async (by = second) => refusal(await ask(by, 'members:takeFile'));
    expect(await taken(other)).toBe('members-file-refused other-account');
    const altered = Buffer.from(whole);
    altered[whole.length - 3] = (altered[whole.length - 3] ?? 0) ^ 1;
    put('altered', altered);
    expect(await taken()).toBe('members-file-refused altered');
    put('cut', whole.subarray(0, whole.length - 30));
    expect(await taken()).toBe('members-file-refused cut-off');
    put('empty', '');
    expect(await taken()).toBe('members-file-refused foreign');
    put('text', 'a list of members');
    expect(await taken()).toBe('members-file-refused foreign');
    put('whole', whole);
    const linked = join(folder, 'linked');
    symlinkSync(stick.file, linked);
    stick.file = linked;
    expect(await taken()).toBe('members-file-refused unreadable');
    stick.file = folder;
    expect(await taken()).toBe('members-file-refused unreadable');
    expect(second.till.session.members.directory.count()).toBe(0);
    stick.file = join(folder, 'whole');
    second.till.session.members.directoryFill.filledElsewhere(second.clock.nowMs() + 1, 230);
    expect(await taken()).toBe('members-file-refused older');
    expect(second.till.session.members.directory.count()).toBe(0);
  });
});

describe('where a file of members is saved', () => {
  itOnPosix('is written over where it is one, and never anything else, nor through a link', async () => {
    const { first, stick, folder } = await openTwo();
    const saved = async () => refusal(await ask(first, 'members:saveFile'));
    expect(await saved()).toMatchObject({ saved: { members: 230 } });
    expect(await saved()).toMatchObject({ saved: { members: 230 } });
    const kept = readFileSync(stick.file);
    const [symbolic, hard, theirs] = ['symbolic', 'hard', 'theirs'].map((name) => join(folder, name));
    symlinkSync(stick.file, symbolic ?? '');
    linkSync(stick.file, hard ?? '');
    writeFileSync(theirs ?? '', 'a letter');
    for (const place of [symbolic, hard, theirs, folder]) {
      stick.file = place ?? '';
      expect(await saved()).toBe('members-file-target');
    }
    expect(readFileSync(hard ?? '')).toEqual(kept);
    expect(readFileSync(theirs ?? '', 'utf8')).toBe('a letter');
  });

  it('is nowhere while the till keeps nobody', async () => {
    const { second } = await openTwo();
    expect(refusal(await ask(second, 'members:saveFile'))).toBe('members-none');
  });
});
