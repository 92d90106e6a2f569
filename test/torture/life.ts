// One life of the main process without a window: it opens the till, does as it was ordered, and closes it.

import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import type { OpenedSession } from '../../main/app/open-session.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import { takeProcessLock } from '../../main/kernel/database/process-lock.ts';
import type { Clock, Random } from '../../main/kernel/ports.ts';
import { systemClock, systemRandom } from '../../main/kernel/system.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { workShifts } from './shift-life.ts';
import { tortureMembers } from './support/members.ts';
import type { Orders } from './support/orders.ts';

/** On its way when it returns: a kill cannot take the line back. */
export type OnProgress = (line: string) => void;

/** Without what Node draws in advance: forked processes would all have the same. */
const random: Random = { ...systemRandom, uuid: () => randomUUID({ disableEntropyCache: true }) };

/** `speed` hurries every wait along (quiescence takes 150 s); `shiftMs` tells the same wrong date as the store. */
const clockOf = ({ speed, shiftMs }: Orders): Clock => ({
  nowMs: () => systemClock.nowMs() + shiftMs,
  monotonicMs: () => systemClock.monotonicMs() * speed,
  schedule: (delayMs, action) => systemClock.schedule(delayMs / speed, action),
});

/** For the control: the one connection, caught on its way, is weakened as the driver's own default would. */
function weaken(): (() => void) | null {
  let caught: Database.Database | null = null;
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function (this: Database.Database, ...sql: [string]) {
    caught = this;
    return prepare.apply(this, sql);
  } as typeof prepare;
  return () => void caught?.pragma('synchronous = NORMAL');
}

interface Life {
  readonly orders: Orders;
  readonly tell: OnProgress;
  readonly session: OpenedSession;
  readonly clock: Clock;
  onChange(action: () => void): void;
}

/** Resolves with the exit code where the till does not open. */
async function open(orders: Orders, tell: OnProgress): Promise<Life | number> {
  const weakenNow = orders.synchronous === 'NORMAL' ? weaken() : null;
  const clock = clockOf(orders);
  let onChange: () => void = () => undefined;
  const opened = await openLiveSession({
    folder: orders.folder,
    headCopyFolder: join(orders.folder, 'copy'),
    clock,
    random: { ...random, unit: () => 0 },
    logger: {
      info: () => undefined,
      warn: (event) => tell(`W ${event}`),
      error: (event, values) => tell(`! ${event} ${JSON.stringify(values ?? {})}`),
    },
    vault: createMemoryVault(
      { appKey: orders.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) },
      random,
    ),
    changed: () => onChange(),
  });
  if (!opened.ok || opened.value === null) {
    tell(`! not-opened ${opened.ok ? 'unconfigured' : JSON.stringify(opened.error)}`);
    return 4;
  }
  tell('opened');
  weakenNow?.();
  return {
    ...{ orders, tell, clock, session: opened.value },
    onChange: (action) => {
      onChange = action;
    },
  };
}

function knowMembers({
  orders,
  clock,
  session: {
    members: { directory },
  },
}: Life): void {
  for (const { customerUid, number, name, categoryName, phone, balance, point } of tortureMembers.slice(
    0,
    orders.members,
  )) {
    if (directory.byUid(customerUid) !== null) continue;
    const known = { customerUid, number, name, categoryName, phone, enable: 1, expiryDate: null };
    directory.keep({ ...known, balance: amount(balance), point: amount(point) }, clock.nowMs(), true);
  }
}

type TopUp = (requestId: string, customerUid: string, balance: string) => boolean;

