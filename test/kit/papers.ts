import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from './driven-till.ts';
import { entry, uid } from './losing.ts';
import { answerRead } from './review.ts';

/** The code on the receipt of an entry, as it would be printed now. */
export const codeOf = (driven: Driven, id: string): string => {
  const code = driven.till.session.paper.slips.codeOf(entry(driven, id));
  if (code === null) throw new Error('no code');
  return code;
};

/** A manager scans a receipt and says nothing of the till that printed it. */
export const scan = ({ till }: Driven, code: string, lostTill: string | null = null) =>
  till.session.paper.slips.scan(code, lostTill, theManager);

/** The till of the paper is lost, as the manager says where that is asked. */
export const importEntry = (driven: Driven, code: string) => {
  const first = scan(driven, code);
  const isAsked = first.ok && first.value.outcome === 'other-till';
  return isAsked ? scan(driven, code, first.value.lostKey) : first;
};

export const outcomeOf = (driven: Driven, code: string) => {
  const scanned = importEntry(driven, code);
  return scanned.ok ? scanned.value.outcome : scanned.error.code;
};

export const answer = (driven: Driven, id: string, word: 'arrived' | 'send' | 'drop') =>
  answerRead(driven.till.session.counter.review, entry(driven, id), word, theManager);

/** What the store has of the member. */
export const credited = ({ store }: Driven) =>
  store.increments().filter(({ customerUid }) => customerUid === uid);

/** Started, with nothing under way. */
export async function started(driven: Driven): Promise<Driven> {
  driven.till.session.start();
  await driven.settle();
  return driven;
}

/** Another till of the shop that knows the member. */
export async function another(of: Driven, config = {}): Promise<Driven> {
  const till = await started(await of.fresh({ config }));
  await till.till.session.members.lookUp.find('8008010001');
  return till;
}

/** As it stands in review. */
export const kept = ({ till }: Driven, id: string) =>
  till.session.counter.review.cases().find(({ increment }) => increment.id === id);
