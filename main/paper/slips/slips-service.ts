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
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { ImportEntry, Increment, OutboxRepository } from '../../ledger/index.ts';
import type { Met, MetTill, TillIdentity } from '../../ledger/journal/index.ts';
import { noTerms } from '../../ledger/tables/index.ts';
import type { ConfirmedOutcome, ConfirmedPapers, EvidenceRepository } from '../../sending/index.ts';
import {
  type ReceiptCodeDesk,
  type ReceiptCodeProblem,
  readReceiptCode,
  writeReceiptCode,
} from './receipt-code.ts';
import type { HeldBefore, ReceiptCodeFacts, ReceiptCodeOrigin } from './receipt-code-facts.ts';
import { deriveReceiptCodeKey, type ReceiptCodeAccount } from './receipt-code-seal.ts';

/** The result of a scanned receipt. */
export interface ScannedReceiptCode {
  readonly outcome: 'taken-up' | 'other-till' | 'copy' | ConfirmedOutcome;
  /** The till and number on the receipt. */
  readonly till: string;
  readonly sequence: number;
  /** The value to send back when a manager confirms that this till is lost. */
  readonly lostKey: string;
  /** KYBIO had confirmed it when it was printed. */
  readonly isConfirmed: boolean;
  /** Null where nothing was imported. */
  readonly entry: Increment | null;
}

/** Makes receipt codes, and imports entries unknown to this till from them. */
export interface ReceiptCodes {
  /** An entry's code; null where nothing could be imported from it, or without a key. */
  codeOf(entry: Increment): string | null;
  /**
   * Imports from a scanned code; sends nothing. A receipt of a running clone of this till stops sending. Another
   * till's is only reported, unless the manager confirms that it is lost: `lostTill` is its key. Errors:
   * receipt-unreadable, receipt-damaged, receipt-newer, receipt-practice, receipt-live, receipt-other-shop,
   * receipt-other-key, receipt-forged, receipt-clash, key-lost.
   */
  scan(text: string, lostTill: string | null, who: Actor): Result<ScannedReceiptCode>;
}

export interface ReceiptCodesParts {
  readonly account: ReceiptCodeAccount;
  readonly isPractice: boolean;
  readonly tillName: string;
  readonly tillIdentity: Pick<TillIdentity, 'tillId' | 'epoch' | 'compare' | 'epochsSinceEnd'>;
  /** Reports a receipt's till: a clone of this one stops sending here. */
  readonly meet: (met: MetTill) => void;
  /** Null without a key. */
  readonly ofKey: <T>(make: (appKey: string) => T) => T | null;
  readonly signer: () => Signer | null;
  readonly outbox: Pick<OutboxRepository, 'byId' | 'byRequestId'>;
  readonly runInTransaction: RunInTransaction;
  readonly importEntry: ImportEntry;
  readonly confirmedPapers: Pick<ConfirmedPapers, 'scanned'>;
  readonly evidence: Pick<EvidenceRepository, 'keepPaper'>;
  readonly heldBefore: (entry: Increment) => HeldBefore | null;
  /** The till's record of a member whose name or number is not in the code. */
  readonly memberOf: (customerUid: string) => { readonly number: string; readonly name: string } | null;
  /** The entry may have been on its way when its receipt was printed. */
  readonly mayStillArrive: (entryId: string) => void;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
}

const codes: Readonly<Record<ReceiptCodeProblem, ErrorCode>> = {
  'not-a-slip': 'receipt-unreadable',
  damaged: 'receipt-damaged',
  newer: 'receipt-newer',
  practice: 'receipt-practice',
  live: 'receipt-live',
  'other-shop': 'receipt-other-shop',
  'other-key': 'receipt-other-key',
  forged: 'receipt-forged',
};

/** Refused or dropped entries need no import. */
const isWorthRebuilding = ({ state }: Increment): boolean => state !== 'rejected' && state !== 'cancelled';

/** The receipt's number and till, as the manager sees them on paper. */
const noteOf = ({ sequence, till }: ReceiptCodeFacts): string =>
  `${String(sequence).padStart(4, '0')} · ${till}`;

/** Without a till name, the start of its id is shown. */
const withTill = (facts: ReceiptCodeFacts): ReceiptCodeFacts =>
  facts.till === '' ? { ...facts, till: `#${facts.origin.tillId.slice(0, 6)}` } : facts;