function topUpsOf({ orders, tell, session }: Life): TopUp {
  const acks = orders.acks === undefined ? null : openSync(orders.acks, 'a');
  return (requestId, customerUid, balance) => {
    const seen = session.members.directory.byUid(customerUid);
    const saved = session.counter.topUps.create(
      {
        ...{ requestId, customerUid, note: '' },
        ...{ customerNumber: seen?.number ?? '', customerName: seen?.name ?? '' },
        balanceIncrement: amount(balance),
        pointIncrement: amount('1'),
      },
      atTheTill,
    );
    if (saved.ok) {
      if (acks !== null) writeSync(acks, `${requestId}\n`);
      tell(`S ${requestId}`);
      session.sending.loop.wake();
      return true;
    }
    tell(`E ${requestId} ${saved.error.code}`);
    return false;
  };
}

function memberAt(index: number): string {
  const member = tortureMembers[index];
  if (member === undefined) throw new RangeError(`no member ${index}`);
  return member.customerUid;
}

const soon = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

/** Resolves once nothing is on its way any more; what waits for a manager is left. */
function settled({
  session: {
    ledger: { outbox },
  },
  onChange,
}: Life): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const { queued, sending, unknown } = outbox.counts();
      if (queued + sending + unknown === 0) resolve();
    };
    onChange(check);
    check();
  });
}

async function work(life: Life): Promise<void> {
  const { orders } = life;
  const topUp = topUpsOf(life);
  let made = 0;
  while (made < orders.topUps) {
    const uid = memberAt(Math.floor(random.unit() * orders.members));
    if (topUp(random.uuid(), uid, `${1 + (made % 50)}.${10 + (made % 89)}`)) made += 1;
    await soon(random.unit() * orders.pauseMs);
  }
}

function workInShifts(life: Life): Promise<void> {
  const { orders, session, tell } = life;
  const topUp = topUpsOf(life);
  return workShifts({
    ...{ session, tell, uuid: random.uuid },
    topUp: () => void topUp(random.uuid(), memberAt(Math.floor(random.unit() * orders.members)), '5.10'),
    pause: () => soon(random.unit() * orders.pauseMs),
  });
}

/**
 * Lines on standard input: `T requestId` for a top-up, `?` for the counts, `D` for a word when nothing that
 * can be sent is left. Ends with standard input.
 */
function serve(life: Life): Promise<void> {
  const { orders, tell, session } = life;
  const topUp = topUpsOf(life);
  let served = 0;
  let said = '';
  let isAsked = false;
  const look = () => {
    const now = session.hosts.link.state.pauses.map(({ reason }) => reason).join(',');
    if (now !== said) tell(`P ${now}`);
    said = now;
    const { queued, sending } = session.ledger.outbox.counts();
    if (!isAsked || queued + sending > 0) return;
    isAsked = false;
    tell('D');
  };
  life.onChange(look);
  return new Promise((resolve) => {
    const input = createInterface({ input: process.stdin });
    input.on('close', resolve);
    input.on('line', (line) => {
      const [order, requestId = ''] = line.split(' ');
      if (order === '?') tell(`C ${JSON.stringify(session.ledger.outbox.counts())}`);
      if (order === 'D') {
        isAsked = true;
        look();
      }
      if (order !== 'T') return;
      served += 1;
      try {
        topUp(requestId, memberAt(served % orders.members), `${1 + (served % 50)}.25`);
      } catch (thrown) {
        tell(`E ${requestId} ${(thrown as { code?: string }).code ?? String(thrown)}`);
      }
    });
  });
}

/** Resolves with the exit code once the till is closed. */
export async function live(orders: Orders, tell: OnProgress): Promise<number> {
  const lock = takeProcessLock(join(orders.folder, 'till.lock'));
  if (!lock.ok) {
    tell(`refused ${lock.error.code}`);
    return 3;
  }
  tell('locked');
  const life = await open(orders, tell);
  if (typeof life === 'number') return life;
  knowMembers(life);
  life.session.start();
  tell('started');
  if (orders.mode === 'serve') {
    await serve(life);
    return 0;
  }
  if (orders.mode === 'loop') await work(life);
  if (orders.mode === 'shifts') await workInShifts(life);
  await settled(life);
  tell('settled');
  await life.session.close(1_000);
  lock.value.release();
  tell('closed');
  return 0;
}
