import type { Violation } from './checks.ts';
import { type Question, SENT_BEFORE } from './questions.ts';
import { type ProfileName, profileNames } from './scenario.ts';

/** Entries whose answer was lost, by what the till may rely on. */
export interface UnknownFigures {
  unknowns: number;
  /** Decided by the till itself. */
  alone: number;
  review: number;
  /** Nothing could be read in the quarter of an hour after quiescence: KYBIO was away. */
  unread: number;
  /** The others in review, in an ordinary crowd: the till's advice was true, missing or false. */
  right: number;
  unclear: number;
  wrong: number;
  /** The same where the same members come again and again, or others write every few minutes. */
  crowdedRight: number;
  crowdedUnclear: number;
  crowdedWrong: number;
  /** What this profile promises to decide without a person: how many, and how many of these were. */
  promised: number;
  kept: number;
}

/** Questions that accuse an entry of having come twice or not at all. */
export interface QuestionFigures {
  entries: number;
  asked: number;
  /** About an entry with which the host had done exactly what the till says of it. */
  wrong: number;
  /** Besides: what waited was held back as sent before, and was not. */
  heldInVain: number;
}

/** What came twice, or is missing, where no till can know it by itself, by how a person was told. */
export interface HarmFigures {
  entries: number;
  asked: number;
  silent: number;
}

export interface Figures {
  runs: number;
  increments: number;
  sends: number;
  reads: number;
  faults: number;
  readFaults: number;
  events: number;
  crashes: number;
  starts: number;
  restores: number;
  virtualHours: number;
  lost: number;
  doubled: number;
  wronglyConfirmed: number;
  wronglyCancelled: number;
  outOfOrder: number;
  otherViolations: number;
  /** Entries that a broken increment call has cost, and for how many hours it was broken. */
  spent: number;
  brokenHours: number;
  unknown: Record<ProfileName, UnknownFigures>;
  harm: Record<ProfileName, HarmFigures>;
  questions: Record<ProfileName, QuestionFigures>;
  /** Wrong questions, by profile and what was asked. */
  wrongQuestions: Record<string, number>;
  /** Why the till asked, by profile and reasons. */
  asked: Record<string, number>;
}

const noUnknowns = (): UnknownFigures => ({
  unknowns: 0,
  alone: 0,
  ...{ review: 0, unread: 0, right: 0, unclear: 0, wrong: 0 },
  ...{ crowdedRight: 0, crowdedUnclear: 0, crowdedWrong: 0 },
  promised: 0,
  kept: 0,
});

const ofEach = <T>(make: () => T): Record<ProfileName, T> =>
  Object.fromEntries(profileNames.map((name) => [name, make()])) as Record<ProfileName, T>;

export const noFigures = (): Figures => ({
  ...{
    runs: 0,
    increments: 0,
    sends: 0,
    reads: 0,
    faults: 0,
    readFaults: 0,
    events: 0,
    crashes: 0,
    starts: 0,
  },
  ...{ restores: 0, virtualHours: 0, lost: 0, doubled: 0, wronglyConfirmed: 0, wronglyCancelled: 0 },
  ...{ outOfOrder: 0, otherViolations: 0, spent: 0 },
  brokenHours: 0,
  unknown: ofEach(noUnknowns),
  harm: ofEach(() => ({ entries: 0, asked: 0, silent: 0 })),
  questions: ofEach(() => ({ entries: 0, asked: 0, wrong: 0, heldInVain: 0 })),
  ...{ wrongQuestions: {}, asked: {} },
});

type Sums = { [name: string]: number | Sums };

function addTo(to: Sums, from: Sums): void {
  for (const [name, value] of Object.entries(from)) {
    const before = to[name];
    if (typeof value === 'number') to[name] = (typeof before === 'number' ? before : 0) + value;
    else {
      const into = typeof before === 'object' ? before : {};
      to[name] = into;
      addTo(into, value);
    }
  }
}

/** Adds one run's or one worker's figures to a sum. */
export const addFigures = (to: Figures, from: Figures): void =>
  addTo(to as unknown as Sums, from as unknown as Sums);

export function countQuestions(
  figures: Figures,
  profile: ProfileName,
  questions: Iterable<Question>,
  entries: number,
): void {
  const of = figures.questions[profile];
  of.entries += entries;
  for (const { kind, state, isWrong } of questions) {
    if (kind === SENT_BEFORE) {
      if (isWrong) of.heldInVain += 1;
      continue;
    }
    of.asked += 1;
    if (!isWrong) continue;
    of.wrong += 1;
    const what = `${profile}: ${kind} (${state})`;
    figures.wrongQuestions[what] = (figures.wrongQuestions[what] ?? 0) + 1;
  }
}

export function countViolations(figures: Figures, violations: readonly Violation[]): void {
  const names = {
    lost: 'lost',
    doubled: 'doubled',
    'wrongly confirmed': 'wronglyConfirmed',
    'wrongly cancelled': 'wronglyCancelled',
    'out of order': 'outOfOrder',
  } as const;
  for (const { what } of violations) {
    if (what in names) figures[names[what as keyof typeof names]] += 1;
    else figures.otherViolations += 1;
  }
}
