// The main process without a window, as a program of its own, so that it can be killed, stopped and starved.
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { openLiveSession } from '../../main/compose.ts';
import { createMemoryVault } from '../../main/credentials/vault.ts';
import { takeProcessLock } from '../../main/database/process-lock.ts';
import type { Clock } from '../../main/ports.ts';
import { meiLing, practiceMembers } from '../../main/practice/members.ts';
import { systemClock, systemRandom } from '../../main/system.ts';
import type { Session } from '../../main/till/session.ts';
import { amount } from '../../preload/contract/index.ts';
import type { Orders } from './support/orders.ts';

const orders = JSON.parse(process.argv[2] ?? '') as Orders;

/** Straight to the descriptor: once this returns, a kill cannot take the line back. */
const tell = (line: string) => writeSync(1, `${line}\n`);

/** `speed` hurries every wait along (quiescence takes 150 s); `shiftMs` tells the same wrong date as the store. */
const clock: Clock = {
  nowMs: () => systemClock.nowMs() + orders.shiftMs,
  monotonicMs: () => systemClock.monotonicMs() * orders.speed,
  schedule: (delayMs, action) => systemClock.schedule(delayMs / orders.speed, action),
};

/** The one connection, caught on its way, for the control that weakens it. */
let caught: Database.Database | null = null;
const prepare = Database.prototype.prepare;
Database.prototype.prepare = function (this: Database.Database, ...sql: [string]) {
  caught = this;
  return prepare.apply(this, sql);
} as typeof prepare;

async function open(): Promise<Session> {
  const lock = takeProcessLock(join(orders.folder, 'till.lock'));
  if (!lock.ok) {
    tell(`refused ${lock.error.code}`);
    process.exit(3);
  }
  tell('locked');
  const opened = await openLiveSession({
    folder: orders.folder,
    headCopyFolder: join(orders.folder, 'copy'),
    clock,
    random: { ...systemRandom, unit: () => 0 },
    logger: {
      info: () => undefined,
      warn: (event) => tell(`W ${event}`),
      error: (event, values) => tell(`! ${event} ${JSON.stringify(values ?? {})}`),
    },
    vault: createMemoryVault(
      { appKey: orders.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) },
      systemRandom,
    ),
    onChange: () => changed(),
  });
  if (!opened.ok || opened.value === null) {
    tell(`! not-opened ${opened.ok ? 'unconfigured' : JSON.stringify(opened.error)}`);
    process.exit(4);
  }
  tell('opened');
  if (orders.synchronous === 'NORMAL') caught?.pragma('synchronous = NORMAL');
  return opened.value;
}

let onChange: () => void = () => undefined;
const changed = () => onChange();

const { customerUid: firstUid } = meiLing;
const members = practiceMembers.filter(
  ({ customerUid, enable, expiryDate }) => customerUid !== firstUid && enable === 1 && expiryDate === null,
);

function knowMembers({ directory }: Session): void {
  for (const { customerUid, number, name, categoryName, phone, balance, point } of members.slice(
    0,
    orders.members,
  )) {
    if (directory.byUid(customerUid) !== null) continue;
    const known = { customerUid, number, name, categoryName, phone, enable: 1, expiryDate: null };
    directory.keep({ ...known, balance: amount(balance), point: amount(point) }, clock.nowMs(), false);
  }
}

function topUp(session: Session, requestId: string, customerUid: string, balance: string): boolean {
  const saved = session.topUps.create({
    ...{ requestId, customerUid, note: '' },
    balanceIncrement: amount(balance),
    pointIncrement: amount('1'),
  });
  if (saved.ok) {
    if (orders.acks !== undefined) writeSync(acks(), `${requestId}\n`);
    tell(`S ${requestId}`);
    session.loop.wake();
    return true;
  }
  tell(`E ${requestId} ${saved.error.code}`);
  return false;
}

let acksFile: number | null = null;
function acks(): number {
  acksFile ??= openSync(orders.acks ?? '', 'a');
  return acksFile;
}

const soon = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

/** Resolves once nothing is on its way any more; what waits for a manager is left. */
function settled({ outbox }: Session): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const { queued, sending, unknown } = outbox.counts();
      if (queued + sending + unknown === 0) resolve();
    };
    onChange = check;
    check();
  });
}

async function loop(session: Session): Promise<void> {
  let made = 0;
  while (made < orders.topUps) {
    const member = members[Math.floor(Math.random() * orders.members)] ?? meiLing;
    if (topUp(session, systemRandom.uuid(), member.customerUid, `${1 + (made % 50)}.${10 + (made % 89)}`))
      made += 1;
    await soon(Math.random() * orders.pauseMs);
  }
}

/** Lines on standard input: `T requestId` for a top-up, `?` for the counts, `M` for a manager's press. */
function serve(session: Session): void {
  let served = 0;
  const pauses = () => session.link.state.pauses.map(({ reason }) => reason).join(',');
  let told = '';
  onChange = () => {
    const now = pauses();
    if (now !== told) tell(`P ${now}`);
    told = now;
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [order, requestId = ''] = line.split(' ');
    if (order === '?') tell(`C ${JSON.stringify(session.outbox.counts())}`);
    if (order !== 'T') return;
    served += 1;
    const member = members[served % orders.members] ?? meiLing;
    try {
      topUp(session, requestId, member.customerUid, `${1 + (served % 50)}.25`);
    } catch (thrown) {
      tell(`E ${requestId} ${(thrown as { code?: string }).code ?? String(thrown)}`);
    }
  });
}

async function main(): Promise<void> {
  const session = await open();
  knowMembers(session);
  session.start();
  tell('started');
  if (orders.mode === 'serve') return serve(session);
  if (orders.mode === 'loop') await loop(session);
  await settled(session);
  tell('settled');
  await session.close(1_000);
  tell('closed');
  process.exit(0);
}

void main();
