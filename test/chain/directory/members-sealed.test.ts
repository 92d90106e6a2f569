import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import type { Timeouts } from '../../../main/kernel/timeouts.ts';
import { type Driven, openDrivenTill } from '../../kit/driven-till.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { testOwner } from '../../kit/shop.ts';
import { temporaryFolder } from '../../kit/till.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MEMBERS = 230;
/** More than there are between two steps of one work. */
const TICKS = 12;

const second = { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 };

const shownOf = ({ till }: Driven) =>
  till.session.rooms.find(({ name }) => name === 'chain')?.shows?.chain?.()?.directory;
const lastOf = (driven: Driven) => shownOf(driven)?.last ?? null;
const problemOf = (driven: Driven) => {
  const { code = '', details } = shownOf(driven)?.problem ?? {};
  return [code, details?.['reason'] ?? details?.['system']].filter(Boolean).join(' ');
};
const wholeOf = ({ till }: Driven) => till.session.members.directoryFill.state().updatedAtMs;
const countOf = ({ till }: Driven) => till.session.members.directory.count();
const alteredOf = (whole: Buffer): Buffer => {
  const bytes = Buffer.from(whole);
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  return bytes;
};
const pagesOf = ({ store }: Driven) =>
  store.calls().filter(({ method }) => method === 'queryCustomerPages').length;

