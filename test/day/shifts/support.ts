import { cpSync } from 'node:fs';
import { practiceMembers } from '../../../main/hosts/practice/members.ts';
import type { Actor } from '../../../main/kernel/actor.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import type { KnownMember } from '../../../main/members/directory-repository.ts';
import {
  type Amount,
  addAmounts,
  amount,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  type Policy,
  type Result,
  type ShiftCount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { type Driven, openDrivenTill } from '../../kit/driven-till.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { bonusRule, shopRules } from '../../kit/rules.ts';
import { openTestTill, temporaryFolder } from '../../kit/till.ts';

/** Whom anybody may credit. */
const members = practiceMembers
  .filter(({ enable, expiryDate }) => enable === 1 && expiryDate === null)
  .slice(0, 10);

export const mei: Actor = { role: 'cashier', person: 'Mei' };
export const siti: Actor = { role: 'cashier', person: 'Siti' };

/** Everything that a till of a test was asked to credit, by its id: what it says of itself is not in here. */
export interface Entered {
  readonly id: string;
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly tender: string | null;
  readonly who: string;
}

export interface ShiftTill {
  readonly driven: Driven;
  /** As whoever stands there asks by the bridge, where nobody is set up. */
  ask<N extends ChannelName>(name: N, args: ChannelArgs<N>, who?: Actor): Promise<Result<ChannelReply<N>>>;
  must<N extends ChannelName>(name: N, args: ChannelArgs<N>, who?: Actor): Promise<ChannelReply<N>>;
  enter(place: number, principal: string, tender: string | null, who?: Actor): Entered;
  reverse(id: string, who?: Actor): string;
  member(place: number): KnownMember;
}

export const sum = (values: readonly Amount[]): Amount => addAmounts(zeroAmount, ...values);

/** A drawer with so many pieces of one cent, which is the simplest way to count any sum. */
export const countOf = (cash: string, tenders: ShiftCount['tenders'] = []): ShiftCount => ({
  pieces: [{ value: amount('0.01'), pieces: Math.round(Number(cash) * 100) }],
  tenders,
});

const answering = (driven: Driven, name: ChannelName) => {
  const handler = handlerIn(driven.till.session.rooms, name);
  if (handler === undefined) throw new Error(`nobody answers ${name}`);
  return handler;
};

export function asShiftTill(driven: Driven): ShiftTill {
  const { session } = driven.till;
  const ask: ShiftTill['ask'] = async (name, args, who = mei) =>
    (await answering(driven, name)(args as never, who)) as never;
  const member = (place: number): KnownMember => {
    const known = session.members.directory.byUid(members[place]?.customerUid ?? '');
    if (known === null) throw new Error('the till does not know this member');
    return known;
  };
  return {
    ...{ driven, ask, member },
    must: async (name, args, who) => {
      const answer = await ask(name, args, who);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
      return answer.value;
    },
    enter: (place, principal, tender, who = mei) => {
      const { customerUid, number: customerNumber, name: customerName } = member(place);
      const preview = session.counter.topUps.preview({
        customerUid,
        principal: amount(principal),
        purchase: zeroAmount,
      });
      if (!preview.ok) throw new Error(preview.error.code);
      const { bonus, version, points } = preview.value;
      const made = session.counter.topUps.create(
        {
          ...{
            requestId: realRandom.uuid(),
            customerUid,
            customerNumber,
            customerName,
            note: '',
            again: true,
          },
          balanceIncrement: addAmounts(amount(principal), bonus),
          pointIncrement: points ?? zeroAmount,
          ...{ bonus, rulesVersion: version, tender },
        },
        who,
      );
      if (!made.ok) throw new Error(made.error.code);
      session.sending.loop.wake();
      return { id: made.value.id, principal: amount(principal), bonus, tender, who: who.person };
    },
    reverse: (id, who = mei) => {
      const made = session.counter.topUps.reverse(id, realRandom.uuid(), {
        ...theManager,
        person: who.person,
      });
      if (!made.ok) throw new Error(made.error.code);
      session.sending.loop.wake();
      return made.value.id;
    },
  };
}

/** A till that knows ten members and gives five for fifty. */
export async function openShiftTill(policy: Partial<Policy> = {}): Promise<ShiftTill> {
  return startShiftTill(await openDrivenTill(), policy);
}

/** The same of one that is there. */
export async function startShiftTill(driven: Driven, policy: Partial<Policy> = {}): Promise<ShiftTill> {
  const { session } = driven.till;
  session.counter.policy.save(
    { ...session.counter.policy.current(), repeatWithinMs: 0, ...policy },
    theManager,
  );
  const saved = session.counter.rules.save(shopRules({ bonus: [bonusRule()] }), 0, theManager);
  if (!saved.ok) throw new Error(saved.error.code);
  session.start();
  for (const { number } of members) await session.members.lookUp.find(number);
  await driven.settle();
  return asShiftTill(driven);
}

/** One till on two disks: what `before` takes from now on, `after` knows by its receipts alone. */
export async function openTwins(): Promise<{ readonly before: ShiftTill; readonly after: ShiftTill }> {
  const first = await openDrivenTill();
  await first.till.close();
  const folder = temporaryFolder();
  cpSync(first.till.folder, folder, { recursive: true });
  const before = await startShiftTill(await first.restart());
  const till = await openTestTill(first.store, { folder, world: { clock: first.clock } });
  return { before, after: await startShiftTill({ ...before.driven, till }) };
}

/** Whether every entry of the till is as the store's own ledger has it: applied so often, and by so much. */
export function ledgerOf({ driven }: ShiftTill) {
  const increments = driven.store.increments();
  return {
    increments,
    /** What the store has added for an entry; nought where it never did. */
    addedFor: (id: string): Amount => {
      const entry = driven.till.session.ledger.outbox.byId(id);
      const found = increments.filter(
        ({ customerUid, dataChangeTime }) =>
          customerUid === entry?.customerUid && dataChangeTime === entry.dataChangeTime,
      );
      return sum(
        found.map(({ balanceBefore, balanceAfter }) =>
          subtractAmounts(amount(balanceAfter), amount(balanceBefore)),
        ),
      );
    },
  };
}

/** What the receipt of an entry has for a scanner. */
export const codeOf = ({ driven: { till } }: ShiftTill, id: string): string => {
  const entry = till.session.ledger.outbox.byId(id);
  const code = entry === null ? null : till.session.paper.slips.codeOf(entry);
  if (code === null) throw new Error('no code');
  return code;
};

/** What becomes of a receipt that is scanned, where the till that printed it is lost. */
export const scan = ({ driven: { till } }: ShiftTill, code: string) => {
  const {
    paper: { slips },
  } = till.session;
  const first = slips.scan(code, null, theManager);
  const isAsked = first.ok && first.value.outcome === 'other-till';
  const scanned = isAsked ? slips.scan(code, first.value.lostKey, theManager) : first;
  if (!scanned.ok) throw new Error(scanned.error.code);
  return scanned.value.outcome;
};
