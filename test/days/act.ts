import { answerAll } from './answers.ts';
import { changeTender } from './change-tender.ts';
import { handOut, openWithoutSale } from './drawer.ts';
import { acknowledge, award, cancel, reverse, topUp } from './entry-acts.ts';
import { checkExport } from './export.ts';
import { lookAt } from './look.ts';
import type { Action, Of } from './plan.ts';
import { putBack } from './put-back.ts';
import { close, move, open } from './shift-acts.ts';
import {
  boss,
  centsOf,
  count,
  hold,
  moneyOf,
  refreshAll,
  type Shop,
  sessionOf,
  uidOf,
  wrong,
} from './shop.ts';
import { type TillName, tillNames } from './world.ts';

const METHOD = 'updateBalancePointByIncrement';

function others({ world: { store } }: Shop, { member, cents, points }: Of<'others'>): void {
  const { customerUid, balance, point } = store.member(uidOf(member));
  store.adjust(customerUid, moneyOf(centsOf(balance) + cents), String(Number(point) + points));
}

async function network(shop: Shop, isUp: boolean): Promise<void> {
  shop.isUp = isUp;
  await shop.world.store.setPlug(isUp);
  for (const till of tillNames) if (isUp) sessionOf(shop, till).networkBack();
}

/** Papers of what a restore lost are scanned: an entry is taken up at one till only. */
function scan(shop: Shop, { till, most }: Of<'scan'>): void {
  const {
    paper: { slips },
    sending: { loop },
  } = sessionOf(shop, till);
  for (const { asked, code } of shop.papers.splice(0, most)) {
    const first = slips.scan(code, null, boss);
    const isOther = first.ok && first.value.outcome === 'other-till';
    const scanned = isOther ? slips.scan(code, first.value.lostKey, boss) : first;
    const outcome = scanned.ok ? scanned.value.outcome : scanned.error.code;
    count(shop, `paper ${outcome}`);
    if (outcome !== 'taken-up') {
      wrong(shop, `${till}: the paper of ${asked.id} was ${outcome}`);
      continue;
    }
    if (isOther !== (asked.at !== till))
      wrong(shop, `${till}: the paper of ${asked.id} was taken for another's`);
    hold(shop, till, asked, asked.at);
  }
  loop.wake();
}

async function flood(shop: Shop, { till, entries }: Of<'flood'>): Promise<void> {
  for (let at = 0; at < entries; at += 1) {
    const cents = 1 + ((at * 7_919) % 9_900);
    const tender = ['cash', 'card', 'cash', 'qr'][at % 4] ?? null;
    await topUp(shop, { do: 'top-up', till, member: at, cents, tender, person: at % 4 }, false);
    if (at % 400 === 399) shop.world.clock.pass(600_000);
  }
}

async function backUp(shop: Shop, till: TillName): Promise<void> {
  const made = await sessionOf(shop, till).safety.backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  refreshAll(shop);
  shop.backups.set(till, { ...made.value, book: structuredClone(shop.books[till]) });
  count(shop, 'backups');
}

const acts: { readonly [D in Action['do']]: (shop: Shop, action: Of<D>) => Promise<unknown> | unknown } = {
  ...{
    'top-up': topUp,
    'change tender': changeTender,
    award,
    reverse,
    cancel,
    move,
    open,
    close,
    acknowledge,
    'no sale': openWithoutSale,
    'hand out': handOut,
    others,
    scan,
    flood,
  },
  network: (shop, { isUp }) => network(shop, isUp),
  lose: ({ world: { store } }, { when, times }) =>
    store.addFault({ fault: { kind: 'drop', when }, method: METHOD, times }),
  refuse: ({ world: { store } }, { times }) =>
    store.addFault({
      ...{
        fault: { kind: 'error', messages: ['Customer is disabled'], when: 'before' },
        method: METHOD,
        times,
      },
    }),
  'back up': (shop, { till }) => backUp(shop, till),
  'put back': (shop, { till }) => putBack(shop, till),
  answer: (shop, { till, drops }) => answerAll(shop, till, drops),
  restart: async (shop, { till, called }) => {
    await shop.world.restart(till, called ?? undefined);
    count(shop, 'restarts');
  },
  'set clock': ({ world }, { till, offMs }) => {
    world.till(till).offMs = offMs;
  },
  'name person': ({ names }, { person, called }) => {
    names[person] = called;
  },
  pass: ({ world }, { minutes }) => world.pass(minutes * 60_000),
  look: (shop, { till }) => lookAt(shop, till),
  export: (shop, { till, of }) => checkExport(shop, till, of),
};

/** Does it, and writes down what came of it. */
export async function act(shop: Shop, action: Action): Promise<void> {
  const doIt = acts[action.do] as (shop: Shop, action: Action) => Promise<unknown> | unknown;
  await doIt(shop, action);
  await shop.world.settle();
  refreshAll(shop);
  shop.world.clock.pass(5_000);
}
