import type { FaultList } from '../fault.ts';

/** Slips that somebody could make where entries are kept and sent, each where a review may overlook it. */
export const sendingFaults = {
  'hangs-in-microtasks': {
    says: 'a send never comes back, in a loop of microtasks',
    changes: [
      {
        in: 'tryToSend',
        find: 'exchange = (await isCheckpointed(parts)) ? $sent : $ended;',
        put: 'for (;;) await null; $$',
      },
    ],
  },
  'interrupted-is-queued': {
    says: 'what is found in sending at start-up is queued again',
    changes: [{ in: 'afterEvent', find: "state: 'unknown'", put: "state: 'queued'" }],
  },
  'broken-back-end-is-queued': {
    says: 'words of a broken back end are taken for a refusal',
    changes: [
      {
        in: 'settle',
        find: "state: 'unknown'",
        put: "state: outcome.cause === 'back-end-error' ? 'queued' : 'unknown'",
      },
    ],
  },
  'unknown-holds-nobody': {
    says: 'an unknown entry does not hold back what its member has waiting',
    changes: [
      { in: 'createActiveIndex', find: "first.state === 'queued'", put: "first.state !== 'sending'" },
    ],
  },
  'cancel-not-journaled': {
    says: "a cashier's cancel is not written into the journal",
    changes: [
      {
        in: 'createCancel',
        find: "recorder.step(before.entry, { event: 'cancelled' }, clock.nowMs(), actorText(who))",
        put: "(db.prepare(\"UPDATE increment SET state = 'cancelled' WHERE id = ? AND ? <> ''\").run(id, actorText(who)), { ...before.entry, state: 'cancelled' as const })",
      },
    ],
  },
  'copy-of-the-head-not-asked': {
    says: 'the head beside the database is trusted, and comes back with it when an older folder does',
    changes: [{ in: 'inspect', find: 'isNewer(far, near) ? far : near', put: 'near' }],
  },
  'one-member-at-once': {
    says: 'an entry goes while another one of its member is undecided',
    changes: [{ in: 'createSyncLoopService.runPass', find: '...outbox.busyMembers(),', put: '' }],
  },
  'two-in-the-lane': {
    says: 'an entry goes while another one is on its way',
    changes: [{ in: 'plan', find: 'due === undefined || input.isSending', put: 'due === undefined' }],
  },
  'connections-are-kept': {
    says: 'an increment goes on a connection that has carried another one',
    changes: [{ in: 'openDispatcher', find: 'pipelining: 0', put: 'pipelining: 1' }],
  },
  'start-up-is-quiet': {
    says: 'quiescence is not counted from the start of the app',
    changes: [
      {
        in: 'createDetectiveService.timesOf',
        find: 'endedAtMs: startedAtMs',
        put: 'endedAtMs: -SHORTEST_QUIESCENCE_MS',
        uses: ['SHORTEST_QUIESCENCE_MS'],
      },
      {
        in: 'createDetectiveService',
        find: 'Math.max(timesOf(entryId).endedAtMs, wokeAtMs, startedAtMs)',
        put: 'timesOf(entryId).endedAtMs',
      },
    ],
  },
  'old-evidence-counts': {
    says: 'evidence from before an attempt is still there after it',
    changes: [
      {
        in: 'createDetectiveService',
        find: 'times.set(entryId, { endedAtMs, leftAtMs }); investigations.set(entryId, noneYet(entryId));',
        put: 'times.set(entryId, { ...gathered(entryId), leftAtMs });',
      },
    ],
  },
  'any-row-is-a-fingerprint': {
    says: 'a row of the right amount is taken for ours, whatever its time',
    changes: [
      { in: 'rowsOfOurTime', find: 'row.datetime === entry.dataChangeTime', put: "row.datetime !== ''" },
    ],
  },
  'silence-of-an-unproven-kind': {
    says: 'silence of the log speaks for kinds that it was never seen to tell of',
    changes: [
      {
        in: 'provenDelayMs',
        find: 'compareAmounts(balanceIncrement, zeroAmount) > 0 ? log.delayMs : null',
        put: 'log.delayMs',
      },
    ],
  },
} as const satisfies FaultList;