/** Passes on all work, until the test says that the folder hangs or is full. */
function folderOf() {
  let failure: string | null = null;
  let underWay = 0;
  const timeouts: Timeouts = {
    run: async ({ work }) => {
      if (failure !== null) throw Object.assign(new Error(failure), { code: failure });
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
    isBusy: () => underWay > 0,
  };
  return {
    timeouts,
    fails: (code: string | null) => {
      failure = code;
    },
    /** What was begun in it has ended. */
    idle: async () => {
      for (let still = 0; still < TICKS; still += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (underWay > 0) still = -1;
      }
    },
  };
}

async function enter(driven: Driven): Promise<void> {
  const { rooms } = driven.till.session;
  driven.till.session.start();
  const found = await handlerIn(rooms, 'chain:find')?.({}, theManager);
  if (found?.ok !== true || found.value.found === null) throw new Error('nothing found');
  await handlerIn(rooms, 'chain:join')?.({ id: found.value.found.id }, theManager);
}

interface Chain {
  readonly shared: string;
  readonly file: string;
  readonly first: Driven;
  readonly folder: ReturnType<typeof folderOf>;
}

/** A chain's folder, and a till of it whose directory is whole. */
async function openChain(): Promise<Chain> {
  const shared = join(temporaryFolder(), 'share');
  mkdirSync(shared);
  writeFileSync(join(shared, 'shop.json'), testOwner().sign());
  const folder = folderOf();
  const backups = { picker: { pick: async () => shared }, timeouts: folder.timeouts };
  const first = await openDrivenTill({}, { backups });
  await enter(first);
  const file = join(shared, 'members.sealed');
  return { shared, file, first, folder };
}

/** Lets time pass, and the folder's work with it, until `holds`. */
async function comes({ folder }: Chain, driven: Driven, holds: () => boolean): Promise<void> {
  for (let passed = 0; passed < 100 * HOUR_MS; passed += HOUR_MS / 2) {
    await folder.idle();
    if (holds()) return;
    await driven.pass(HOUR_MS / 2);
  }
  throw new Error('it never came to hold');
}

/** So many hours in which no timer rings. */
const sleep = ({ clock }: Driven, hours: number): void => clock.jump(hours * HOUR_MS, hours * HOUR_MS);

async function openWritten(): Promise<Chain> {
  const chain = await openChain();
  await comes(chain, chain.first, () => lastOf(chain.first)?.act === 'written');
  return chain;
}

async function openBeside({ first, folder }: Chain, prepare?: (other: Driven) => void): Promise<Driven> {
  const other = await first.fresh({ config: second });
  prepare?.(other);
  await enter(other);
  await other.pass(MINUTE_MS);
  await folder.idle();
  return other;
}

describe('a member directory in the chain’s folder', () => {
  it('is written by the till that read it, and taken by the others without a call and without sums', async () => {
    const chain = await openWritten();
    const { first, shared } = chain;
    expect(lastOf(first)).toMatchObject({ act: 'written', members: MEMBERS });
    expect(readdirSync(shared).filter((name) => name.includes('members'))).toEqual(['members.sealed']);
    const pages = pagesOf(first);
    const other = await openBeside(chain);
    expect(lastOf(other)).toMatchObject({ act: 'taken', members: MEMBERS });
    expect(wholeOf(other)).toBe(wholeOf(first));
    const { directory } = other.till.session.members;
    expect(directory.byUid(meiLing.customerUid)).toMatchObject({
      ...{ name: meiLing.name, number: meiLing.number, balance: null, point: null },
    });
    expect(other.till.session.ledger.journal?.noted('members taken')).toBeUndefined();
    await other.pass(10 * HOUR_MS);
    expect(pagesOf(first)).toBe(pages);
    expect(shownOf(other)?.problem).toBeNull();
  });

  it('is not written again while nothing is newer', async () => {
    const { first, file, folder } = await openWritten();
    const before = readFileSync(file);
    await first.pass(10 * HOUR_MS);
    await folder.idle();
    expect(readFileSync(file)).toEqual(before);
  });

  it('is written anew once it was read anew, and then taken', async () => {
    const chain = await openWritten();
    const { first } = chain;
    const other = await openBeside(chain);
    const wholeAtMs = wholeOf(first) ?? 0;
    sleep(first, 72);
    await comes(chain, other, () => (wholeOf(other) ?? 0) > wholeAtMs);
    expect(wholeOf(other)).toBe(wholeOf(first));
  });

  it('is read from KYBIO by another till once the first was silent for three days', async () => {
    const chain = await openWritten();
    const { first } = chain;
    const other = await openBeside(chain);
    await first.pass(2 * HOUR_MS);
    const reads = () => other.till.session.chain.readsDirectory();
    expect([first.till.session.chain.readsDirectory(), reads()]).toEqual([true, false]);
    await first.till.close();
    sleep(other, 70);
    await other.pass(HOUR_MS);
    await chain.folder.idle();
    expect(reads()).toBe(false);
    sleep(other, 2);
    await comes(chain, other, reads);
    const pages = pagesOf(other);
    await comes(chain, other, () => pagesOf(other) > pages);
  });

  it('keeps what another till has read later, and its sums', async () => {
    const chain = await openWritten();
    const own = chain.first.till.session.members.directory.byUid(meiLing.customerUid);
    if (own === null || own.balance === null || own.point === null) throw new Error('no sums');
    const { asOfMs: _, balance, point, ...facts } = own;
    const later = { ...facts, balance, point, name: 'Newer' };
    const other = await openBeside(chain, ({ till, clock }) =>
      till.session.members.directory.keep(later, clock.nowMs(), true),
    );
    expect(lastOf(other)?.act).toBe('taken');
    expect(other.till.session.members.directory.byUid(meiLing.customerUid)).toMatchObject({
      ...{ name: 'Newer', balance },
    });
    expect(countOf(other)).toBe(MEMBERS);
  });

  it('is put there again where it vanished or was altered', async () => {
    const chain = await openWritten();
    const { first, file } = chain;
    rmSync(file);
    sleep(first, 24);
    await comes(chain, first, () => existsSync(file));
    const bytes = alteredOf(readFileSync(file));
    await chain.folder.idle();
    writeFileSync(file, bytes);
    await comes(chain, first, () => problemOf(first) === 'chain-members-refused altered');
    sleep(first, 22);
    await comes(chain, first, () => shownOf(first)?.problem === null);
    expect(readFileSync(file)).not.toEqual(bytes);
  });
});

describe('a file that is not to be taken', () => {
  it('is told once by its reason, and nothing of it is kept', async () => {
    const chain = await openWritten();
    const { first, file } = chain;
    const whole = readFileSync(file);
    await first.till.close();
    rmSync(file);
    const other = await openBeside(chain);
    const worlds: readonly (readonly [string, Buffer | string])[] = [
      ['altered', alteredOf(whole)],
      ['cut-off', whole.subarray(0, whole.length - 30)],
      ['foreign', 'a list of members'],
      ['cut-off', Buffer.concat([whole, Buffer.from('x')])],
      ['foreign', Buffer.alloc(50_000_000)],
      ['newer', Buffer.from(whole.toString('latin1').replace('members file 1', 'members file 2'), 'latin1')],
    ];
    for (const [reason, bytes] of worlds) {
      writeFileSync(file, bytes);
      await comes(chain, other, () => problemOf(other) === `chain-members-refused ${reason}`);
      expect([reason, countOf(other)]).toEqual([reason, 0]);
    }
    truncateSync(file, 100_000_000);
    await comes(chain, other, () => problemOf(other) === 'chain-members-refused too-large');
    writeFileSync(file, whole);
    await comes(chain, other, () => lastOf(other)?.act === 'taken');
    expect(countOf(other)).toBe(MEMBERS);
    expect(shownOf(other)?.problem).toBeNull();
  });

  it('is another account’s, which is not written over either', async () => {
    const { file } = await openWritten();
    const theirs = readFileSync(file);
    const chain = await openChain();
    const { first, file: ours } = chain;
    writeFileSync(ours, theirs);
    await comes(chain, first, () => problemOf(first) === 'chain-members-refused other-account');
    await first.pass(30 * HOUR_MS);
    await chain.folder.idle();
    expect(readFileSync(ours)).toEqual(theirs);
  });

  it('is of a day that has not come, by a clock that is ahead', async () => {
    const chain = await openWritten();
    const { first, file } = chain;
    const whole = readFileSync(file);
    await first.till.close();
    first.clock.set(first.clock.nowMs() - 30 * HOUR_MS);
    writeFileSync(file, whole);
    const other = await openBeside(chain);
    await comes(chain, other, () => problemOf(other) === 'chain-members-refused ahead');
    expect(countOf(other)).toBe(0);
  });

  it('is not written over by a till whose list is of a day to come, by a clock that was ahead', async () => {
    const chain = await openWritten();
    const { first, file, folder } = chain;
    const other = await openBeside(chain);
    const whole = readFileSync(file);
    await first.till.close();
    const aheadMs = other.clock.nowMs() + 400 * 24 * HOUR_MS;
    other.till.session.kernel.settings.set('directory.completedAtMs', String(aheadMs));
    for (let hours = 0; hours < 30; hours += 1) {
      await other.pass(HOUR_MS);
      await folder.idle();
    }
    expect(readFileSync(file).equals(whole)).toBe(true);
    const again = await other.restart();
    again.till.session.start();
    await comes(chain, again, () => wholeOf(again) !== null);
    expect(wholeOf(again)).toBeLessThan(again.clock.nowMs());
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  itOnPosix('is a link, which is neither followed nor replaced', async () => {
    const chain = await openWritten();
    const { first, file, shared } = chain;
    const whole = readFileSync(file);
    const elsewhere = join(shared, '..', 'elsewhere');
    writeFileSync(elsewhere, whole);
    await first.till.close();
    rmSync(file);
    symlinkSync(elsewhere, file);
    const other = await openBeside(chain);
    expect(problemOf(other)).toBe('chain-members-refused link');
    expect(countOf(other)).toBe(0);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });
});

describe('a folder that is none', () => {
  it('hangs, is full or is gone: the till goes by its own list, and writes once it is back', async () => {
    const chain = await openChain();
    const { first, folder, file } = chain;
    folder.fails('ETIMEDOUT');
    await first.drive(() => wholeOf(first) !== null);
    await comes(chain, first, () => problemOf(first) === 'chain-folder-hangs');
    folder.fails('ENOSPC');
    await comes(chain, first, () => problemOf(first) === 'chain-members-not-written ENOSPC');
    folder.fails('ENOENT');
    await comes(chain, first, () => problemOf(first) === 'chain-folder-gone');
    expect(countOf(first)).toBe(MEMBERS);
    folder.fails(null);
    await comes(chain, first, () => lastOf(first)?.act === 'written');
    expect(readFileSync(file).length).toBeGreaterThan(1_000);
    expect(shownOf(first)?.problem).toBeNull();
  });
});
