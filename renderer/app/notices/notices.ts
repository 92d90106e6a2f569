import type { AppError, DataPlace, Entry, Snapshot } from '../../../preload/contract/index.ts';
import type { Phrase, Tone } from '../../kit/phrase.ts';
import type { GuideStand } from '../practice/index.ts';

/** What a press on a notice, or a button of one that is told in full, does. */
export type NoticeAct =
  | 'continue'
  | 'replace-key'
  | 'go-on-here'
  | 'stand-down'
  | 'resume'
  | 'review'
  | 'shift'
  | 'restored'
  | 'receipts'
  | 'place'
  | 'chain'
  | 'guide'
  | 'update';

export interface NoticeButton {
  readonly act: NoticeAct;
  /** A locale key. */
  readonly label: string;
}

export interface Notice {
  readonly kind: string;
  readonly tone: Tone | 'practice';
  /** Stands before the title, as the number of a step. */
  readonly lead?: Phrase;
  /** What fits on a line; cut where it does not. */
  readonly title: Phrase | AppError;
  /** The rest, told in full where the line is pressed. */
  readonly told: readonly (Phrase | AppError)[];
  readonly buttons: readonly NoticeButton[];
  /** What a press on the line is for: a locale key. */
  readonly ask: string;
}

export interface RestoredStand {
  readonly title: Phrase;
  /** When the backup was made; null where that cannot be read. */
  readonly from: string | null;
  readonly lostRows: number | null;
}

export interface UpdateNews {
  readonly title: Phrase;
  readonly problem: AppError | null;
  readonly canInstall: boolean;
}

export interface NoticeFacts {
  readonly link: Snapshot['link'];
  readonly offline: Snapshot['offline'];
  readonly counts: Snapshot['counts'];
  readonly activity: readonly Entry[];
  readonly shift: Pick<Snapshot['shift'], 'isUsed' | 'open' | 'enteredOutside'>;
  readonly restored: RestoredStand | null;
  readonly unsettled: number;
  readonly dataPlace: DataPlace | null;
  readonly damage: AppError | null;
  readonly disk: Snapshot['disk'];
  readonly backupProblem: AppError | null;
  /** See `chainProblemFor`. */
  readonly chainProblem: AppError | null;
  /** Null while it is put away, and outside the practice store. */
  readonly guide: Pick<GuideStand, 'step'> | null;
  /** The plug was pulled on purpose. */
  readonly isExercise: boolean;
  readonly update: UpdateNews | null;
}

/**
 * What there is to know of the chain: that another computer runs this till, for anybody; and why the owner's configuration
 * is not taken over, for whoever can do something about it: a manager, or anybody where nobody is set up. A folder that is
 * away is no news: a stick is, most of the time. Pure.
 */
export function chainProblemFor(people: Snapshot['people'], chain: Snapshot['chain']): AppError | null {
  if (chain?.problem?.code === 'chain-till-twice') return chain.problem;
  const there = people?.list.find(({ id }) => id === people.signedIn);
  const isTheirs = people === null || there?.role === 'manager';
  return isTheirs && chain?.problem?.code === 'shop-refused' ? chain.problem : null;
}

export interface NoticeWriter {
  readonly moment: (ms: number) => string;
  readonly sum: (entry: Entry) => string;
  readonly name: (entry: Entry) => string;
}

type NoticeOf = (facts: NoticeFacts, write: NoticeWriter) => Notice | null;

/** Worth a warning before KYBIO refuses calls for clock skew. */
const NOTABLE_SKEW_MS = 120_000;

/** The line says it all, and a press does what is to be done. */
const oneAct = (act: NoticeAct, label: string): Pick<Notice, 'told' | 'buttons' | 'ask'> => ({
  told: [],
  buttons: [{ act, label }],
  ask: label,
});

/** Nothing can be pressed about it: a press tells it whole. */
const inFull = { told: [], buttons: [], ask: 'notices.toDo' } as const;

