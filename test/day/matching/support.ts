import { limWei, practiceMembers } from '../../../main/hosts/practice/members.ts';
import type { HostProfile, PracticeStore } from '../../../main/hosts/practice/types.ts';
import { amount, type MatchAsk, type Policy } from '../../../preload/contract/index.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { logs, openLosing } from '../../kit/losing.ts';

export const method = 'queryAllRechargeLogs';
export const day = '2026-01-15';
export const theDay: MatchAsk = { of: 'days', from: day, to: day };
export const listing: Partial<HostProfile> = { keepsRechargeLog: true, logCarriesDataChangeTime: true };

/** A till that knows every member already. */
export async function openTill(host = listing, policy: Partial<Policy> = {}) {
  const driven = await openLosing({ host, proven: logs, policy }, null);
  for (const { customerUid, ...member } of practiceMembers)
    driven.till.session.members.directory.keep(
      { ...member, customerUid, ...{ balance: amount(member.balance), point: amount(member.point) } },
      driven.clock.nowMs(),
      false,
    );
  return driven;
}

export const asked = (store: PracticeStore) => store.calls().filter((call) => call.method === method);

/** Made in the back office on the day, a minute and more ago. */
export function recharges({ store, clock }: Driven, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const { customerUid } = practiceMembers[made] ?? limWei;
    store.recharge({ customerUid, sum: '1.00', atMs: clock.nowMs() - 60_000 - made * 1_000 });
  }
}

export async function begin({ till }: Driven, ask: MatchAsk | null = theDay): Promise<void> {
  const begun = till.session.day.matching.begin(ask, 'Boss');
  if (!begun.ok) throw new Error(begun.error.code);
}

export const now = ({ till }: Driven) => till.session.day.matching.now();
export const stateOf = (driven: Driven) => now(driven)?.job.state;

export async function readAll(driven: Driven): Promise<Driven> {
  await driven.drive(() => stateOf(driven) !== 'reading');
  return driven;
}

export async function outcomeOf({ till }: Driven) {
  const outcome = await till.session.day.matching.outcome();
  if (outcome === null) throw new Error(`no outcome, but ${JSON.stringify(till.session.day.matching.now())}`);
  return outcome;
}

export const reasonsOf = async (driven: Driven) =>
  (await outcomeOf(driven)).matches.map(({ pile, reason }) => `${pile}: ${reason}`).sort();

export async function confirmed(driven: Driven, customerUid: string, sum: string): Promise<string> {
  const { id } = driven.till.topUp(customerUid, sum);
  await driven.drive(() => driven.till.session.ledger.outbox.byId(id)?.state === 'confirmed');
  return id;
}

/** The network goes when the log was asked for so often. */
export async function withoutNetworkAfter(driven: Driven, pages: number): Promise<void> {
  await driven.drive(() => (now(driven)?.job.pages ?? 0) === pages);
  await driven.store.setPlug(false);
  await driven.drive(() => now(driven)?.held === 'network');
}

export async function plugIn({ store, till }: Driven): Promise<void> {
  await store.setPlug(true);
  till.session.sending.loop.networkChanged();
}
