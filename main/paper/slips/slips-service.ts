import {
  appError,
  type ErrorCode,
  err,
  isZeroAmount,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import type { Signer } from '../../hosts/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Together } from '../../kernel/database/together.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Increment, NumbersSeen, OutboxRepository, TakeUp } from '../../ledger/index.ts';
import { firstEpoch, type Met, type MetTill, type TillIdentity } from '../../ledger/journal/index.ts';
import { noTerms } from '../../ledger/tables/index.ts';
import type { ConfirmedOutcome, ConfirmedPapers, EvidenceRepository } from '../../sending/index.ts';
import { readSlip, type SlipDesk, type SlipProblem, writeSlip } from './slip-code.ts';
import type { HeldBefore, SlipFacts, SlipOrigin } from './slip-facts.ts';
import { deriveSlipKey, type SlipAccount } from './slip-seal.ts';

/** What became of a receipt that was scanned. */
export interface ScannedSlip {
  readonly outcome: 'taken-up' | 'other-till' | 'copy' | ConfirmedOutcome;
  /** The till and the number on the paper. */
  readonly till: string;
  readonly sequence: number;
  /** What is said back where a manager says that the paper's till is lost. */
  readonly lostKey: string;
  /** KYBIO had confirmed it when it was printed. */
  readonly isConfirmed: boolean;
  /** Null where nothing was taken up. */
  readonly entry: Increment | null;
}

/** Makes the codes of receipts, and takes up what receipts tell of that this till does not know. */
export interface Slips {
  /** The text of an entry's code; null where nothing is to be rebuilt of it, or without a key. */
  codeOf(entry: Increment): string | null;
  /**
   * Nothing is sent; where a living copy of this till printed it nothing is sent from then on either. What another till printed is told of and left alone, unless the manager says that this till is
   * lost: `lostTill` is its key. Errors: receipt-unreadable, receipt-damaged, receipt-newer, receipt-practice, receipt-live,
   * receipt-other-shop, receipt-other-key, receipt-forged, receipt-clash, key-lost.
   */
  scan(text: string, lostTill: string | null, who: Actor): Result<ScannedSlip>;
}

export interface SlipsParts {
  readonly account: SlipAccount;
  readonly isPractice: boolean;
  readonly tillName: string;
  readonly tillIdentity: Pick<TillIdentity, 'tillId' | 'epoch' | 'judge' | 'epochsSinceEnd'>;
  /** A paper says which till wrote it: a copy of this one stops sending here. */
  readonly meet: (met: MetTill) => void;
  /** … and, by the second of its entry, which number that till has. */
  readonly see: NumbersSeen['see'];
  /** Null without a key. */
  readonly ofKey: <T>(make: (appKey: string) => T) => T | null;
  readonly signer: () => Signer | null;
  readonly outbox: Pick<OutboxRepository, 'byId' | 'byRequestId'>;
  readonly together: Together;
  readonly takeUp: TakeUp;
  readonly confirmedPapers: Pick<ConfirmedPapers, 'scanned'>;
  readonly evidence: Pick<EvidenceRepository, 'keepPaper'>;
  readonly heldBefore: (entry: Increment) => HeldBefore | null;
  /** What the till knows of a member whose name or number was not on the receipt. */
  readonly memberOf: (customerUid: string) => { readonly number: string; readonly name: string } | null;
  /** What was on its way when the receipt was printed may arrive yet. */
  readonly mayStillArrive: (entryId: string) => void;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
}

const codes: Readonly<Record<SlipProblem, ErrorCode>> = {
  'not-a-slip': 'receipt-unreadable',
  damaged: 'receipt-damaged',
  newer: 'receipt-newer',
  practice: 'receipt-practice',
  live: 'receipt-live',
  'other-shop': 'receipt-other-shop',
  'other-key': 'receipt-other-key',
  forged: 'receipt-forged',
};

/** What was refused or dropped is nowhere, and nobody has to look for it. */
const isWorthRebuilding = ({ state }: Increment): boolean => state !== 'rejected' && state !== 'cancelled';

/** The number that the paper shows, and whose it is: of what a manager holds in the hand. */
const noteOf = ({ sequence, till }: SlipFacts): string => `${String(sequence).padStart(4, '0')} · ${till}`;

/** Where the till's name had no room, a person is told the beginning of its id. */
const withTill = (facts: SlipFacts): SlipFacts =>
  facts.till === '' ? { ...facts, till: `#${facts.origin?.tillId.slice(0, 6) ?? ''}` } : facts;

