import type { FaultList } from '../fault.ts';

/** Policies and left-out rules of sending that must not hold (protocol, "How it is proven"). */
export const policyFaults = {
  'answered-reads-release': {
    says: 'a read that is answered proves the increment call too',
    changes: [
      {
        in: 'afterAnswer',
        find: 'backoff.isOfIncrement ? backoff : noBackoff',
        put: 'backoff.isOfIncrement ? noBackoff : noBackoff',
      },
    ],
  },
  'head-follows-late': {
    says: 'the head covers an entry that was not sent within a minute',
    changes: [{ in: 'CHECKPOINT_WITHIN_MS', find: '250', put: '60_000' }],
  },
  'send-now-releases': {
    says: '"Send now" ends the back-off, and the next lost reply starts it anew',
    changes: [
      {
        in: 'afterPress',
        find: '{ ...backoff, untilMonotonicMs: 0 }',
        put: 'noBackoff',
      },
    ],
  },
  'success-need-not-fit': {
    says: 'a success that names the member is one, whatever else it says',
    changes: [
      {
        in: 'compareIncrementReply',
        find: "parts.every(isShown) ? 'agrees' : 'unreadable'",
        put: "parts.every(isShown) ? 'agrees' : 'agrees'",
      },
      { in: 'classifySuccess', find: 'contradictsItself(reply, words)', put: 'reply.data === words' },
    ],
  },
  'fragments-refuse': {
    says: 'words of refusal count wherever they stand in a sentence',
    changes: [
      {
        in: 'findWords',
        find: "mention?.category === 'back-end' ? mention : findWhole(messages, errorCode, table)",
        put: 'mention ?? findWhole(messages, errorCode, table)',
      },
    ],
  },
  'another-card': {
    says: 'whoever KYBIO answers with is who was asked for',
    changes: [
      {
        in: 'ofNumber',
        find: "number !== '' && plain(number) === plain(customerNum) ? parsed : other",
        put: "plain(number) === '' && plain(customerNum) === '' ? other : parsed",
      },
      {
        in: 'askCard',
        find: 'foldNumber(number) !== foldNumber(card)',
        put: "foldNumber(number) === '' && foldNumber(card) === ''",
      },
    ],
  },
  'stillness-60s': {
    says: 'two equal readings a minute apart are stillness, whoever has answered them',
    changes: [
      {
        in: 'unchangedForMs',
        find: 'isShort ? SHORTEST_SECOND_READING_MS : CACHES_LIVE_MS',
        put: 'isShort || CACHES_LIVE_MS > 0 ? SHORTEST_SECOND_READING_MS : 0',
      },
    ],
  },
  'copies-move': {
    says: 'sums from before our last increments are a movement, whoever has answered them',
    changes: [
      {
        in: 'movementOf',
        find: 'mayBeCopy(entry, evidence) && !isProven',
        put: 'policy.secondReadingMs < 0',
      },
    ],
  },
  'retry-unknowns': {
    says: 'an unknown is sent again after quiescence, whatever the host does with duplicates',
    changes: [{ in: 'nextStep', find: 'maySendAgain(of, profile, policy)', put: 'of.ageMs >= 0' }],
  },
  'movement-alone': {
    says: 'exact movement decides alone',
    changes: [
      {
        in: 'ask',
        beside: 'movementOf',
        find: "{ decision: 'ask', suggestion: isContradicted ? 'unclear' : suggestion, reasons }",
        put: "{ decision: movement.verdict ?? 'ask', suggestion, reasons }",
      },
    ],
  },
  'quiescence-40s': {
    says: 'evidence counts 40 s after the end of an attempt',
    changes: [
      {
        in: 'createDetectiveService',
        find: '$known + quiescenceMs',
        put: '$known + quiescenceMs * 0 + 40_000',
      },
    ],
  },
  'without-rule-4': {
    says: 'a later attempt speaks for the earlier ones, and a touched entry can be cancelled',
    changes: [
      { in: 'settle', find: "before.undecidedEarlier ? 'unknown' : decided", put: 'decided' },
      { in: 'createCancel', find: 'touched === 1 || mayHaveLeft.has(state)', put: 'mayHaveLeft.has(state)' },
    ],
  },
  'without-rule-6': {
    says: 'the newest reading is the baseline, whatever was sent while it was made and confirmed since',
    changes: [
      {
        in: 'createMemberReader',
        find: '!before.sending && !after.sending && before.begun === after.begun',
        put: 'before.begun <= after.begun',
      },
      {
        in: 'createMemberReader',
        find: '!sends.undecided && !isBlank(member)',
        put: 'sends.begun >= 0 || !isBlank(member)',
      },
      {
        in: 'createMemberReader',
        find: '!sendsBefore.sending && transitions.sendsOfAll().begun === sendsBefore.begun',
        put: 'sendsBefore.begun >= 0',
      },
      {
        in: 'writeEnd',
        find: "end.outcome.kind === 'applied' || isDuplicate(end)",
        put: 'end === null',
      },
      {
        in: 'settleInvestigation',
        find: "if (state === 'confirmed') directory.forgetBaseline(increment.customerUid);",
        put: "if (state === 'sending') directory.forgetBaseline(increment.customerUid);",
      },
    ],
  },
  'without-rule-8': {
    says: 'a transition asks neither for the old state nor for the version',
    changes: [
      {
        in: 'createBegin',
        find: 'before === null || !isAsSeen(before, { state: from, version: candidate.version })',
        put: 'before === null',
      },
      { in: 'createCancel', find: "state !== 'queued'", put: "state === 'review'" },
      {
        in: 'createRecovery',
        find: 'before === null || !mayBeReviewed.has(before.entry.state) || before.entry.version !== seen.version',
        put: 'before === null || mayBeReviewed.size === 0',
      },
      {
        in: 'createDecide',
        find: 'before === null || !isAllowed || !isAsSeen(before, seen)',
        put: "before === null || (isAllowed && seen.state === 'queued')",
      },
      {
        in: 'createReviewService',
        find: "increment.state !== 'review' || increment.version !== version",
        put: 'increment.version < version',
      },
    ],
  },
  'without-the-look': {
    says: 'what waited over a start is sent without a look at its member',
    changes: [
      {
        in: 'needsCheck',
        find: 'if (of.isOverStart) return true;',
        put: 'if (of.isOverStart) return false;',
      },
    ],
  },
  'look-at-fresh-sums': {
    says: 'the baseline before the reading is not kept, so that the reading is held against itself',
    changes: [
      {
        in: 'asWaited',
        beside: 'createPreSendBatch',
        find: 'evidence.earlierBaselines(increment)',
        put: '[parts.directory.baseline(increment.customerUid)].filter((one) => one !== null)',
      },
    ],
  },
  'a-second-is-always-ours': {
    says: 'whose second it was that KYBIO calls a duplicate is not looked at',
    changes: [
      {
        in: 'byDuplicateAnswer',
        find: "movementOf(entry, evidence, profile, policy).verdict === 'applied'",
        put: "movementOf(entry, evidence, profile, policy).verdict !== 'not-applied'",
      },
    ],
  },
} as const satisfies FaultList;
