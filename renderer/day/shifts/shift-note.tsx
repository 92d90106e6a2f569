import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import type { Tone } from '../../kit/phrase.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './shift-note.module.css';
import { useDay } from './use-day.ts';

const c = classNames(styles);

type Told = 'other' | 'none' | 'counting' | 'counted' | 'old';

const tones: Readonly<Record<Told, Tone>> = {
  other: 'bad',
  none: 'neutral',
  counting: 'warn',
  counted: 'warn',
  old: 'warn',
};

export function ShiftNote() {
  const { t, moment } = useDay();
  const { open, enteredOutside, otherTill } = useTopic('shift');
  const isOld = open?.isSinceYesterday === true;
  const stage = open?.stage === 'open' ? null : open?.stage;
  const without = otherTill === null ? 'none' : 'other';
  const told: Told | null = open === null ? without : (stage ?? (isOld ? 'old' : null));
  if (told === null) return null;
  const words = {
    other: () => t('shifts.note.other', { till: otherTill }),
    none: () =>
      enteredOutside === 0 ? t('shifts.note.none') : t('shifts.note.outside', { count: enteredOutside }),
    counting: () => t('shifts.note.counting'),
    counted: () => t('shifts.note.counted'),
    old: () => t('shifts.note.old', { number: open?.number, time: moment(open?.openedAtMs ?? 0) }),
  };
  return (
    <Note tone={tones[told]}>
      <div className={c('news')}>
        <b>{words[told]()}</b>
        <Button onPress={() => view.show({ kind: 'day', part: { kind: 'shift' } })}>
          {t(`shifts.note.acts.${told}`)}
        </Button>
      </div>
    </Note>
  );
}
