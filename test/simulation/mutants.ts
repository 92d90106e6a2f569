import { type Patch, patch } from '../security/support/patch.ts';
import type { Violation } from './checks.ts';
import type { Crowd, Happening, ProfileName } from './scenario.ts';

/** A fault planted in `main/`, and where the simulator is sure to meet it. */
export interface Mutant {
  readonly name: string;
  /** What `main/` does with it. */
  readonly says: string;
  readonly patches: readonly Patch[];
  readonly hunt: Hunt;
  /** Any one of these shows that it was found. */
  readonly breaks: readonly Violation['what'][];
}

/** Which seeds are tried, in order: the first is known to do, the others for when the simulator changes. */
export interface Hunt {
  readonly profile: ProfileName;
  readonly firstSeed: number;
  /** Only runs of such a crowd, with such a happening, or in which every entry is held against its journal rows. */
  readonly crowd?: Crowd;
  readonly happening?: Happening['kind'];
  readonly thorough?: true;
}

const TRANSITIONS = 'main/outbox/transitions-repository.ts';
const DETECTIVE = 'main/sync/detective-service.ts';

/** Slips that somebody could make in `main/outbox` and `main/sync`, each where a review may overlook it. */
export const mutants: readonly Mutant[] = [
  {
    name: 'interrupted-is-queued',
    says: 'what is found in sending at start-up is queued again',
    patches: [
      patch(
        'main/outbox/entry.ts',
        "        state: 'unknown',\n        touched: 1,",
        "        state: 'queued',\n        touched: 1,",
      ),
    ],
    hunt: { profile: 'log', firstSeed: 5 },
    breaks: ['doubled'],
  },
  {
    name: 'broken-back-end-is-queued',
    says: 'words of a broken back end are taken for a refusal',
    patches: [
      patch(
        'main/outbox/settle.ts',
        "return { state: 'unknown', touched, cause: outcome.cause,",
        "return { state: outcome.cause === 'back-end-error' ? 'queued' : 'unknown', touched, cause: outcome.cause,",
      ),
    ],
    hunt: { profile: 'single', firstSeed: 16 },
    breaks: ['doubled', 'applied while queued'],
  },
  {
    name: 'unknown-holds-nobody',
    says: 'an unknown entry does not hold back what its member has waiting',
    patches: [
      patch(
        'main/outbox/active-index.ts',
        "if (first === null || first.state === 'queued') busy.delete(customerUid);",
        "if (first === null || first.state !== 'sending') busy.delete(customerUid);",
      ),
    ],
    hunt: { profile: 'duplicates', crowd: 'regulars', firstSeed: 5 },
    breaks: ['out of order'],
  },
  {
    name: 'cancel-not-journaled',
    says: "a cashier's cancel is not written into the journal",
    patches: [
      patch(
        TRANSITIONS,
        "recorder.step(before, { event: 'cancelled' }, clock.nowMs(), actorText(who));",
        "db.prepare(\"UPDATE increment SET state = 'cancelled' WHERE id = ? AND ? <> ''\").run(id, actorText(who));",
      ),
    ],
    hunt: { profile: 'single', thorough: true, firstSeed: 20 },
    breaks: ['not vouched for'],
  },
  {
    name: 'copy-of-the-head-not-asked',
    says: 'the head beside the database is trusted, and comes back with it when an older folder does',
    patches: [
      patch(
        'main/outbox/journal-start.ts',
        'const trusted = isNewer(far, near) ? far : near;',
        'const trusted = near;',
      ),
    ],
    hunt: { profile: 'duplicates', happening: 'restore', firstSeed: 16 },
    breaks: ['applied while queued', 'doubled'],
  },
  {
    name: 'one-member-at-once',
    says: 'all that one member has waiting is sent at the same time',
    patches: [patch('main/sync/plan.ts', '    seen.add(candidate.customerUid);\n', '')],
    hunt: { profile: 'single', crowd: 'regulars', firstSeed: 5 },
    breaks: ['out of order'],
  },
  {
    name: 'start-up-is-quiet',
    says: 'quiescence is not counted from the start of the app',
    patches: [
      patch(
        DETECTIVE,
        'times.get(entryId) ?? { endedAtMs: startedAtMs, leftAtMs: startedAtMs };',
        'times.get(entryId) ?? { endedAtMs: -SHORTEST_QUIESCENCE_MS, leftAtMs: startedAtMs };',
      ),
      patch(
        DETECTIVE,
        'Math.max(timesOf(entryId).endedAtMs, wokeAtMs, startedAtMs)',
        'timesOf(entryId).endedAtMs',
      ),
      patch(
        DETECTIVE,
        'import { type EvidencePolicy, ',
        'import { SHORTEST_QUIESCENCE_MS, type EvidencePolicy, ',
      ),
    ],
    hunt: { profile: 'log', firstSeed: 14 },
    breaks: ['doubled'],
  },
  {
    name: 'old-evidence-counts',
    says: 'evidence from before an attempt is still there after it',
    patches: [
      patch(
        DETECTIVE,
        'times.set(entryId, { endedAtMs, leftAtMs });\n      investigations.set(entryId, noneYet(entryId));',
        'times.set(entryId, { ...gathered(entryId), leftAtMs });',
      ),
    ],
    hunt: { profile: 'log', firstSeed: 2 },
    breaks: ['doubled', 'applied while queued'],
  },
  {
    name: 'any-row-is-a-fingerprint',
    says: 'a row of the right amount is taken for ours, whatever its time',
    patches: [patch('main/sync/decide.ts', 'row.datetime === entry.dataChangeTime', "row.datetime !== ''")],
    hunt: { profile: 'log', crowd: 'regulars', firstSeed: 16 },
    breaks: ['wrongly confirmed'],
  },
  {
    name: 'silence-of-an-unproven-kind',
    says: 'silence of the log speaks for kinds that it was never seen to tell of',
    patches: [
      patch(
        'main/sync/proven-log.ts',
        'return seenMs.length < delaysMs.length ? null : Math.max(...seenMs);',
        'return ofKind ?? log.topUpDelayMs;',
      ),
    ],
    hunt: { profile: 'log', firstSeed: 2 },
    breaks: ['doubled', 'wrongly cancelled'],
  },
];