/** Offline for longer than the policy allows: no new entries. */
const stopped: NoticeOf = ({ offline }, write) => {
  if (!offline.stopped) return null;
  const time = write.moment(offline.sinceMs ?? Date.now());
  return {
    kind: 'stopped',
    tone: 'bad',
    title: { key: 'offlinePolicy.title' },
    told: [{ key: 'offlinePolicy.what', values: { time } }],
    buttons: [{ act: 'continue', label: 'offlinePolicy.continue' }],
    ask: 'notices.toDo',
  };
};

type Pause = NonNullable<Snapshot['link']['pause']>;

function pauseButtons({ reason, needsManager }: Pause): readonly NoticeButton[] {
  const key: NoticeButton = { act: 'replace-key', label: 'pause.replaceKey' };
  const isKey = reason === 'credentials' || reason === 'key-lost';
  const resume: NoticeButton = { act: 'resume', label: 'pause.resume' };
  // Two equal answers.
  if (reason === 'till-copy')
    return [
      { act: 'go-on-here', label: 'pause.goOnHere' },
      { act: 'stand-down', label: 'pause.standDown' },
    ];
  return [...(isKey ? [key] : []), ...(needsManager ? [resume] : [])];
}

const paused: NoticeOf = ({ link }, write) => {
  if (link.state !== 'paused' || link.pause === null) return null;
  const { reason, words, sinceMs } = link.pause;
  return {
    kind: 'paused',
    tone: 'bad',
    title: { key: `pauses.${reason}.title` },
    told: [
      { key: `pauses.${reason}.what` },
      { key: `pauses.${reason}.do` },
      { key: 'pause.since', values: { time: write.moment(sinceMs) } },
      ...(words === '' ? [] : [{ key: 'pause.kybio', values: { words } }]),
    ],
    buttons: pauseButtons(link.pause),
    ask: 'notices.toDo',
  };
};

function reviewTitle(facts: NoticeFacts, write: NoticeWriter, count: number): Phrase {
  const from = facts.restored?.from ?? null;
  if (from !== null) return { key: 'notices.reviewRestored', values: { count, time: from } };
  const [only] = facts.activity.filter(({ state }) => state === 'review');
  if (count > 1 || only === undefined) return { key: 'review.needs', values: { count } };
  return { key: 'notices.reviewOne', values: { sum: write.sum(only), name: write.name(only) } };
}

const review: NoticeOf = (facts, write) => {
  const count = facts.counts.review;
  if (count === 0) return null;
  const title = reviewTitle(facts, write, count);
  return { kind: 'review', tone: 'warn', title, ...oneAct('review', 'review.open') };
};

const offline: NoticeOf = ({ link, offline: { stopped: isStopped, sinceMs }, isExercise }, write) => {
  if (link.state !== 'offline' || isStopped || isExercise) return null;
  return {
    kind: 'offline',
    tone: 'warn',
    title:
      sinceMs === null
        ? { key: 'notices.offline' }
        : { key: 'notices.offlineSince', values: { time: write.moment(sinceMs) } },
    told: [{ key: 'notices.offlineWhat' }, { key: 'notices.offlineDo' }],
    buttons: [],
    ask: 'notices.why',
  };
};

/** A shop that never opened a shift is told nothing of them. */
const shift: NoticeOf = ({ shift: { isUsed, open, enteredOutside } }, write) => {
  if (!isUsed) return null;
  const told = (kind: string, tone: Tone, title: Phrase): Notice => ({
    kind: 'shift',
    tone,
    title,
    ...oneAct('shift', `shifts.note.acts.${kind}`),
  });
  if (open === null)
    return told(
      'none',
      'neutral',
      enteredOutside === 0
        ? { key: 'shifts.note.none' }
        : { key: 'shifts.note.outside', values: { count: enteredOutside } },
    );
  const { stage, number, openedAtMs, isSinceYesterday } = open;
  if (stage !== 'open') return told(stage, 'warn', { key: `shifts.note.${stage}` });
  if (!isSinceYesterday) return null;
  return told('old', 'warn', {
    key: 'shifts.note.old',
    values: { number, time: write.moment(openedAtMs) },
  });
};

