import type { CheckUp } from '../../../preload/contract/index.ts';
import type { Phrase, Tone } from '../../kit/phrase.ts';

const tones: Readonly<Record<CheckUp['state'], Tone>> = {
  never: 'neutral',
  running: 'neutral',
  waiting: 'neutral',
  done: 'good',
  stopped: 'warn',
  failed: 'bad',
};

export const checkUpTone = (state: CheckUp['state']): Tone => tones[state];

export const isGoingOn = ({ state }: Pick<CheckUp, 'state'>): boolean =>
  state === 'running' || state === 'waiting';

/** When its last answer came. */
export const finishedAtMs = ({ answers }: Pick<CheckUp, 'answers'>): number | null =>
  answers.length === 0 ? null : Math.max(...answers.map(({ atMs }) => atMs));

type Answer = CheckUp['answers'][number];

const answerTones: Readonly<Record<Answer['answer'], Tone>> = { yes: 'good', no: 'neutral', unclear: 'warn' };

/** The answer in a word. */
export const answerWord = ({ answer }: Answer): { readonly tone: Tone; readonly word: Phrase } => ({
  tone: answerTones[answer],
  word: { key: `checkUp.answers.${answer}` },
});

/** The text beside it: the till's remark, the figures, and KYBIO's words. */
export function answerText(
  { words, note, figures }: Answer,
  duration: (ms: number) => string,
): readonly Phrase[] {
  const { ageMs, delayMs, carriesOurTime } = figures;
  const log = carriesOurTime === true ? 'checkUp.figures.logOurTime' : 'checkUp.figures.logOtherTime';
  return [
    ...(note === null ? [] : [{ key: `checkUp.notes.${note}` }]),
    ...(ageMs === undefined ? [] : [{ key: 'checkUp.figures.age', values: { duration: duration(ageMs) } }]),
    ...(delayMs === undefined ? [] : [{ key: log, values: { duration: duration(delayMs) } }]),
    ...(words === '' ? [] : [{ key: 'checkUp.says', values: { words } }]),
  ];
}