export function createSlipsService(parts: ReceiptCodesParts): ReceiptCodes {
  const { account, isPractice, outbox, tillIdentity, logger } = parts;
  let made: { readonly fingerprint: string; readonly desk: ReceiptCodeDesk } | null = null;

  /** Created at the first receipt, and again after a change of key. */
  const desk = (): ReceiptCodeDesk | null => {
    const fingerprint = parts.signer()?.keyFingerprint;
    if (fingerprint === undefined) return null;
    if (made?.fingerprint === fingerprint) return made.desk;
    const key = parts.ofKey((appKey) => deriveReceiptCodeKey(appKey, account));
    made = key === null ? null : { fingerprint, desk: { account, key, isPractice } };
    return made?.desk ?? null;
  };

  const originNow = (): ReceiptCodeOrigin | null => {
    const { tillId, epoch } = tillIdentity;
    return tillId === null || epoch === null ? null : { tillId, epoch };
  };

  const whoseIs = ({ origin }: ReceiptCodeFacts): Met => tillIdentity.compare(origin);

  /** Printed by this till, in its present line or one that a restore ended; not by a clone. */
  const isOurs = (facts: ReceiptCodeFacts): boolean => ['mine', 'ended'].includes(whoseIs(facts));

  /** A clone shares the till's id, and of two clones one may be lost and the other not. */
  const lostKeyOf = (facts: ReceiptCodeFacts): string => {
    const { origin } = facts;
    return whoseIs(facts) === 'other-till' ? origin.tillId : `${origin.tillId} ${origin.epoch}`;
  };

  /**
   * Printed by this till since its present record of the entry: an earlier receipt may show an outcome that a restore
   * lost.
   */
  const isPrintedHere = ({ origin }: ReceiptCodeFacts, { sequence }: Increment): boolean =>
    origin.tillId === tillIdentity.tillId && tillIdentity.epochsSinceEnd(sequence).includes(origin.epoch);

  const take = (facts: ReceiptCodeFacts, who: Actor): Result<Increment> => {
    const signer = parts.signer();
    if (signer === null) return err(appError('key-lost'));
    const member = parts.memberOf(facts.customerUid);
    const { origin, before, ...entry } = facts;
    const { till, sequence: number } = entry;
    const atMs = parts.clock.nowMs();
    const taken = parts.runInTransaction(() => {
      const result = parts.importEntry(
        {
          ...entry,
          origin: { till: origin.tillId, epoch: origin.epoch, number },
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
    logger.info('receipt.taken-up', { sequence, till, number, ...origin });
    return taken;
  };

  /** A receipt never speeds up a known entry's sending; one that says _confirmed_ may block it. */
  const outcomeOfKnown = (known: Increment, facts: ReceiptCodeFacts, who: Actor): ConfirmedOutcome => {
    if (!facts.isConfirmed) return 'known';
    const outcome = parts.confirmedPapers.scanned(known, facts, isPrintedHere(facts, known), who);
    if (outcome !== 'known') logger.info('receipt.says-confirmed', { sequence: known.sequence, outcome });
    return outcome;
  };

  /** Its replacement, if never sent: the receipt blocks that one too. */
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
      // An imported entry has this till's number, which is on its receipt.
      const till = entry.requestId.startsWith('slip:') ? parts.tillName : entry.till;
      const isConfirmed = entry.state === 'confirmed';
      return writeReceiptCode(at, { ...entry, till, origin, before: parts.heldBefore(entry), isConfirmed });
    },
    scan: (text, lostTill, who) => {
      const at = desk();
      if (at === null) return err(appError('key-lost'));
      const read = readReceiptCode(at, text);
      if (!read.ok) return err(appError(codes[read.problem]));
      const facts = withTill(read.facts);
      // The key's holder could encode an entry that no till makes.
      if (isZeroAmount(facts.balanceIncrement) && isZeroAmount(facts.pointIncrement))
        return err(appError('receipt-forged'));
      const { till, sequence, isConfirmed } = facts;
      const told = { till, sequence, isConfirmed, lostKey: lostKeyOf(facts) };
      parts.meet(facts.origin);
      const first = outbox.byId(facts.id);
      if (first !== null) {
        const known = untouchedInPlaceOf(first);
        const outcome = outcomeOfKnown(known, facts, who);
        return ok({ ...told, outcome, entry: outbox.byId(known.id) });
      }
      if (whoseIs(facts) === 'copy') return ok({ ...told, outcome: 'copy', entry: null });
      if (!isOurs(facts) && told.lostKey !== lostTill)
        return ok({ ...told, outcome: 'other-till', entry: null });
      const taken = take(facts, who);
      return taken.ok ? ok({ ...told, outcome: 'taken-up', entry: taken.value }) : taken;
    },
  };
}