export function createSlipsService(parts: SlipsParts): Slips {
  const { account, isPractice, outbox, tillIdentity, logger } = parts;
  let made: { readonly fingerprint: string; readonly desk: SlipDesk } | null = null;

  /** Made at the first receipt, and anew after a change of key. */
  const desk = (): SlipDesk | null => {
    const fingerprint = parts.signer()?.keyFingerprint;
    if (fingerprint === undefined) return null;
    if (made?.fingerprint === fingerprint) return made.desk;
    const key = parts.ofKey((appKey) => deriveSlipKey(appKey, account));
    made = key === null ? null : { fingerprint, desk: { account, key, isPractice } };
    return made?.desk ?? null;
  };

  const originNow = (): SlipOrigin | null => {
    const { tillId, epoch } = tillIdentity;
    return tillId === null || epoch === null ? null : { tillId, epoch };
  };

  /** A name says nothing, and a paper of version 1 has nothing else. */
  const whoseIs = ({ origin }: SlipFacts): Met =>
    origin === null ? 'other-till' : tillIdentity.judge(origin);

  /** Of an entry that is not here: one that is was made here, or its second was taken over with it. */
  const seeNumber = ({ origin, till, dataChangeTime, createdAtMs }: SlipFacts): void => {
    if (origin === null) return;
    parts.see({
      tillId: origin.tillId,
      till,
      on: 'paper',
      madeAtMs: createdAtMs,
      by: { second: dataChangeTime },
    });
  };

  /** Printed by this very till, in its present line or in one that a restore has ended; not by a copy on another computer. */
  const isOurs = (facts: SlipFacts): boolean => ['mine', 'ended'].includes(whoseIs(facts));

  /** A copy of this till has its id: of two of them one may be lost and the other not. */
  const lostKeyOf = (facts: SlipFacts): string => {
    const { origin, till } = facts;
    if (origin === null) return `name ${till}`;
    return whoseIs(facts) === 'other-till' ? origin.tillId : `${origin.tillId} ${origin.epoch}`;
  };

  /**
   * By this till, and since it has the record of the entry that it has now: what it printed before its data was put back
   * tells of an end that is not in this record. A paper of version 1 is from before epochs, and names only its number.
   */
  const isPrintedHere = ({ origin, sequence: number }: SlipFacts, { sequence }: Increment): boolean => {
    const { tillId } = tillIdentity;
    if (tillId === null || (origin === null ? number !== sequence : origin.tillId !== tillId)) return false;
    return tillIdentity.epochsSinceEnd(sequence).includes(origin?.epoch ?? firstEpoch(tillId));
  };

  const take = (facts: SlipFacts, who: Actor): Result<Increment> => {
    const signer = parts.signer();
    if (signer === null) return err(appError('key-lost'));
    const member = parts.memberOf(facts.customerUid);
    const { origin, before, ...entry } = facts;
    const { till, sequence: number } = entry;
    const atMs = parts.clock.nowMs();
    const taken = parts.together(() => {
      const result = parts.takeUp(
        {
          ...entry,
          origin: { till: origin?.tillId ?? null, epoch: origin?.epoch ?? null, number },
          till: isOurs(facts) ? parts.tillName : facts.till,
          customerNumber: facts.customerNumber || (member?.number ?? ''),
          customerName: facts.customerName || (member?.name ?? ''),
          personId: null,
          note: noteOf(facts),
          terms: { ...noTerms, ...facts.terms },
        },
        signer.sign,
        who,
      );
      const confirmed = facts.isConfirmed ? { till, number, atMs } : null;
      if (result.ok) parts.evidence.keepPaper(facts.id, { before, confirmed }, atMs);
      return result;
    });
    if (!taken.ok) return taken;
    parts.mayStillArrive(facts.id);
    const { sequence } = taken.value;
    logger.info('receipt.taken-up', { sequence, till, number, ...(origin ?? {}) });
    return taken;
  };

  /** An entry that is known is sent no sooner by a paper; one that says *confirmed* may hold it back. */
  const outcomeOfKnown = (known: Increment, facts: SlipFacts, who: Actor): ConfirmedOutcome => {
    if (!facts.isConfirmed) return 'known';
    const outcome = parts.confirmedPapers.scanned(known, facts, isPrintedHere(facts, known), who);
    if (outcome !== 'known') logger.info('receipt.says-confirmed', { sequence: known.sequence, outcome });
    return outcome;
  };

  /** What has taken its place and was never sent: whoever holds its paper holds that one's, and nothing else may go out. */
  const untouchedInPlaceOf = (known: Increment): Increment => {
    const next = known.cause === 'replaced' ? outbox.byRequestId(`replace:${known.id}`) : null;
    if (next === null) return known;
    const last = untouchedInPlaceOf(next);
    return last.touched || last.state === 'sending' ? known : last;
  };

  return {
    codeOf: (entry) => {
      const at = isWorthRebuilding(entry) ? desk() : null;
      const origin = originNow();
      if (at === null || origin === null) return null;
      // What was taken up has a number of this till, which is what the paper says.
      const till = entry.requestId.startsWith('slip:') ? parts.tillName : entry.till;
      const isConfirmed = entry.state === 'confirmed';
      return writeSlip(at, { ...entry, till, origin, before: parts.heldBefore(entry), isConfirmed });
    },
    scan: (text, lostTill, who) => {
      const at = desk();
      if (at === null) return err(appError('key-lost'));
      const read = readSlip(at, text);
      if (!read.ok) return err(appError(codes[read.problem]));
      const facts = withTill(read.facts);
      // Whoever has the key can seal what no till makes.
      if (isZeroAmount(facts.balanceIncrement) && isZeroAmount(facts.pointIncrement))
        return err(appError('receipt-forged'));
      const { till, sequence, isConfirmed } = facts;
      const told = { till, sequence, isConfirmed, lostKey: lostKeyOf(facts) };
      if (facts.origin !== null) parts.meet(facts.origin);
      const first = outbox.byId(facts.id);
      if (first !== null) {
        const known = untouchedInPlaceOf(first);
        const outcome = outcomeOfKnown(known, facts, who);
        return ok({ ...told, outcome, entry: outbox.byId(known.id) });
      }
      seeNumber(facts);
      if (whoseIs(facts) === 'copy') return ok({ ...told, outcome: 'copy', entry: null });
      if (!isOurs(facts) && told.lostKey !== lostTill)
        return ok({ ...told, outcome: 'other-till', entry: null });
      const taken = take(facts, who);
      return taken.ok ? ok({ ...told, outcome: 'taken-up', entry: taken.value }) : taken;
    },
  };
}