/** Until a manager acknowledges the restore; green only if nothing is open. */
const restored: NoticeOf = (facts) => {
  if (facts.restored === null) return null;
  const { title, lostRows } = facts.restored;
  const whole = facts.counts.review === 0 ? 'good' : 'warn';
  return {
    kind: 'restored',
    tone: lostRows === 0 ? whole : 'bad',
    title,
    ...oneAct('restored', 'restored.open'),
  };
};

const receipts: NoticeOf = ({ unsettled }) =>
  unsettled === 0
    ? null
    : {
        kind: 'receipts',
        tone: 'warn',
        title: { key: 'receipts.unsettled', values: { count: unsettled } },
        ...oneAct('receipts', 'receipts.see'),
      };

const place: NoticeOf = ({ dataPlace }) =>
  dataPlace === null
    ? null
    : {
        kind: 'place',
        tone: 'warn',
        title: { key: `dataPlace.${dataPlace}` },
        ...oneAct('place', 'dataPlace.open'),
      };

const clock: NoticeOf = ({ link: { state, clockSkewMs } }) => {
  const skewMs = Math.abs(clockSkewMs ?? 0);
  if (state === 'paused' || skewMs < NOTABLE_SKEW_MS) return null;
  const title = { key: 'clock.note', values: { minutes: Math.round(skewMs / 60_000) } };
  return { kind: 'clock', tone: 'warn', title, ...inFull };
};

const damage: NoticeOf = ({ damage: found }) =>
  found === null ? null : { kind: 'damage', tone: 'bad', title: found, ...inFull };

const disk: NoticeOf = ({ disk: space }) =>
  space === 'enough'
    ? null
    : { kind: 'disk', tone: space === 'full' ? 'bad' : 'warn', title: { key: `disk.${space}` }, ...inFull };

const backups: NoticeOf = ({ backupProblem }) =>
  backupProblem === null
    ? null
    : {
        kind: 'backups',
        tone: 'warn',
        title: { key: 'backups.failing' },
        told: [backupProblem],
        buttons: [],
        ask: 'notices.why',
      };

const chain: NoticeOf = ({ chainProblem }) =>
  chainProblem === null
    ? null
    : {
        kind: 'chain',
        ...(chainProblem.code === 'chain-till-twice'
          ? { tone: 'bad', title: { key: 'notices.chainTwice' } }
          : { tone: 'warn', title: { key: 'notices.chain' } }),
        told: [chainProblem],
        buttons: [{ act: 'chain', label: 'notices.chainSee' }],
        ask: 'notices.why',
      };

const guide: NoticeOf = ({ guide: stand }) => {
  if (stand === null) return null;
  if (stand.step === null)
    return {
      kind: 'guide',
      tone: 'practice',
      title: { key: 'guide.finished' },
      ...oneAct('guide', 'activity.dismiss'),
    };
  const { number, count, words } = stand.step;
  return {
    kind: 'guide',
    tone: 'practice',
    lead: { key: 'guide.step', values: { number, count } },
    title: words,
    ...oneAct('guide', 'guide.putAway'),
  };
};

const update: NoticeOf = ({ update: news }) => {
  if (news === null) return null;
  const { title, problem, canInstall } = news;
  const tone: Tone = problem === null ? 'neutral' : 'bad';
  const install: NoticeButton = { act: 'update', label: 'updates.now' };
  return {
    kind: 'update',
    tone,
    title,
    told: problem === null ? [] : [problem],
    buttons: canInstall ? [install] : [],
    ask: problem === null && canInstall ? install.label : 'notices.toDo',
  };
};

/** By rank: the first is the line's, the others are a count. */
const ranked: readonly NoticeOf[] = [
  stopped,
  paused,
  damage,
  review,
  offline,
  shift,
  restored,
  receipts,
  place,
  clock,
  disk,
  backups,
  chain,
  guide,
  update,
];

/** What a person at the till is to know, the most urgent first. */
export const noticesOf = (facts: NoticeFacts, write: NoticeWriter): readonly Notice[] =>
  ranked.flatMap((of) => of(facts, write) ?? []);
